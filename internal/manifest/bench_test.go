package manifest

import (
	"fmt"
	"runtime"
	"sync"
	"testing"

	"concordat/internal/outdir"
	"concordat/internal/outdir/faultdir"
)

// believable is an entry of the size that real ones have: an agreement with two
// shared files and the library that it uses.
func believable(n int) Entry {
	id := fmt.Sprintf("customer-number-%05d", n)
	agreement := "customers/region-" + fmt.Sprint(n%20) + "/" + id + ".yaml"
	return Entry{
		ID: id, Agreement: agreement, Version: "1.0.0",
		Inputs: digest(id + "i"), Document: digest(id + "d"), Maker: digest("m"),
		Files: []string{agreement, "provider.yaml", "packages/essential.yaml", "prices/2027.yaml"},
		Words: digest(fmt.Sprint("words", n%50)),
		Outputs: []Output{
			{id + ".md", 40000, digest(id + "1")}, {id + ".pdf", 120000, digest(id + "2")}, {DocumentName(id), 90000, digest(id + "3")},
		},
	}
}

func believableWords() Words {
	var w Words
	for n := range 60 {
		w.Clauses = append(w.Clauses, fmt.Sprintf("abc-%02d 1.0.0 %s", n, digest("clause")))
	}
	w.Layout = "standard 1.0.0"
	return w
}

func fill(b *testing.B, count int) *faultdir.Disk {
	d := faultdir.New()
	m, _, err := Open(d.Process(faultdir.Fault{}), one, self)
	if err != nil {
		b.Fatal(err)
	}
	w := believableWords()
	for n := range count {
		blob, err := m.packOne(believable(n), w)
		if err != nil {
			b.Fatal(err)
		}
		m.store.put(m.store.journalOf(one), blob)
	}
	m.journal.whole = false
	if err := m.Close(); err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkRead reads a journal, and says how large it is and how much memory
// an entry keeps.
func BenchmarkRead(b *testing.B) {
	for _, count := range []int{10, 100, 1000, 10000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			d := fill(b, count)
			b.SetBytes(int64(len(d.Tree()[".concordat/1-of-1.journal"])))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Read(d.Process(faultdir.Fault{})); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			m, _, err := Read(d.Process(faultdir.Fault{}))
			if err != nil {
				b.Fatal(err)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/float64(count), "kept-B/entry")
			b.ReportMetric(float64(len(d.Tree()[".concordat/1-of-1.journal"]))/float64(count), "journal-B/entry")
			runtime.KeepAlive(m)
		})
	}
}

// BenchmarkCompact writes a journal of ten thousand as Close does.
func BenchmarkCompact(b *testing.B) {
	d := fill(b, 10000)
	p := d.Process(faultdir.Fault{})
	m, _, err := Open(p, one, self)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := m.compact(m.store.ids(one)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPublish publishes 256 documents of three files onto the disk of the
// system, in groups, with several goroutines that stage.
func BenchmarkPublish(b *testing.B) {
	const documents = 256
	for _, stagers := range []int{1, 2, 4, 8} {
		for _, size := range []int{1, 32} {
			b.Run(fmt.Sprintf("%d stagers, groups of %d", stagers, size), func(b *testing.B) {
				folder, err := outdir.Open(b.TempDir())
				if err != nil {
					b.Fatal(err)
				}
				defer folder.Close()
				m, _, err := Open(folder, one, self)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				data := make([]byte, 120<<10)
				for b.Loop() {
					staged := make(chan Set, size)
					var all sync.WaitGroup
					for first := range stagers {
						all.Go(func() {
							for n := first; n < documents; n += stagers {
								e := believable(n)
								s, err := m.Stage([]File{
									NewFile(e.Outputs[0].Name, data[:40<<10]),
									NewFile(e.Outputs[1].Name, data),
									NewFile(e.Outputs[2].Name, data[:90<<10]),
								})
								if err != nil {
									b.Error(err)
								}
								staged <- Set{e, Words{}, s}
							}
						})
					}
					var group []Set
					for n := range documents {
						group = append(group, <-staged)
						if len(group) == size || n == documents-1 {
							if err := m.Publish(group); err != nil {
								b.Fatal(err)
							}
							group = nil
						}
					}
					all.Wait()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/documents, "ns/document")
				if err := m.Abort(); err != nil {
					b.Fatal(err)
				}
			})
		}
	}
}

// BenchmarkMatches compares the pair of one document with its entry.
func BenchmarkMatches(b *testing.B) {
	folder, err := outdir.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer folder.Close()
	m, _, err := Open(folder, one, self)
	if err != nil {
		b.Fatal(err)
	}
	e := believable(1)
	staged, err := m.Stage([]File{
		NewFile(e.Outputs[0].Name, make([]byte, 40<<10)),
		NewFile(e.Outputs[1].Name, make([]byte, 120<<10)),
		NewFile(e.Outputs[2].Name, make([]byte, 90<<10)),
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := m.Publish([]Set{{e, Words{}, staged}}); err != nil {
		b.Fatal(err)
	}
	e = m.Entries(e.Agreement)[0]
	b.ReportAllocs()
	b.SetBytes(160 << 10)
	for b.Loop() {
		if same, err := m.Matches(e); !same || err != nil {
			b.Fatal(err)
		}
	}
	if err := m.Abort(); err != nil {
		b.Fatal(err)
	}
}
