package agreement

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"concordat/internal/diag"
	"concordat/internal/source"
)

var update = flag.Bool("update", false, "write what was found into the fixtures")

// ruleID matches the codes that are ids of rules.
var ruleID = regexp.MustCompile(`^R[0-9]+$`)

// A fixture is a text archive: its comment says what is wrong, its pairs of
// files "replace" and "with" change the valid agreement (each "replace" must
// stand there exactly once), its last file "want" is what is printed. The
// valid agreement is base.yaml, or the one that a first file "base" names.
//
// A pair may be followed by a file "good": what stands in the place of "with"
// in the good agreement of the fixture, the smallest change that satisfies the
// rule. good is empty when no pair has one.
func loadFixture(t *testing.T, name string) (text, good string, archive *txtar.Archive) {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := archive.Files
	if len(files) > 0 && files[0].Name == "base" {
		text = validText(t, strings.TrimSpace(string(files[0].Data)))
		files = files[1:]
	} else {
		text = baseText(t)
	}
	good = text
	hasGood := false
	for len(files) >= 2 && files[0].Name == "replace" && files[1].Name == "with" {
		old, bad := string(files[0].Data), string(files[1].Data)
		files = files[2:]
		better := bad
		if len(files) > 0 && files[0].Name == "good" {
			better, hasGood = string(files[0].Data), true
			files = files[1:]
		}
		if n := strings.Count(text, old); n != 1 {
			t.Fatalf("%s: expected once in the base, found %d times: %q", name, n, old)
		}
		text, good = strings.Replace(text, old, bad, 1), strings.Replace(good, old, better, 1)
	}
	if len(files) > 1 || len(files) == 1 && files[0].Name != "want" {
		t.Fatalf("%s: expected pairs of replace and with, then want", name)
	}
	if !hasGood {
		good = ""
	}
	return text, good, archive
}

func TestFixtures(t *testing.T) {
	names, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	set := frameworks(t)
	goods := 0
	reported, satisfied := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		text, good, archive := loadFixture(t, name)
		a, list := Load(source.New("a.yaml", []byte(text)), set)
		if (a == nil) != list.HasErrors() {
			t.Errorf("%s: agreement %v beside %d problems", name, a != nil, len(list))
		}
		got := printed(t, list)
		// The file is named after the code it shows: "R05-end-before-start".
		base := strings.TrimSuffix(filepath.Base(name), ".txtar")
		shown := false
		for _, d := range list {
			reported[d.Code] = true
			shown = shown || base == d.Code || strings.HasPrefix(base, d.Code+"-")
			if !d.Span.Valid() {
				t.Errorf("%s: a place outside the file: %s", name, d.Message)
			}
			for _, n := range d.Notes {
				if !n.Span.Valid() || n.Span.IsZero() {
					t.Errorf("%s: a note outside the file: %s", name, n.Message)
				}
			}
		}
		if ok := strings.HasPrefix(base, "ok-"); ok && a == nil || !ok && !shown {
			t.Errorf("%s: shows no problem with its code, or an error where all is well:\n%s", name, got)
		}
		if code, _, _ := strings.Cut(base, "-"); good != "" {
			_, list := Load(source.New("a.yaml", []byte(good)), set)
			if list.HasErrors() || slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == code }) {
				t.Errorf("%s: the good agreement gives:\n%s", name, printed(t, list))
			}
			satisfied[code] = true
			goods++
		}
		var want string
		if last := len(archive.Files) - 1; archive.Files[last].Name == "want" {
			want = string(archive.Files[last].Data)
			archive.Files = archive.Files[:last]
		}
		if got == want {
			continue
		}
		if !*update {
			t.Errorf("%s: want\n%s\ngot\n%s", name, want, got)
			continue
		}
		archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range Rules() {
		if !reported[r.ID] {
			t.Errorf("rule %s has no fixture that breaks it", r.ID)
		}
		if !satisfied[r.ID] {
			t.Errorf("rule %s has no fixture with a good agreement that hardly satisfies it", r.ID)
		}
	}
	for _, code := range []string{codeMissing, codeChoice, codeFormat, codeRange, codeDuplicate, codeDuplicateID, codeUnknownID, codePrecedence, codeSuppression, codeUnusedSuppression} {
		if !reported[code] {
			t.Errorf("code %s has no fixture", code)
		}
	}
	t.Logf("%d rules, %d fixtures, %d of them with a good agreement", len(Rules()), len(names), goods)
}

func TestRulesTable(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if !ruleID.MatchString(r.ID) || seen[r.ID] {
			t.Errorf("id %q is no id of a rule, or stands there twice", r.ID)
		}
		seen[r.ID] = true
		if r.Severity != diag.Error && r.Severity != diag.Warning {
			t.Errorf("%s has no severity", r.ID)
		}
		if r.Rationale == "" || r.check == nil {
			t.Errorf("%s has no rationale or no check", r.ID)
		}
	}
}
