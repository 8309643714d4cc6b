package generate_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"concordat/clauses"
	"concordat/internal/clause"
	"concordat/internal/generate"
	"concordat/internal/source"
)

// declared is the built-in library.
func declared(t *testing.T) *clause.Library {
	t.Helper()
	library, list, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil || list.HasErrors() {
		t.Fatal(err, list)
	}
	return library
}

// TestParametersAreDocumented holds the table of docs/sharing.md to the clauses.
func TestParametersAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/sharing.md")
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	table.WriteString("| parameter | means | default | allowed |\n|---|---|---|---|\n")
	library := declared(t)
	for _, c := range library.Clauses() {
		for _, p := range c.Parameters {
			fmt.Fprintf(&table, "| `%s.%s` | %s | %s | %d to %d |\n", c.ID, p.Name, p.About, p.Text(p.Default), *p.Min, *p.Max)
		}
	}
	if !strings.Contains(string(text), "\n\n"+table.String()+"\n") {
		t.Errorf("docs/sharing.md has not this table:\n%s", table.String())
	}
}

// TestParametersAreSet holds that each value from the smallest to the largest is
// taken, that no other is, and that the documents follow.
func TestParametersAreSet(t *testing.T) {
	g, library := newGenerator(t), declared(t)
	with := func(value func(p clause.Parameter) int) (string, string) {
		t.Helper()
		text := "clauses:\n  parameters:\n"
		for _, c := range library.Clauses() {
			for _, p := range c.Parameters {
				text += fmt.Sprintf("    - {id: %s.%s, value: %d}\n", c.ID, p.Name, value(p))
			}
		}
		file := read(t, single)
		checked, list := g.Check(source.New(single, []byte(file.Text()+"\n"+text)))
		if checked == nil {
			return "", printed(list)
		}
		outputs, err := g.Write(checked, []generate.Format{generate.Markdown})
		if err != nil {
			t.Fatal(err)
		}
		return string(outputs[0].Data), ""
	}
	least, problems := with(func(p clause.Parameter) int { return *p.Min })
	if problems != "" {
		t.Error(problems)
	}
	most, problems := with(func(p clause.Parameter) int { return *p.Max })
	if problems != "" {
		t.Error(problems)
	}
	for _, c := range []struct{ text, want string }{
		{least, "by notice of 30 days."}, {most, "by notice of 180 days."},
		{least, "within 1 Business Day, a temporary measure"}, {most, "within 10 Business Days, a temporary measure"},
	} {
		if !strings.Contains(c.text, c.want) {
			t.Errorf("%q is not in the document", c.want)
		}
	}
	parameters := len(library.ParameterNames())
	for _, beyond := range []func(p clause.Parameter) int{
		func(p clause.Parameter) int { return *p.Min - 1 },
		func(p clause.Parameter) int { return *p.Max + 1 },
	} {
		if _, problems := with(beyond); strings.Count(problems, "[assemble-parameter-value]") != parameters {
			t.Errorf("%d parameters, but\n%s", parameters, problems)
		}
	}
}
