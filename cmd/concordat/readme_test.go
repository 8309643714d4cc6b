package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"concordat/internal/cli"
)

// TestReadmeMessage holds the message that README.md shows to what a person
// who makes that mistake is told.
func TestReadmeMessage(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile(`(?m)^    examples/accounting-firm\.yaml:\d+:.*\n(    .*\n)+`).FindString(string(readme))
	if shown == "" {
		t.Fatal("README.md shows no message about the example")
	}
	want := strings.ReplaceAll("\n"+shown, "\n    ", "\n")[1:]

	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "examples"), os.DirFS("../../examples")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "examples", "accounting-firm.yaml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	mistaken := bytes.Replace(text, []byte("    legal_name: Example, Sample"), []byte("    legl_name: Example, Sample"), 1)
	if bytes.Equal(mistaken, text) {
		t.Fatal("the example does not have the line that README.md shows")
	}
	if err := os.WriteFile(name, mistaken, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	var out, stderr bytes.Buffer
	if status := cli.Main(t.Context(), []string{"check", "examples/accounting-firm.yaml"}, cli.Streams{Out: &out, Err: &stderr}, clock); status != 1 {
		t.Errorf("exit status %d, want 1", status)
	}
	if got := stderr.String(); got != want {
		t.Errorf("README.md shows\n%s\nthe program says\n%s", want, got)
	}
}
