package main

import (
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/cli"
	"concordat/internal/record"
)

// TestRecordsOfExamples checks the records beside the examples on a day soon
// after the term has begun: none has a problem.
func TestRecordsOfExamples(t *testing.T) {
	names, err := filepath.Glob("../../examples/*" + record.Suffix)
	if err != nil || len(names) == 0 {
		t.Fatal("no records", err)
	}
	for _, name := range names {
		var stdout, stderr strings.Builder
		agreement := strings.TrimSuffix(name, record.Suffix) + ".yaml"
		status := cli.Main(t.Context(), []string{"check", "--as-of", "2027-01-15", agreement}, cli.Streams{Out: &stdout, Err: &stderr}, clock)
		if status != 0 || strings.Contains(stderr.String(), record.Suffix) {
			t.Errorf("%s: status %d\n%s", name, status, stderr.String())
		}
		// The record was read: on an earlier day it tells of the future.
		stderr.Reset()
		cli.Main(t.Context(), []string{"check", "--as-of", "2026-12-16", agreement}, cli.Streams{Out: &stdout, Err: &stderr}, clock)
		if !strings.Contains(stderr.String(), "[record-future]") {
			t.Errorf("%s: was not read\n%s", name, stderr.String())
		}
	}
}
