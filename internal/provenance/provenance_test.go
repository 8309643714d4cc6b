package provenance

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/doc"
)

func statement() *Statement {
	return &Statement{
		ID: "lodz", Version: "1.0.0",
		Inputs: Inputs{
			Program: "v1.0.0", Build: "b0", Printed: "p0", Library: "l0",
			Layout:  Text{ID: "cyber-constitution", Version: "1.0.0", SHA256: "y0"},
			Clauses: []Text{{ID: "inc-02", Version: "1.1.0", SHA256: "c0", Words: "w0", Material: true, Reason: "a shorter time"}},
			Terms:   []Text{{ID: "incident", Version: "1.0.0", SHA256: "t0", Approved: true}},
			Files:   []File{{"customers/lodz.yaml", "f0"}, {"provider.yaml", "f1"}},
		},
		Values:  []Value{{"parties.customer.legal_name", `Łódź <Dental> & "Sons"`, 0}, {"services[S-1].title", "Backup", 1}},
		Sums:    []Sum{{"budget 2027", "USD 13,180.00"}},
		Outputs: []Output{{"lodz.md", 5, "o0"}, {"lodz.pdf", 7, "o1"}},
		Document: doc.Document{
			Meta:   doc.Meta{ID: "lodz", Title: "Cyber Constitution", Version: "1.0.0", Language: "en-US", Paper: doc.A4},
			Blocks: []doc.Block{doc.Paragraph{Text: []doc.Inline{doc.Text{Value: "text </script>"}}}},
		},
	}
}

func encode(t *testing.T, s *Statement) []byte {
	t.Helper()
	document, err := doc.Encode(s.Document)
	if err != nil {
		t.Fatal(err)
	}
	return Encode(s, document)
}

func TestEncode(t *testing.T) {
	s := statement()
	text := encode(t, s)
	const want = `{"schema":"concordat/document/v1","id":"lodz","version":"1.0.0","inputs":{"program":"v1.0.0","build":"b0","printed":"p0","final":false,"layout":{"id":"cyber-constitution","version":"1.0.0","sha256":"y0"},"library":"l0","clauses":[{"id":"inc-02","version":"1.1.0","sha256":"c0","words":"w0","material":true,"reason":"a shorter time"}],"terms":[{"id":"incident","version":"1.0.0","sha256":"t0","approved":true}],"files":[{"path":"customers/lodz.yaml","sha256":"f0"},{"path":"provider.yaml","sha256":"f1"}]},"values":[{"path":"parties.customer.legal_name","text":"Łódź <Dental> & \"Sons\""},{"path":"services[S-1].title","text":"Backup","file":1}],"sums":[{"name":"budget 2027","amount":"USD 13,180.00"}],"outputs":[{"name":"lodz.md","size":5,"sha256":"o0"},{"name":"lodz.pdf","size":7,"sha256":"o1"}],"document":`
	if len(text) < len(want) || string(text[:len(want)]) != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	back, err := Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, back); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A statement that was cut, or has something else in it, is refused.
func TestDecodeRefuses(t *testing.T) {
	text := encode(t, statement())
	for n := range len(text) - 1 {
		if _, err := Decode(text[:n]); err == nil {
			t.Fatalf("took the first %d of %d bytes", n, len(text))
		}
	}
	for _, other := range []string{
		"", "null", "{}", `{"schema":"concordat/document/v2"}`, string(text) + "{}",
		`{"schema":"concordat/document/v1","more":1}`,
	} {
		if _, err := Decode([]byte(other)); err == nil {
			t.Errorf("took %.60q", other)
		}
	}
}

// Whatever a document depends on changes the digest of its inputs.
func TestDigest(t *testing.T) {
	base := statement()
	seen := map[string]string{base.Inputs.Digest(): "nothing"}
	for name, change := range map[string]func(in *Inputs){
		"build":          func(in *Inputs) { in.Build = "b1" },
		"final":          func(in *Inputs) { in.Final = true },
		"layout":         func(in *Inputs) { in.Layout.SHA256 = "y1" },
		"library":        func(in *Inputs) { in.Library = "l1" },
		"clause":         func(in *Inputs) { in.Clauses[0].SHA256 = "c1" },
		"clause without": func(in *Inputs) { in.Clauses = nil },
		"term":           func(in *Inputs) { in.Terms[0].SHA256 = "t1" },
		"file":           func(in *Inputs) { in.Files[1].SHA256 = "f2" },
		"path":           func(in *Inputs) { in.Files[1].Path = "other.yaml" },
		"order":          func(in *Inputs) { in.Files[0], in.Files[1] = in.Files[1], in.Files[0] },
	} {
		s := statement()
		change(&s.Inputs)
		digest := s.Inputs.Digest()
		if other, ok := seen[digest]; ok {
			t.Errorf("%s has the digest of %s", name, other)
		}
		seen[digest] = name
	}
}
