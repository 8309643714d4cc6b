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
	Span  source.Span // of its id
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
func (l *loader) presets(p *part) {
	library := l.library
	ids := map[string]source.Span{}
	for _, below := range library.Presets {
		ids[below.ID] = below.Span
	}
	for i, x := range p.matter.Presets {
		at := fmt.Sprintf("Presets[%d]", i)
		checkRequired(&l.list, p.positions, p.span(at), "the preset", []required{
			{at + ".ID", "id", x.ID == ""},
			{at + ".Title", "title", x.Title == ""},
			{at + ".Drops", "drops", x.Drops == nil},
		})
		idSpan := p.span(at + ".ID")
		if first, seen := ids[x.ID]; seen {
			l.list = append(l.list, repeat(idSpan, first, fmt.Sprintf("the preset %q is written twice", x.ID), "give one of them another id"))
		} else if checkID(&l.list, idSpan, x.ID) {
			ids[x.ID] = idSpan
		}
		preset := Preset{ID: x.ID, Title: x.Title, Span: idSpan}
		dropped := map[string]source.Span{}
		for j, d := range x.Drops {
			here := fmt.Sprintf("%s.Drops[%d]", at, j)
			checkRequired(&l.list, p.positions, p.span(here), "what the preset drops", []required{
				{here + ".Clause", "clause", d.Clause == ""},
				{here + ".Reason", "reason", d.Reason == ""},
			})
			span := p.span(here + ".Clause")
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
