package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestDependencies holds docs/dependencies.md to the modules that are compiled
// into the program, and their licences to those that ask for a notice only.
func TestDependencies(t *testing.T) {
	text, err := os.ReadFile("../../docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	allowed := regexp.MustCompile(`^(MIT|BSD-[23]-Clause|Apache-2\.0|OFL-1\.1|Unlicense)$`)
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\|").FindAllStringSubmatch(string(text), -1) {
		listed[m[1]] = true
		for _, licence := range regexp.MustCompile(`[A-Z][A-Za-z]*(-[0-9.A-Za-z]+)*`).FindAllString(m[2], -1) {
			if !allowed.MatchString(licence) {
				t.Errorf("%s: the licence %q is none of those this project can live with", m[1], licence)
			}
		}
	}
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "concordat/cmd/concordat").Output()
	if err != nil {
		t.Fatal(err)
	}
	compiled := map[string]bool{}
	for _, path := range strings.Fields(string(out)) {
		compiled[path] = true
	}
	for path := range compiled {
		if !listed[path] {
			t.Errorf("docs/dependencies.md does not list %s", path)
		}
	}
	for path := range listed {
		if !compiled[path] {
			t.Errorf("docs/dependencies.md lists %s, which is not compiled in", path)
		}
	}
}
