package pdf

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write golden files")

func loadFonts(t testing.TB) *Fonts {
	t.Helper()
	f, err := LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSamplePlan(t *testing.T) {
	f := loadFonts(t)
	d := sample()
	if list := f.Check(d); len(list) > 0 {
		t.Fatalf("check: %v", list)
	}
	p := f.Layout(d)
	if err := p.Verify(f, d); err != nil {
		t.Error(err)
	}
	golden := filepath.Join("testdata", "sample.plan")
	if *update {
		if err := os.WriteFile(golden, []byte(p.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.String(); got != string(want) {
		t.Errorf("plan of the sample differs from %s; look at it, and run with -update if it is right", golden)
	}
}

func TestTmp(t *testing.T) {
	f := loadFonts(t)
	d := sample()
	b, err := f.Write(f.Layout(d), d.Meta)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/pdfw/sample.pdf", b, 0o644)
}
