package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/cli"
	"concordat/internal/framework"
	"concordat/internal/source"
)

// catalogOf is the framework as an OSCAL catalog, under another title.
func catalogOf(t *testing.T, f *framework.Framework, title string) string {
	type control struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	type group struct {
		ID       string    `json:"id"`
		Title    string    `json:"title"`
		Controls []control `json:"controls"`
	}
	var groups []group
	for _, function := range f.Functions {
		g := group{ID: function.ID, Title: function.Title}
		for _, item := range f.Within(function.ID) {
			g.Controls = append(g.Controls, control{item.ID, item.Title})
		}
		groups = append(groups, g)
	}
	text, err := json.Marshal(map[string]any{"catalog": map[string]any{
		"uuid":     "11111111-2222-4333-8444-555555555555",
		"metadata": map[string]string{"title": title, "version": "1.0", "last-modified": "2026-06-30T00:00:00Z"},
		"groups":   groups,
	}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestImportedBaseline makes a document whose baseline was imported.
func TestImportedBaseline(t *testing.T) {
	set, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	goals, _ := set.Find("cisa-cpg-2.0")
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	run := func(want int, args ...string) (stdout, stderr string) {
		var out, errs strings.Builder
		if status := cli.Main(t.Context(), args, cli.Streams{Out: &out, Err: &errs}, clock); status != want {
			t.Fatalf("%q: status %d, want %d: %s", args, status, want, errs.String())
		}
		return out.String(), errs.String()
	}
	catalog := write("catalog.json", catalogOf(t, goals, "Own Goals"))
	own := strings.ReplaceAll(readText(t, baseName), "cisa-cpg-2.0", "own-goals-1.0")
	agreement := write("agreement.yaml", own)
	write("concordat.yaml", "schema: concordat/workspace/v1\nframeworks: [own.yaml]\n")

	run(0, "framework", "import", "-o", filepath.Join(dir, "own.yaml"), catalog)
	run(0, "check", agreement)
	stdout, _ := run(0, "generate", "--format", "md", "-o", filepath.Join(dir, "out"), agreement)
	text := readText(t, strings.TrimSpace(stdout))
	if want := "Each Control of Own Goals, version 1.0, stands in one row"; !strings.Contains(text, want) {
		t.Errorf("the document does not say %q", want)
	}

	write("concordat.yaml", "schema: concordat/workspace/v1\n")
	if _, stderr := run(1, "check", agreement); !strings.Contains(stderr, `unknown framework "own-goals-1.0"`) {
		t.Errorf("without the file: %s", stderr)
	}
}

// TestOtherNumbers names a control by a number it does not have here.
func TestOtherNumbers(t *testing.T) {
	text := strings.ReplaceAll(readText(t, baseName), "cisa-cpg-2.0", "cmmc-2-l1")
	text = strings.Replace(text, "{control: 1.A,", "{control: AC.L1-3.1.1,", 1)
	text = strings.Replace(text, "{control: 1.B,", "{control: 3.14.5,", 1)
	_, list := newCase(text).generator(t).Check(source.New("agreement.yaml", []byte(text)))
	printed := printedList(list)
	for _, want := range []string{
		`unknown control "AC.L1-3.1.1" of cmmc-2-l1`, `did you mean "AC.L1-b.1.i"?`,
		`unknown control "3.14.5" of cmmc-2-l1`, `did you mean "SI.L1-b.1.xv"?`,
	} {
		if !strings.Contains(printed, want) {
			t.Errorf("not said: %s", want)
		}
	}
}
