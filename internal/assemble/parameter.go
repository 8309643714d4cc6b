package assemble

import (
	"fmt"

	"concordat/internal/agreement"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/expand"
	"concordat/internal/source"
)

// parameters are the values that an agreement sets, by their names. It reports
// those that the library does not have or allow.
func (a *Assembler) parameters(ag *agreement.Agreement) (map[string]parameter, diag.List) {
	set := map[string]parameter{}
	var list diag.List
	for i, x := range ag.Clauses.Parameters {
		at := fmt.Sprintf("Clauses.Parameters[%d]", i)
		_, declared, ok := a.library.ParameterOf(x.ID)
		if !ok {
			list.Errorf(codeUnknownParameter, ag.Span(at+".ID"), a.library.NearestParameter(x.ID), "the library has no parameter %q", x.ID)
			continue
		}
		value, span := clause.ParameterValue(x.Value), ag.Span(at+".Value")
		if problem, hint := declared.Check(value); problem != "" {
			list = append(list, diag.Diagnostic{
				Code: codeParameterValue, Severity: diag.Error, Span: span,
				Message: fmt.Sprintf("the parameter %q: %s", x.ID, problem), Hint: hint,
				Notes: []diag.Note{{Span: declared.Span, Message: "the clause declares it here"}},
			})
			continue
		}
		set[x.ID] = parameter{declared, declared.Text(value), span, true}
	}
	return set, list
}

// parameter is what is printed for a parameter, and where its value is written.
type parameter struct {
	clause.Parameter
	text string
	span source.Span
	set  bool // by the agreement; else it is the default
}

// parameter gives what is printed for the parameter of a name that the library has,
// where an agreement sets some.
func (a *Assembler) parameter(name string, set map[string]parameter) parameter {
	if p, ok := set[name]; ok {
		return p
	}
	_, declared, ok := a.library.ParameterOf(name)
	if !ok {
		panic("assemble: a parameter was not checked: " + name)
	}
	return parameter{declared, declared.Text(declared.Default), declared.Span, false}
}

// checkParameter reports the call of a parameter that the library does not have.
func (a *Assembler) checkParameter(c expand.Call) diag.List {
	var list diag.List
	if _, _, ok := a.library.ParameterOf(c.Arg); !ok {
		list.Errorf(codeUnknownParameter, c.Span, a.library.NearestParameter(c.Arg), "the library has no parameter %q", c.Arg)
	}
	return list
}
