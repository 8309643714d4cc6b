package workspace

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"concordat/internal/agreement"
	"concordat/internal/framework"
)

const examples = "../../examples"

// exampleFiles are all YAML files of the examples, by path below their folder.
func exampleFiles(t testing.TB) []txtar.File {
	t.Helper()
	var files []txtar.File
	for _, pattern := range []string{"*.yaml", "*/*.yaml"} {
		names, err := filepath.Glob(filepath.Join(examples, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			inside, err := filepath.Rel(examples, name)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, txtar.File{Name: filepath.ToSlash(inside), Data: text})
		}
	}
	if len(files) == 0 {
		t.Fatal("no examples")
	}
	return files
}

func frameworks(t testing.TB) *framework.Set {
	t.Helper()
	set, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// load reads and checks an agreement that must have no error.
func load(t testing.TB, r *Reader, name string, set *framework.Set) *agreement.Agreement {
	t.Helper()
	resolved, list := read(t, r, name)
	if resolved == nil {
		t.Fatal(printed(t, list))
	}
	a, list := agreement.LoadTree(resolved.Tree, set)
	if a == nil {
		t.Fatal(printed(t, list))
	}
	return a
}

// Each shared file is read once: what happens to it later is not seen.
func TestSharedFilesAreReadOnce(t *testing.T) {
	dir := lay(t, exampleFiles(t))
	set, r := frameworks(t), NewReader()
	load(t, r, filepath.Join(dir, "accounting-firm.yaml"), set)
	if err := os.Remove(filepath.Join(dir, "provider.yaml")); err != nil {
		t.Fatal(err)
	}
	a := load(t, r, filepath.Join(dir, "accounting-firm.yaml"), set)
	if n := len(a.Files()); n < 3 {
		t.Errorf("the values come from %d files", n)
	}
	if resolved, list := read(t, NewReader(), filepath.Join(dir, "accounting-firm.yaml")); resolved != nil {
		t.Errorf("a new reader misses nothing: %s", printed(t, list))
	}
}

// BenchmarkLoadShared reads, merges and checks one customer with all files that
// it uses.
func BenchmarkLoadShared(b *testing.B) {
	set := frameworks(b)
	name := filepath.Join(examples, "accounting-firm.yaml")
	load(b, NewReader(), name, set)
	b.ReportAllocs()
	for b.Loop() {
		load(b, NewReader(), name, set)
	}
}

// BenchmarkThousandCustomers reads, merges and checks 1,000 customers of one
// provider, whose files are parsed once.
func BenchmarkThousandCustomers(b *testing.B) {
	const customers = 1000
	files := exampleFiles(b)
	var own []byte
	for _, f := range files {
		if f.Name == "accounting-firm.yaml" {
			own = f.Data
		}
	}
	for i := range customers {
		id := fmt.Appendf(nil, "id: customer-%d", i)
		files = append(files, txtar.File{Name: fmt.Sprintf("customer-%d.yaml", i), Data: bytes.Replace(own, []byte("id: accounting-firm"), id, 1)})
	}
	dir, set := lay(b, files), frameworks(b)
	load(b, NewReader(), filepath.Join(dir, "customer-0.yaml"), set)
	b.ReportAllocs()
	for b.Loop() {
		r := NewReader()
		for i := range customers {
			a := load(b, r, filepath.Join(dir, fmt.Sprintf("customer-%d.yaml", i)), set)
			if a.Info.ID != fmt.Sprintf("customer-%d", i) {
				b.Fatalf("customer %d is %s", i, a.Info.ID)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N*customers), "ms/customer")
}

// Several goroutines that share a Reader get the same agreements.
func TestReadInParallel(t *testing.T) {
	names := []string{"accounting-firm.yaml", "medical-office.yaml", "manufacturer-cmmc.yaml"}
	var want []string
	for _, name := range names {
		resolved, _ := read(t, NewReader(), filepath.Join(examples, name))
		want = append(want, resolved.YAML())
	}
	r := NewReader()
	var group sync.WaitGroup
	for i := range 12 {
		group.Go(func() {
			resolved, list := read(t, r, filepath.Join(examples, names[i%3]))
			if len(list) > 0 || resolved.YAML() != want[i%3] {
				t.Errorf("%s differs", names[i%3])
			}
		})
	}
	group.Wait()
}

// A service that the customer does not buy leaves the duties that relied on it
// in place: each fails, at the place in the package where it is written.
func TestDroppedServiceLeavesItsDuties(t *testing.T) {
	set := frameworks(t)
	files := exampleFiles(t)
	a := load(t, NewReader(), filepath.Join(examples, "accounting-firm.yaml"), set)
	var dropped string
	duties := 0
	for i, row := range a.Responsibilities {
		if row.Service == "" || a.Span(fmt.Sprintf("Responsibilities[%d].Service", i)).File == a.File() {
			continue
		}
		if dropped == "" {
			dropped = row.Service
		}
		if row.Service == dropped {
			duties++
		}
	}
	if duties == 0 {
		t.Fatal("no shared duty relies on a service")
	}
	for i, f := range files {
		if f.Name == "accounting-firm.yaml" {
			row := "change:\n  - {at: services." + dropped + ", reason: too dear, set: {purchased: false}}\n"
			if bytes.Count(f.Data, []byte("\nchange:\n")) != 1 {
				t.Fatal("the example has no changes")
			}
			files[i].Data = bytes.Replace(f.Data, []byte("change:\n"), []byte(row), 1)
		}
	}
	resolved, list := read(t, NewReader(), filepath.Join(lay(t, files), "accounting-firm.yaml"))
	if resolved == nil {
		t.Fatal(printed(t, list))
	}
	_, list = agreement.LoadTree(resolved.Tree, set)
	failed := 0
	for _, d := range list {
		if d.Code == "R16" && d.Span.File != resolved.Files[len(resolved.Files)-1] {
			failed++
		}
	}
	if failed < duties {
		t.Errorf("%d duties rely on %s, but %d fail:\n%s", duties, dropped, failed, printed(t, list))
	}
}
