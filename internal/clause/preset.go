package clause

import (
	"fmt"

	"concordat/internal/source"
)

// Preset is a choice of clauses that a library offers under a name. An
// agreement that takes it does without the clauses that it drops; everything
// that the agreement itself states is printed all the same.
type Preset struct {
	ID    string // such as "short"
	Title string
	Drops []Drop
}

// Drop is a clause that a preset leaves out.
type Drop struct {
	Clause string // its id
	Reason string // why the parties can do without it
	Span   source.Span
}

type presetMatter struct {
	ID    string       `yaml:"id"`
	Title string       `yaml:"title"`
	Drops []dropMatter `yaml:"drops"`
}

type dropMatter struct {
	Clause string `yaml:"clause"`
	Reason string `yaml:"reason"`
}

// Preset is the preset with an id.
func (l *Library) Preset(id string) (Preset, bool) {
	for _, p := range l.Presets {
		if p.ID == id {
			return p, true
		}
	}
	return Preset{}, false
}

// presets resolves the clauses of each preset.
func (l *loader) presets(library *Library, presets []presetMatter) {
	ids := map[string]source.Span{}
	for i, p := range presets {
		at := fmt.Sprintf("Presets[%d]", i)
		checkRequired(&l.list, library.positions, library.Span(at), "the preset", []required{
			{at + ".ID", "id", p.ID == ""},
			{at + ".Title", "title", p.Title == ""},
			{at + ".Drops", "drops", p.Drops == nil},
		})
		idSpan := library.Span(at + ".ID")
		if first, seen := ids[p.ID]; seen {
			l.list = append(l.list, repeat(idSpan, first, fmt.Sprintf("the preset %q is written twice", p.ID), "give one of them another id"))
		} else if checkID(&l.list, idSpan, p.ID) {
			ids[p.ID] = idSpan
		}
		preset := Preset{ID: p.ID, Title: p.Title}
		dropped := map[string]source.Span{}
		for j, d := range p.Drops {
			here := fmt.Sprintf("%s.Drops[%d]", at, j)
			checkRequired(&l.list, library.positions, library.Span(here), "what the preset drops", []required{
				{here + ".Clause", "clause", d.Clause == ""},
				{here + ".Reason", "reason", d.Reason == ""},
			})
			span := library.Span(here + ".Clause")
			if first, seen := dropped[d.Clause]; seen {
				l.list = append(l.list, repeat(span, first, fmt.Sprintf("the preset drops %q twice", d.Clause), "keep one of them"))
				continue
			}
			dropped[d.Clause] = span
			if _, ok := library.byID[d.Clause]; !ok && d.Clause != "" {
				l.unknown(span, d.Clause)
				continue
			}
			preset.Drops = append(preset.Drops, Drop{d.Clause, d.Reason, span})
		}
		library.Presets = append(library.Presets, preset)
	}
}
