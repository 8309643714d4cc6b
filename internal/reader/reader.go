// Package reader asks programs of other makers what stands in a file. It is for
// tests: who wrote a file is not the one to say that it is right.
package reader

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Run runs a program such as qpdf and gives what it prints; it has to end well.
// A machine without the program skips the test, unless it is one of continuous
// integration.
func Run(t testing.TB, program string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", program)
		}
		t.Skipf("%s is not installed", program)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

// Save puts a file where a program can read it until the test ends, and gives
// its path.
func Save(t testing.TB, file []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.pdf")
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
