//go:build unix

package fleet

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"concordat/internal/customers"
)

// BenchmarkFleet makes the documents of generated customers by a new process, and
// then has another one find that nothing has changed. The disk keeps what it has
// read. Its figures beside the time of both:
//
//	s-first, s-unchanged          seconds from the start of the process to its end
//	ms/customer                   of the first run
//	ms-unchanged/customer         of the second
//	MB-first, MB-unchanged        the most memory that a process had at a time
//	pages/customer                of the PDF
//	bytes/customer                of Markdown and PDF
//	state-bytes/customer          of .concordat
func BenchmarkFleet(b *testing.B) {
	for _, n := range []int{10, 100, 1_000, 10_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			program, in := builtProgram(b), writeCustomers(b, n, customers.Options{Seed: 1})
			run := func(out, want string) fleetRun {
				run := runFleet(b, program, "batch", in, "-o", out)
				run.expect(b, 0)
				if run.last() != want {
					b.Fatalf("got %q, want %q", run.last(), want)
				}
				return run
			}
			var first, second fleetRun
			var out string
			for b.Loop() {
				if out != "" {
					if err := os.RemoveAll(out); err != nil {
						b.Fatal(err)
					}
				}
				out = filepath.Join(b.TempDir(), "out")
				first = run(out, fmt.Sprintf("%d agreements: %d generated, 0 unchanged, 0 failed, 0 stale", n, n))
				second = run(out, fmt.Sprintf("%d agreements: 0 generated, %d unchanged, 0 failed, 0 stale", n, n))
			}
			bytes, state, pages := measureFleet(b, out)
			each := func(x float64, unit string) { b.ReportMetric(x/float64(n), unit+"/customer") }
			b.ReportMetric(first.took.Seconds(), "s-first")
			b.ReportMetric(second.took.Seconds(), "s-unchanged")
			b.ReportMetric(first.megabytes(), "MB-first")
			b.ReportMetric(second.megabytes(), "MB-unchanged")
			each(first.took.Seconds()*1000, "ms")
			each(second.took.Seconds()*1000, "ms-unchanged")
			each(float64(pages), "pages")
			each(float64(bytes), "bytes")
			each(float64(state), "state-bytes")
		})
	}
}

// measureFleet gives the sizes of the documents and of all else in an output folder,
// and the number of pages.
func measureFleet(b *testing.B, out string) (bytes, state int64, pages int) {
	b.Helper()
	count := regexp.MustCompile(`/Type/Pages/Count (\d+)`)
	err := filepath.WalkDir(out, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, filepath.Join(out, ".concordat")) {
			state += info.Size()
			return nil
		}
		bytes += info.Size()
		if filepath.Ext(name) != ".pdf" {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		m := count.FindSubmatch(data)
		if m == nil {
			return fmt.Errorf("%s does not say how many pages it has", name)
		}
		n, err := strconv.Atoi(string(m[1]))
		pages += n
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return bytes, state, pages
}
