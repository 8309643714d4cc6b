package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/cli"
)

// TestStarting runs the commands of docs/starting.md in their order, with the files
// that it shows.
func TestStarting(t *testing.T) {
	text := readText(t, "../../docs/starting.md")
	t.Chdir(t.TempDir())
	commands := 0
	for block := range strings.SplitSeq(text, "\n\n") {
		if !strings.HasPrefix(block, "    ") {
			continue
		}
		var lines []string
		for line := range strings.Lines(block) {
			lines = append(lines, strings.TrimPrefix(line, "    "))
		}
		if name, ok := strings.CutPrefix(strings.TrimSpace(lines[0]), "# "); ok {
			if err := os.WriteFile(name, []byte(strings.Join(lines[1:], "")), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for _, line := range lines {
			args := words(strings.TrimSpace(line))
			if args[0] != "concordat" || len(args) == 3 && args[1] == "init" {
				continue // questions on a terminal
			}
			commands++
			var stdout, stderr strings.Builder
			if status := cli.Main(t.Context(), args[1:], cli.Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr}, clock); status != 0 {
				t.Fatalf("%s: status %d\n%s", line, status, stderr.String())
			}
		}
	}
	if commands != 6 {
		t.Errorf("%d commands were run, expected 6", commands)
	}
	for _, name := range []string{"acme/lakeside.yaml", "acme/hillside.yaml", "acme/bayside.yaml", "out/lakeside.pdf"} {
		if _, err := os.Stat(filepath.FromSlash(name)); err != nil {
			t.Error(err)
		}
	}
}

// words are the words of a command line, in which quotes join some.
func words(line string) []string {
	var all []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			all = append(all, part)
		} else {
			all = append(all, strings.Fields(part)...)
		}
	}
	return all
}
