// Package explain says why a clause or term is part of one agreement's document
// or is not, where its words come from, and what filled them: for the lawyer who
// reads a sentence and asks how it came to be there.
//
// It says what an assembly has done and decides nothing itself: each number,
// value and answer is the one with which the document was made. What cannot be
// known, because the agreement has errors, is called unknown.
package explain

import (
	"slices"
	"strings"

	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/source"
)

// Schema names the shape of an Explanation in JSON.
const Schema = "concordat/explanation/v1"

// Explanation is all that is known of one clause or term in one agreement. In
// JSON a list that is empty is [], never null.
type Explanation struct {
	Schema  string `json:"schema"`
	Kind    string `json:"kind"` // clause or term
	ID      string `json:"id"`
	Title   string `json:"title"` // of a term the term itself
	Article string `json:"article,omitempty"`
	Binds   string `json:"binds,omitempty"` // provider, customer or both
	Purpose string `json:"purpose,omitempty"`
	Plain   string `json:"plain,omitempty"`

	Document Decision `json:"document"`
	Words    Words    `json:"words"`

	Requires  []string `json:"requires"`  // clauses that must stand with it
	Conflicts []string `json:"conflicts"` // clauses that must not

	Facts      []Fact      `json:"facts"` // that its text asks
	Branches   []Branch    `json:"branches"`
	Values     []Value     `json:"values"`
	Parameters []Parameter `json:"parameters"`
	Terms      []Term      `json:"terms"`
	Refers     []Part      `json:"refers_to"`
	ReferredBy []Part      `json:"referred_to_by"`
	Sources    []Source    `json:"sources"`
}

// Decision is whether a part belongs to the document, and why.
type Decision struct {
	In        Answer     `json:"in"`
	Number    string     `json:"number,omitempty"` // as references print it: "Section 12.1"
	Condition *Condition `json:"condition"`        // null where there is none: it is part of every document
	LeftOut   *LeftOut   `json:"left_out"`         // what somebody says about leaving it out; null when nobody does
	Kept      *Kept      `json:"kept"`             // why it stays all the same; null when nothing holds it
}

// Answer is yes, no or unknown.
type Answer string

const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

func answer(yes bool) Answer {
	if yes {
		return Yes
	}
	return No
}

// Condition is on which a clause is part of a document.
type Condition struct {
	Text  string `json:"text"`
	Holds Answer `json:"holds"`
	Facts []Fact `json:"facts"`
	Place *Place `json:"place"`
}

// Fact is one fact and its value.
type Fact struct {
	Name  string `json:"name"`            // as conditions write it: "backups.count", bought("mdr")
	Value string `json:"value,omitempty"` // empty when the agreement has errors
	Place *Place `json:"place"`           // in the agreement; null where it says nothing
}

// LeftOut is who says that a clause is left out.
type LeftOut struct {
	By     string `json:"by"`   // agreement, preset or layer
	Name   string `json:"name"` // of the preset or layer
	Reason string `json:"reason"`
	Place  *Place `json:"place"`
}

// Kept is for whom a clause stays that a preset would leave out.
type Kept struct {
	Required []string `json:"required_by"`
	Named    []string `json:"named_by"` // an empty id is the layout
}

// Words is where words come from and who stands behind them.
type Words struct {
	Place         *Place    `json:"place"`
	Layer         string    `json:"layer"` // id of the library
	LayerVersion  string    `json:"layer_version"`
	Layers        []string  `json:"layers"` // ids of all, the lowest first
	Version       string    `json:"version"`
	Replaces      string    `json:"replaces,omitempty"` // version in a layer below
	Status        string    `json:"status"`
	Approval      *Approval `json:"approval"`
	Reason        string    `json:"reason,omitempty"`
	Material      bool      `json:"material"`
	EffectiveFrom string    `json:"effective_from,omitempty"`
	AsOf          string    `json:"as_of,omitempty"`
}

// Approval is who approved words.
type Approval struct {
	By    string `json:"by"`
	On    string `json:"on"`
	Valid bool   `json:"valid"` // these very words, and not earlier ones
}

// Branch is a condition inside of the text.
type Branch struct {
	Condition string `json:"condition"`
	Way       string `json:"way"` // yes, no, both (in a loop) or neither (it stands in a way not taken)
	Depth     int    `json:"depth"`
	Place     *Place `json:"place"`
}

// Value is what one action of the text printed.
type Value struct {
	Text    string      `json:"text"`
	Written string      `json:"written"` // the action: ".Agreement.Effective"
	Line    int         `json:"line"`    // of the clause's file
	From    []FieldFrom `json:"from"`
}

// FieldFrom is a field that a value was made of, and where that was written.
type FieldFrom struct {
	Field string `json:"field"`
	Place *Place `json:"place"`
}

// Parameter is a number or word that a provider or an agreement may set.
type Parameter struct {
	Name    string `json:"name"`
	Text    string `json:"text"` // as printed
	About   string `json:"about"`
	Allowed string `json:"allowed"`
	Default string `json:"default"`
	Set     bool   `json:"set"` // else it is the default
	Place   *Place `json:"place"`
}

// Term is a defined term in the words.
type Term struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Layer   string `json:"layer"`
	Version string `json:"version"`
	Status  string `json:"status"`
}

// Part is another part of the document.
type Part struct {
	Anchor string `json:"anchor"` // such as "bkp-01", "schedule-budget" or "term-incident"; empty for the layout
	Number string `json:"number"` // empty when it is not in the document
	Title  string `json:"title"`
}

// Source is what words were written from.
type Source struct {
	Code      string `json:"code"`
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Published string `json:"published,omitempty"`
	URL       string `json:"url,omitempty"`
}

// Place is a line of a file.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// place is where a span begins. A value that is not written has the root of the
// file, which is no place.
func place(s source.Span) *Place {
	if s.IsZero() || s.Start == 0 && s.End == 0 {
		return nil
	}
	return &Place{s.File.Name(), s.File.Position(s.Start).Line}
}

// Of explains the clause or term of an id. It is false when the library has none;
// Nearest then says which was meant.
func Of(i *assemble.Inspection, frameworks *framework.Set, id string) (Explanation, bool) {
	x := explainer{i, frameworks}
	if c, ok := i.Library.Clause(id); ok {
		part, _ := i.Clause(id)
		return x.clause(c, part), true
	}
	for _, out := range i.Library.Excluded {
		if out.Clause.ID == id {
			return x.excluded(out), true
		}
	}
	if t, ok := i.Library.Term(id); ok {
		part, _ := i.Term(id)
		return x.term(t, part), true
	}
	return Explanation{}, false
}

// Nearest is the id that was meant, or empty.
func Nearest(l *clause.Library, id string) string {
	var ids []string
	for _, c := range l.Clauses() {
		ids = append(ids, c.ID)
	}
	for _, x := range l.Excluded {
		ids = append(ids, x.Clause.ID)
	}
	for _, t := range l.Terms {
		ids = append(ids, t.ID)
	}
	return diag.Nearest(id, ids)
}

// explainer turns what an inspection found into an explanation.
type explainer struct {
	*assemble.Inspection
	frameworks *framework.Set
}

func (x explainer) clause(c *clause.Clause, p assemble.Part) Explanation {
	e := x.about("clause", c.ID, c.Title, c.Edition, c.Text)
	x.describe(&e, c)
	x.part(&e, p)
	switch {
	case x.View == nil:
		e.Document.In = Unknown
	default:
		e.Document.In = answer(p.In)
	}
	e.Document.Number = p.Number
	e.Document.Condition = x.condition(c)
	if p.Rule != nil {
		e.Document.LeftOut = x.leftOut(*p.Rule)
	}
	if len(p.Required)+len(p.Named) > 0 {
		e.Document.Kept = &Kept{list(p.Required), list(p.Named)}
	}
	return e
}

// excluded explains a clause that a layer leaves out of the library.
func (x explainer) excluded(out clause.Excluded) Explanation {
	c := out.Clause
	e := x.about("clause", c.ID, c.Title, c.Edition, c.Text)
	x.describe(&e, c)
	x.part(&e, assemble.Part{})
	e.Document.In = No
	e.Document.Condition = x.condition(c)
	e.Document.LeftOut = &LeftOut{By: "layer", Reason: out.Reason, Place: place(out.Span)}
	for _, l := range x.Library.Layers {
		if l.File == out.Span.File {
			e.Document.LeftOut.Name = l.ID
		}
	}
	return e
}

func (x explainer) term(t *clause.Term, p assemble.Part) Explanation {
	e := x.about("term", t.ID, t.Name, t.Edition, t.Text)
	x.part(&e, p)
	e.Document.In = Unknown
	if x.View != nil {
		e.Document.In = answer(p.In)
	}
	e.Document.Number = p.Number
	return e
}

// about says what the file of a clause or term says of itself.
func (x explainer) about(kind, id, title string, edition clause.Edition, text clause.Text) Explanation {
	layer := x.Library.Layers[text.Layer]
	e := Explanation{Schema: Schema, Kind: kind, ID: id, Title: title, Requires: []string{}, Conflicts: []string{}}
	e.Words = Words{
		Place: &Place{text.File.Name(), text.File.Position(text.Body.Start).Line},
		Layer: layer.ID, LayerVersion: layer.Version,
		Version: edition.Version, Replaces: edition.Replaces, Status: edition.Status.String(),
		Reason: edition.Reason, Material: edition.Material,
	}
	for _, l := range x.Library.Layers {
		e.Words.Layers = append(e.Words.Layers, l.ID)
	}
	if a := edition.Approved; a != nil {
		e.Words.Approval = &Approval{By: a.By, On: a.On.String(), Valid: a.SHA256 == text.Digest()}
	}
	if !edition.EffectiveFrom.IsZero() {
		e.Words.EffectiveFrom = edition.EffectiveFrom.String()
	}
	if !edition.AsOf.IsZero() {
		e.Words.AsOf = edition.AsOf.String()
	}
	e.Sources = []Source{}
	for _, code := range edition.Sources {
		e.Sources = append(e.Sources, x.source(code))
	}
	return e
}

// describe adds what only clauses have.
func (x explainer) describe(e *Explanation, c *clause.Clause) {
	e.Binds, e.Purpose, e.Plain = c.Binds.String(), c.Purpose, c.Plain
	e.Requires, e.Conflicts = list(c.Requires), list(c.Conflicts)
	for _, a := range x.Library.Articles {
		if slices.Contains(a.Clauses, c) {
			e.Article = a.Title
		}
	}
}

// list is a list that JSON writes as [] when it is empty.
func list(all []string) []string { return append([]string{}, all...) }

// condition is the condition of a clause with the facts that decide it.
func (x explainer) condition(c *clause.Clause) *Condition {
	if c.When.IsZero() {
		return nil
	}
	condition := &Condition{Text: c.When.String(), Holds: Unknown, Facts: []Fact{}, Place: place(c.Span("When"))}
	if x.View != nil {
		condition.Holds = answer(c.When.Holds(x.View.Facts))
	}
	for _, choice := range clause.Choices([]clause.Asked{c.When.Asked()}) {
		fact := x.fact(choice.Fact)
		if choice.Kind != "" {
			fact.Name = "bought(\"" + choice.Kind + "\")"
			if x.View != nil {
				fact.Value = string(answer(slices.Contains(x.View.Facts.Services.Kinds, choice.Kind)))
			}
		}
		condition.Facts = append(condition.Facts, fact)
	}
	return condition
}

// fact is one fact by its name.
func (x explainer) fact(name string) Fact {
	fact := Fact{Name: name}
	if x.View == nil {
		return fact
	}
	field, ok := clause.FieldOf(name)
	if !ok {
		panic("explain: no fact " + name)
	}
	value, at, _ := x.View.At("Facts." + field)
	fact.Value, fact.Place = value, place(at)
	return fact
}

// leftOut is what the agreement or a preset says about leaving a clause out.
func (x explainer) leftOut(rule clause.Exclusion) *LeftOut {
	out := &LeftOut{By: "agreement", Place: place(rule.Span)}
	if rule.Preset == "" {
		for _, excluded := range x.Agreement.Clauses.Exclude {
			if excluded.ID == rule.ID {
				out.Reason = excluded.Reason
			}
		}
		return out
	}
	out.By, out.Name = "preset", rule.Preset
	preset, _ := x.Library.Preset(rule.Preset)
	for _, d := range preset.Drops {
		if d.Clause == rule.ID {
			out.Reason = d.Reason
		}
	}
	return out
}

// part adds what the text came to.
func (x explainer) part(e *Explanation, p assemble.Part) {
	e.Facts, e.Branches, e.Values, e.Parameters = []Fact{}, []Branch{}, []Value{}, []Parameter{}
	for _, name := range p.Asked {
		e.Facts = append(e.Facts, x.fact(name))
	}
	for _, b := range p.Branches {
		e.Branches = append(e.Branches, Branch{b.Condition, way(b.Yes, b.No), b.Depth, place(b.Span)})
	}
	for _, v := range p.Values {
		value := Value{Text: v.Text, Written: v.Written, Line: v.Span.File.Position(v.Span.Start).Line, From: []FieldFrom{}}
		for _, field := range v.Fields {
			at := v.Origin
			if _, found, ok := x.View.At(field); ok {
				at = found
			}
			value.From = append(value.From, FieldFrom{"." + field, place(at)})
		}
		if !slices.ContainsFunc(e.Values, func(y Value) bool { return same(y, value) }) {
			e.Values = append(e.Values, value)
		}
	}
	for _, v := range p.Parameters {
		parameter := Parameter{
			Name: v.Name, Text: v.Text, About: v.Declare.About, Set: v.Set, Place: place(v.Span),
			Default: v.Declare.Text(v.Declare.Default), Allowed: allowed(v.Declare),
		}
		if !slices.ContainsFunc(e.Parameters, func(y Parameter) bool { return y.Name == parameter.Name }) {
			e.Parameters = append(e.Parameters, parameter)
		}
	}
	e.Terms = []Term{}
	for _, id := range p.Terms {
		if t, ok := x.Library.Term(id); ok {
			e.Terms = append(e.Terms, Term{id, t.Name, x.Library.Layers[t.Layer].ID, t.Version, t.Status.String()})
		}
	}
	slices.SortFunc(e.Terms, func(a, b Term) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	e.Refers, e.ReferredBy = parts(p.Refers), parts(p.ReferredBy)
}

// same reports whether two values read alike.
func same(a, b Value) bool {
	return a.Text == b.Text && a.Written == b.Written && slices.EqualFunc(a.From, b.From, func(a, b FieldFrom) bool {
		return a.Field == b.Field && (a.Place == b.Place || a.Place != nil && b.Place != nil && *a.Place == *b.Place)
	})
}

func way(yes, no bool) string {
	switch {
	case yes && no:
		return "both"
	case yes:
		return "yes"
	case no:
		return "no"
	default:
		return "neither"
	}
}

// allowed says which values a parameter may have.
func allowed(p clause.Parameter) string {
	if len(p.OneOf) > 0 {
		return strings.Join(p.OneOf, ", ")
	}
	return string(number(*p.Min)) + " to " + p.Text(number(*p.Max))
}

func parts(all []assemble.Named) []Part {
	made := []Part{}
	for _, n := range all {
		made = append(made, Part{n.Anchor, n.Number, n.Title})
	}
	return made
}

// source is what a code of the front matter stands for.
func (x explainer) source(code string) Source {
	for _, s := range x.Library.Sources {
		if s.ID != code {
			continue
		}
		named := Source{Code: code, Title: s.Title, Publisher: s.Publisher, URL: s.URL}
		if !s.Published.IsZero() {
			named.Published = s.Published.String()
		}
		return named
	}
	// A control of a framework. The publisher may be left out of its id.
	name, control, _ := strings.Cut(code, "/")
	for _, id := range x.frameworks.IDs() {
		if id != name && !strings.HasSuffix(id, "-"+name) {
			continue
		}
		f, _ := x.frameworks.Find(id)
		if item, ok := f.Item(control); ok {
			return Source{Code: code, Title: f.Title + " " + f.Version + ", " + item.ID + ": " + item.Title}
		}
	}
	return Source{Code: code}
}
