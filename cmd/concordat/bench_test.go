package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/cli"
)

// BenchmarkCheckThousand examines 1,000 customers that share the files of one
// provider, as "concordat check customers" does.
func BenchmarkCheckThousand(b *testing.B) {
	dir := b.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../examples")); err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"accounting-firm.record.yaml", "manufacturer-cmmc.yaml", "medical-office.yaml"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			b.Fatal(err)
		}
	}
	name := filepath.Join(dir, "accounting-firm.yaml")
	text, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.Remove(name); err != nil {
		b.Fatal(err)
	}
	for i := range 1000 {
		id := fmt.Sprintf("customer-%04d", i)
		own := strings.Replace(string(text), "id: accounting-firm\n", "id: "+id+"\n", 1)
		if err := os.WriteFile(filepath.Join(dir, id+".yaml"), []byte(own), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		var out, errs bytes.Buffer
		if status := cli.Main(b.Context(), []string{"check", "--as-of", "2026-12-01", dir}, cli.Streams{Out: &out, Err: &errs}, clock); status != 0 {
			b.Fatal(errs.String())
		}
		if !strings.HasSuffix(out.String(), "1000 files: 0 without problems, 1000 with warnings, 0 with errors\n") {
			b.Fatal(out.String())
		}
	}
}
