package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// reaching are texts of clauses that try to reach files, other machines, other
// programs and the environment, and one that works long.
var reaching = []string{
	`{{ env "CONCORDAT_SECRET" }} {{ expandenv "$CONCORDAT_SECRET" }}`,
	`{{ readFile "/etc/shadow" }} {{ .Files.Get "/etc/shadow" }} {{ include "/etc/shadow" . }} {{ template "/etc/shadow" }}`,
	`{{ getHostByName "evil.example" }} {{ httpGet "http://192.0.2.1/" }}`,
	`{{ exec "touch" "/tmp/evil" }} {{ call .Customer "x" }}`,
	"![a](file:///etc/shadow) [b](/etc/shadow) <img src=/etc/shadow>",
	`{{ range 100000000000 }}{{ upper $.Customer.LegalName }}{{ end }}`,
	`{{ upper "/etc/shadow" }} [a](https://evil.example/etc/shadow) {{ join "/" (list "" "etc" "shadow") }}`,
}

// TestNoSystemCalls watches the program from outside: with clauses that try to
// reach something it opens the files that it opens with a harmless clause in
// their place, no socket, and starts no program.
func TestNoSystemCalls(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	folder := t.TempDir()
	program := filepath.Join(folder, "concordat")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	example, err := filepath.Abs("../../testdata/accounting-firm.yaml")
	if err != nil {
		t.Fatal(err)
	}
	words := filepath.Join(folder, "words")
	put := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(words, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(words, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("library.yaml", "id: pack\ntitle: Pack\nversion: 1.0.0\nlicence: CC0-1.0\nextends: concordat-core\narticles: [{id: pack, title: The pack, after: purpose, clauses: [evil-01]}]\n")
	calls := func(body string) (calls []string, status int) {
		t.Helper()
		put("evil-01.md", "---\nid: evil-01\ntitle: Evil\nversion: 1.0.0\nstatus: draft\nbinds: both\nplain: One sentence.\n---\n"+body+"\n")
		trace := filepath.Join(folder, "trace")
		cmd := exec.Command(strace, "-f", "-qq", "-e", "trace=%file,%network,execve,execveat", "-o", trace, program, "generate", "--format", "md", "--library", words, "-o", filepath.Join(folder, "out"), example)
		cmd.Env = append(os.Environ(), "CONCORDAT_SECRET=1")
		out, err := cmd.CombinedOutput()
		status = cmd.ProcessState.ExitCode()
		data, readErr := os.ReadFile(trace)
		if readErr != nil || len(data) == 0 {
			t.Skipf("strace cannot watch a program here: %v, %v\n%s", err, readErr, out)
		}
		if status != 0 && status != 1 {
			t.Fatalf("%q: status %d\n%s", body, status, out)
		}
		return named(string(data)), status
	}
	harmless, status := calls("The Parties shall agree.")
	if status != 0 {
		t.Fatal("a harmless clause is refused")
	}
	if !slices.ContainsFunc(harmless, func(call string) bool { return strings.Contains(call, "evil-01.md") }) {
		t.Fatalf("the reading of the clause is not seen in:\n%s", strings.Join(harmless, "\n"))
	}
	for _, body := range reaching {
		got, status := calls(body)
		for _, call := range got {
			if !slices.Contains(harmless, call) {
				t.Errorf("%q: %s", body, call)
			}
		}
		t.Logf("%d calls, status %d: %.60s", len(got), status, body)
	}
}

// named are the calls of a trace, each once: their names and the files they
// name. Numbers, which differ from run to run, are left out.
func named(trace string) []string {
	call := regexp.MustCompile(`^\d+ +(\w+)\((.*)`)
	text := regexp.MustCompile(`"([^"]*)"`)
	var list []string
	for line := range strings.Lines(trace) {
		m := call.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		var names []string
		for _, found := range text.FindAllStringSubmatch(m[2], -1) {
			names = append(names, regexp.MustCompile(`\d{3,}|\.concordat-\w+`).ReplaceAllString(found[1], "N"))
		}
		list = append(list, fmt.Sprintf("%s %s", m[1], strings.Join(names, " ")))
	}
	slices.Sort(list)
	return slices.Compact(list)
}
