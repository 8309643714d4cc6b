package workspace

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// readAll lays an agreement that uses the files in order, and gives the codes
// of what is wrong.
func readAll(t *testing.T, own string, files ...string) []string {
	t.Helper()
	use := "schema: concordat/v1\nuse:\n"
	var archive []txtar.File
	for i, text := range files {
		name := fmt.Sprintf("s%d.yaml", i)
		use += "  - " + name + "\n"
		archive = append(archive, txtar.File{Name: name, Data: []byte("schema: concordat/shared/v1\n" + text)})
	}
	archive = append(archive, txtar.File{Name: "a.yaml", Data: []byte(use + own)})
	_, list := read(t, NewReader(), filepath.Join(lay(t, archive), "a.yaml"))
	checkSpans(t, list)
	var found []string
	for _, d := range list {
		found = append(found, d.Code)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestTooLargeTogether(t *testing.T) {
	file := "# " + strings.Repeat("x", 200*1024) + "\n"
	if got := readAll(t, "", slices.Repeat([]string{file}, 5)...); len(got) > 0 {
		t.Errorf("1,000 KiB: %v", got)
	}
	if got := readAll(t, "", slices.Repeat([]string{file}, 6)...); !slices.Equal(got, []string{codeTooMany}) {
		t.Errorf("1,200 KiB: %v", got)
	}
}

// As many keys, rows and changes as the limits allow are no trouble.
func TestManyOfEverything(t *testing.T) {
	var keys, rows, changes [4]strings.Builder
	for i := range 4 {
		rows[i].WriteString("services:\n")
		changes[i].WriteString("change:\n")
		for k := range 3000 {
			fmt.Fprintf(&keys[i], "k%d_%d: a\n", i, k)
			fmt.Fprintf(&rows[i], "- {id: S%d-%d}\n", i, k)
		}
		for k := range 1000 {
			fmt.Fprintf(&changes[i], "- {at: services.S%d-%d, reason: a, set: {a: b}}\n", i, k)
		}
	}
	if got := readAll(t, keys[0].String(), keys[1].String(), keys[2].String(), keys[3].String(), keys[0].String()); !slices.Equal(got, []string{codeConflict}) {
		t.Errorf("keys: %v", got)
	}
	if got := readAll(t, changes[1].String(), rows[0].String(), changes[2].String()); !slices.Equal(got, []string{codeChangeUnknown}) {
		t.Errorf("unknown rows: %v", got)
	}
	if got := readAll(t, changes[1].String(), rows[0].String(), rows[1].String(), changes[0].String()); len(got) > 0 {
		t.Errorf("rows: %v", got)
	}
}
