package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"concordat/internal/calendar"
	"concordat/internal/clause"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"concordat": main})
}

// TestScripts runs the commands as a person does. In a script, "exits N
// command" runs a command that must end with status N, and "example FILE OLD
// NEW" writes the accounting firm's agreement to FILE with OLD replaced by NEW,
// "replace FILE OLD NEW" does so in a file of the script, and $EXAMPLES is the
// folder of the examples. "approve FOLDER" approves all files of a library.
func TestScripts(t *testing.T) {
	example, err := filepath.Abs("../../testdata/accounting-firm.yaml")
	if err != nil {
		t.Fatal(err)
	}
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("CONCORDAT_UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXAMPLE", example)
			env.Setenv("EXAMPLES", examples)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"example": writeExample,
			"replace": replace,
			"grow":    grow,
			"sparse":  sparse,
			"approve": approve,
			"relock":  relock,
		},
	})
}

// clock is the day of the tests that run the program inside this process.
func clock() time.Time { return time.Date(2026, time.December, 1, 12, 0, 0, 0, time.UTC) }

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N command [args]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	status := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		status = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if status != want {
		ts.Fatalf("exit status %d, want %d", status, want)
	}
}

func writeExample(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: example FILE OLD NEW")
	}
	writeReplaced(ts, ts.Getenv("EXAMPLE"), args)
}

func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	writeReplaced(ts, args[0], args)
}

// writeReplaced writes what stands in the file from to the file args[0], with
// args[1], which stands there once, replaced by args[2].
func writeReplaced(ts *testscript.TestScript, from string, args []string) {
	text := ts.ReadFile(from)
	if n := strings.Count(text, args[1]); n != 1 {
		ts.Fatalf("%q stands %d times in %s", args[1], n, from)
	}
	changed := strings.Replace(text, args[1], args[2], 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(changed), 0o644))
}

// sparse makes a file of N MiB that takes no room on the disk.
func sparse(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sparse FILE MIB")
	}
	mib, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), nil, 0o644))
	ts.Check(os.Truncate(ts.MkAbs(args[0]), mib<<20))
}

// approve approves all clauses and terms of a whole library, as
// "concordat lint --approve" does one.
func approve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: approve FOLDER")
	}
	folder := ts.MkAbs(args[0])
	library, list, err := clause.Load(clause.Layer{FS: os.DirFS(folder)})
	ts.Check(err)
	if list.HasErrors() {
		ts.Fatalf("the library has errors")
	}
	on, err := calendar.ParseDate("2026-11-01")
	ts.Check(err)
	write := func(t clause.Text) {
		ts.Check(os.WriteFile(filepath.Join(folder, t.File.Name()), t.WithApproval("Ada Nobody", on), 0o644))
	}
	for _, c := range library.Clauses() {
		write(c.Text)
	}
	for _, t := range library.Terms {
		write(t.Text)
	}
}

// relock replaces what a pattern finds first in a lock by other text, and mends its
// sum, as if another program had written it. In both \n is the end of a line.
func relock(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: relock FILE PATTERN NEW")
	}
	text := ts.ReadFile(args[0])
	pattern := regexp.MustCompile(args[1])
	at := pattern.FindStringSubmatchIndex(text)
	if at == nil {
		ts.Fatalf("%q finds nothing in %s", args[1], args[0])
	}
	with := pattern.ExpandString(nil, strings.ReplaceAll(args[2], `\n`, "\n"), text, at)
	text = text[:at[0]] + string(with) + text[at[1]:]
	lines := strings.SplitN(text, "\n", 3)
	lines[1] = fmt.Sprintf("sha256: %x", sha256.Sum256([]byte(lines[2])))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(lines, "\n")), 0o644))
}

// grow adds a comment of N KiB to a file.
func grow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: grow FILE KIB")
	}
	kib, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := []byte(ts.ReadFile(args[0]) + "#")
	for range kib * 1024 {
		text = append(text, 'x')
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), append(text, '\n'), 0o644))
}
