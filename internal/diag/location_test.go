package diag

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFileURI(t *testing.T) {
	for _, tc := range []struct {
		name      string
		separator rune
		want      string
		relative  bool
	}{
		{"customers/lodz.yaml", '/', "customers/lodz.yaml", true},
		{"./customers//lodz.yaml", '/', "customers/lodz.yaml", true},
		{"../provider.yaml", '/', "../provider.yaml", true},
		{"Łódź dental.yaml", '/', "%C5%81%C3%B3d%C5%BA%20dental.yaml", true},
		{"a#b?c%20[d].yaml", '/', "a%23b%3Fc%2520%5Bd%5D.yaml", true},
		{"a:b.yaml", '/', "a%3Ab.yaml", true},
		{`a\b.yaml`, '/', "a%5Cb.yaml", true},
		{"\xff.yaml", '/', "%FF.yaml", true},
		{"", '/', ".", true},
		{"/home/ü.yaml", '/', "file:///home/%C3%BC.yaml", false},
		{"//home/x.yaml", '/', "file:///home/x.yaml", false},
		{`customers\lodz.yaml`, '\\', "customers/lodz.yaml", true},
		{`..\x.yaml`, '\\', "../x.yaml", true},
		{`C:\Müller\x.yaml`, '\\', "file:///C:/M%C3%BCller/x.yaml", false},
		{`d:/x.yaml`, '\\', "file:///d:/x.yaml", false},
		{`\\server\share\x y.yaml`, '\\', "file://server/share/x%20y.yaml", false},
		{`\x.yaml`, '\\', "file:///x.yaml", false},
	} {
		got, relative := fileURI(tc.name, tc.separator)
		if got != tc.want || relative != tc.relative {
			t.Errorf("fileURI(%q, %q) = %q, %t, want %q, %t", tc.name, tc.separator, got, relative, tc.want, tc.relative)
		}
		u, err := url.Parse(got)
		if err != nil || u.IsAbs() == relative || u.Fragment != "" || u.RawQuery != "" {
			t.Errorf("%q reads as %#v, %v", got, u, err)
		}
	}
}

// TestLineHashes: the hashes are those that GitHub's own action computes for
// these texts.
func TestLineHashes(t *testing.T) {
	greetings := []string{"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1"}
	for _, tc := range []struct {
		text string
		want []string
	}{
		{"", []string{"c129715d7a2bc9a3:1"}},
		{" a\nb\n  \t\tc\n d", []string{"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"}},
		{" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", greetings},
		{" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", greetings},
		{" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", greetings},
		{" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", greetings},
		{strings.Repeat("Lorem ipsum dolor sit amet.\n", 10), []string{
			"a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3", "a7f2ff13bc495cf2:4", "a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6",
			"a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"}},
	} {
		if diff := cmp.Diff(tc.want, lineHashes(tc.text)); diff != "" {
			t.Errorf("%q: -want +got:\n%s", tc.text, diff)
		}
	}
}
