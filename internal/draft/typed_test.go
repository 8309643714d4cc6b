package draft_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"concordat/internal/draft"
	"concordat/internal/yamlsrc"
)

// held are the answers as the agreement holds them.
type held struct {
	Parties struct {
		Provider party `yaml:"provider"`
		Customer party `yaml:"customer"`
	} `yaml:"parties"`
	People []struct {
		ID    string `yaml:"id"`
		Name  string `yaml:"name"`
		Title string `yaml:"title"`
		Email string `yaml:"email"`
		Phone string `yaml:"phone"`
	} `yaml:"people"`
}

type party struct {
	LegalName string `yaml:"legal_name"`
	ShortName string `yaml:"short_name"`
	Form      string `yaml:"form"`
	Address   string `yaml:"address,lines"`
}

// law holds one text in all fields that take it: it is refused with a sentence, or
// the agreement has it as it was typed and no error.
func (d desk) law(t *testing.T, typed string) (accepted bool) {
	p, x := provider(), customer(t)
	p.LegalName, p.Signer.Name = "P "+typed, typed
	x.LegalName, x.ShortName, x.Form, x.Address = typed, typed, typed, "1 Street\n"+typed
	x.Executive.Name, x.Executive.Title, x.Executive.Phone = typed, typed, typed
	problems := append(p.Problems(), x.Problems()...)
	letters := d.generator.Undrawable(strings.ReplaceAll(typed, "\n", " "))
	if len(problems) > 0 || letters != "" {
		for _, y := range problems {
			if y.Message == "" || y.Field == "" || !utf8.ValidString(y.Message) || strings.ContainsAny(y.Message, "\n\x00") {
				t.Errorf("%q: the sentence %q about %q", typed, y.Message, y.Field)
			}
		}
		return false
	}
	m := d.make(t, p, x, date(t, "2026-11-21"))
	if m.problems.HasErrors() {
		t.Errorf("%q: was accepted, but:\n%s", typed, printed(m.problems))
		return true
	}
	var h held
	var fields []yamlsrc.Field
	for _, f := range m.tree.Fields {
		if f.Key.Value == "parties" || f.Key.Value == "people" {
			fields = append(fields, f)
		}
	}
	// Other fields of these mappings are unknown here, which is no matter.
	_, _ = m.tree.WithFields(fields).Decode(&h, yamlsrc.Options{What: "test"})
	want := func(what, got, typed string) {
		if got != typed {
			t.Errorf("%s: typed %q, held %q", what, typed, got)
		}
	}
	c := h.Parties.Customer
	want("provider", h.Parties.Provider.LegalName, "P "+typed)
	want("legal name", c.LegalName, typed)
	want("short name", c.ShortName, typed)
	want("form", c.Form, typed)
	want("address", c.Address, "1 Street\n"+typed)
	found := 0
	for _, y := range h.People {
		switch y.ID {
		case "P-SIGN":
			found++
			want("signer", y.Name, typed)
		case "P-EXEC":
			found++
			want("executive", y.Name, typed)
			want("title", y.Title, typed)
			want("phone", y.Phone, typed)
		}
	}
	if found != 2 {
		t.Errorf("%q: %d of 2 people", typed, found)
	}
	return true
}

func hostile() []string {
	return []string{
		"Łódź Dental Sp. z o.o.", `"`, `'`, `\`, "a: b", "a #b", "# check: x", "{{ .Customer }}", "<< q .X >>", "- a", "? a", "a, b]", "}", "!!int 1", "&a", "*a",
		"%YAML", "@a", "`", "|", ">", "~", "null", "yes", "012", "1e3", "2027-01-01", "0x1F", ".inf", "=cmd", "---", "...", "[", "[x]", "[name]", "x\ty", "x\ny", "x\r\ny", "x\u2028y",
		" x", "x ", "x  y", "x\u00a0y", "\u202ex", "x\u200by", "\ufeffx", "e\u0301", "שלום", "🙂", "\x00", "\xff", "", strings.Repeat("x", 40), strings.Repeat("x", 61), strings.Repeat("x", 300), strings.Repeat("[", 50),
		"a\\nb", `a\"b`, `\u0041`, "${HOME}", "$(x)", "<b>x</b>", "**x**", "_x_", "http://a.example", "www.a.example", "1. x", "a|b", "&amp;", "x\\", "–—…’",
	}
}

func TestTypedIsHeld(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	d := newDesk(t)
	for _, typed := range hostile() {
		d.law(t, typed)
	}
	for _, typed := range []string{"Łódź Dental Sp. z o.o.", "{{ .Customer }}", "a: b", "a #b", "012", "2027-01-01", `a\"b`, "no"} {
		if !d.law(t, typed) {
			t.Errorf("%q was refused", typed)
		}
	}
}

// TestCorpora holds the law for the texts of the shared corpora.
func TestCorpora(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	dir := os.Getenv("CONCORDAT_CORPORA")
	if dir == "" {
		t.Skip("CONCORDAT_CORPORA names no folder")
	}
	d := newDesk(t)
	accepted, refused := 0, 0
	for _, name := range []string{"blns.json", "hostile-strings.json"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		var all any
		if err := json.Unmarshal(text, &all); err != nil {
			t.Fatal(err)
		}
		var walk func(x any)
		walk = func(x any) {
			switch x := x.(type) {
			case string:
				if d.law(t, x) {
					accepted++
				} else {
					refused++
				}
			case []any:
				for _, y := range x {
					walk(y)
				}
			case map[string]any:
				for _, y := range x {
					walk(y)
				}
			}
		}
		walk(all)
	}
	t.Logf("%d texts held as typed, %d refused with a sentence", accepted, refused)
}

func FuzzTyped(f *testing.F) {
	for _, typed := range hostile() {
		f.Add(typed)
	}
	d := newDesk(f)
	f.Fuzz(func(t *testing.T, typed string) { d.law(t, typed) })
}

func TestID(t *testing.T) {
	for name, want := range map[string]string{
		"Lakeside Ledger, Inc.":   "lakeside-ledger-inc",
		"Łódź & Söhne's":          "lodz-sohnes",
		"Straße 7 — Ærø ıđþœ":     "strasse-7-aero-idthoe",
		"--- a --- b ---":         "a-b",
		"שלום":                    "",
		"":                        "",
		"O’Neil":                  "oneil",
		strings.Repeat("ab ", 40): strings.Repeat("ab-", 21) + "a",
	} {
		if got := draft.ID(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
