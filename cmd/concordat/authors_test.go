package main

import (
	"go/ast"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"concordat/internal/cli"
)

// TestClauseAuthors does the worked change of docs/clause-authors.md: it writes the
// files and makes the changes that are shown, runs each command, and looks in what
// the command says for each line that is shown below it.
func TestClauseAuthors(t *testing.T) {
	text := readText(t, "../../docs/clause-authors.md")
	_, text, ok := strings.Cut(text, "\n## A change from first word to redline\n")
	if !ok {
		t.Fatal("docs/clause-authors.md shows no change")
	}
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "examples"), os.DirFS("../../examples")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	commands, lines := 0, 0
	for block := range strings.SplitSeq(text, "\n\n") {
		if !strings.HasPrefix(block, "    ") {
			continue
		}
		var shown []string
		for line := range strings.Lines(block) {
			shown = append(shown, strings.TrimRight(strings.TrimPrefix(line, "    "), "\n"))
		}
		if name, ok := strings.CutPrefix(shown[0], "# "); ok {
			writeShown(t, name, shown[1:])
			continue
		}
		said := ""
		for _, line := range shown {
			args := words(line)
			switch args[0] {
			case "concordat":
				commands++
				var out strings.Builder
				if status := cli.Main(t.Context(), args[1:], cli.Streams{In: strings.NewReader(""), Out: &out, Err: &out}, clock); status != 0 {
					t.Fatalf("%s: status %d\n%s", line, status, out.String())
				}
				said = out.String()
			case "cp":
				data, err := os.ReadFile(args[1])
				if err == nil {
					err = os.WriteFile(args[2], data, 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
			case "git":
				git, err := exec.LookPath("git")
				if err != nil {
					t.Skip("there is no git, which compares the documents")
				}
				commands++
				out, _ := exec.CommandContext(t.Context(), git, args[1:]...).Output() // status 1: they differ
				said = string(out)
				if n := strings.Count(said, "{+"); n != 1 {
					t.Errorf("%d words differ, expected 1:\n%s", n, said)
				}
			default:
				lines++
				if !strings.Contains("\n"+said, "\n"+line) {
					t.Errorf("the guide shows %q, the program says\n%s", line, said)
				}
			}
		}
	}
	if commands != 8 || lines != 10 {
		t.Errorf("%d commands were run and %d lines compared, expected 8 and 10", commands, lines)
	}
	data, err := os.ReadFile(filepath.Join("own", "acc-04.md"))
	if err != nil || !strings.Contains(string(data), "approved: {by: \"Ada Nobody, Esq.\", on: 2027-01-31, ") {
		t.Errorf("the clause is not approved: %v\n%s", err, data)
	}
}

// writeShown writes a file, or makes changes to it: lines after "- " go, and those
// after "+ " take their place.
func writeShown(t *testing.T, name string, shown []string) {
	t.Helper()
	name, changes := strings.CutSuffix(name, ": changes")
	path := filepath.FromSlash(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(shown, "\n") + "\n"
	if changes {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text = string(data)
		for len(shown) > 0 {
			var old, better []string
			for ; len(shown) > 0 && strings.HasPrefix(shown[0], "- "); shown = shown[1:] {
				old = append(old, shown[0][2:])
			}
			for ; len(shown) > 0 && strings.HasPrefix(shown[0], "+ "); shown = shown[1:] {
				better = append(better, shown[0][2:])
			}
			if len(old) == 0 || strings.Count(text, strings.Join(old, "\n")) != 1 {
				t.Fatalf("%s does not have %q once, or nothing goes before %q", name, old, shown)
			}
			text = strings.Replace(text, strings.Join(old, "\n"), strings.Join(better, "\n"), 1)
		}
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestClauseAuthorsFields holds that the guide names each field that a file of a
// library can have.
func TestClauseAuthorsFields(t *testing.T) {
	text := readText(t, "../../docs/clause-authors.md")
	seen := 0
	for _, s := range structs(t, "../../internal/clause") {
		switch s.name {
		case "clauseMatter", "termMatter", "Edition", "Parameter", "Suppression", "libraryMatter", "articleMatter",
			"excludeMatter", "presetMatter", "dropMatter", "lintMatter", "Source":
		default:
			continue
		}
		seen++
		for _, f := range s.fields.List {
			key := tagOf(f, "yaml")
			if key == "" || strings.HasPrefix(key, ",") {
				continue
			}
			if !strings.Contains(text, "`"+key+"`") && !strings.Contains(text, key+": ") {
				t.Errorf("docs/clause-authors.md does not name the field %q of %s", key, s.name)
			}
		}
	}
	if seen != 12 {
		t.Errorf("%d kinds of fields were compared, expected 12", seen)
	}
}

// tagOf is a tag of a field, empty where it has none.
func tagOf(f *ast.Field, key string) string {
	if f.Tag == nil {
		return ""
	}
	text, err := strconv.Unquote(f.Tag.Value)
	if err != nil {
		panic(err)
	}
	return reflect.StructTag(text).Get(key)
}
