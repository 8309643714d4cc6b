package assemble

import (
	"strings"

	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/expand"
	"concordat/internal/markdown"
	"concordat/internal/source"
)

// Text is one text of the library, or the layout, as it can be printed.
type Text struct {
	Calls    []expand.Call
	Fields   []expand.Field
	Variants [][]doc.Block // each text of it stands in at least one; see expand.Template.Variants
}

// Texts are all texts of an Assembler.
type Texts struct {
	Clauses map[string]Text // by id
	Terms   map[string]Text
	Layout  Text
	Values  *source.File // where values seem to be written
}

// Texts are the texts of library and layout without any agreement: each value
// is "…" and a reference names the part with number 1.1, 1 or AA. The list holds
// what would be refused in the document of some agreement, such as a value where
// none can stand.
func (a *Assembler) Texts() (Texts, diag.List) {
	var list diag.List
	texts := Texts{Clauses: map[string]Text{}, Terms: map[string]Text{}, Values: sampleValues()}
	read := func(t template) Text {
		text, problems := a.text(t, texts.Values)
		list = append(list, problems...)
		return text
	}
	for id, t := range a.clauses {
		texts.Clauses[id] = read(t)
	}
	for _, t := range a.terms {
		texts.Terms[t.ID] = read(t.template)
	}
	texts.Layout = read(a.layout)
	return texts, list.Sorted()
}

// sampleValues is a file in which all values seem to be written.
func sampleValues() *source.File { return source.New("values", []byte("…")) }

// text reads the variants of one template.
func (a *Assembler) text(t template, values *source.File) (Text, diag.List) {
	var list diag.List
	text := Text{Calls: t.Calls(), Fields: t.Fields()}
	for _, v := range t.Variants() {
		tokens := make([]markdown.Token, len(v.Slots))
		for i, slot := range v.Slots {
			tokens[i] = a.sampleToken(slot, values)
		}
		blocks, _, problems := t.read(v.Text(), tokens, v.Span)
		list = append(list, problems...)
		if !problems.HasErrors() {
			text.Variants = append(text.Variants, doc.MapInlines(blocks, sampleRefs))
		}
	}
	return text, list
}

// sampleToken is what stands in the place of a slot without an agreement.
func (a *Assembler) sampleToken(slot expand.Slot, values *source.File) markdown.Token {
	token := markdown.Token{Kind: markdown.Value, Text: slot.Text, Name: slot.Func, Origin: values.Span(0, len(values.Text()))}
	switch slot.Kind {
	case expand.Value:
	case expand.Inline:
		if slot.Func == callRef {
			token.Kind, token.Text, token.Origin = markdown.Reference, slot.Arg, slot.Span
			break
		}
		token.Text = a.parameter(slot.Arg, nil).text // the only other one
	case expand.Block:
		token.Kind, token.Origin = markdown.Block, slot.Span
	default:
		panic("assemble: unknown kind of slot")
	}
	return token
}

// sampleRefs gives references a number.
func sampleRefs(text []doc.Inline) []doc.Inline {
	filled := make([]doc.Inline, len(text))
	for i, in := range text {
		switch in := in.(type) {
		case doc.Ref:
			in.Text = sampleNumber(in.Target)
			filled[i] = in
		case doc.Strong:
			filled[i] = doc.Strong{Text: sampleRefs(in.Text)}
		case doc.Emphasis:
			filled[i] = doc.Emphasis{Text: sampleRefs(in.Text)}
		case doc.Link:
			filled[i] = doc.Link{Dest: in.Dest, Text: sampleRefs(in.Text)}
		default:
			filled[i] = in
		}
	}
	return filled
}

func sampleNumber(target string) string {
	switch {
	case strings.HasPrefix(target, ArticleAnchor("")):
		return "Article 1"
	case strings.HasPrefix(target, ScheduleAnchor("")):
		return "Schedule AA" // one letter could be an initial, which ends no sentence
	default:
		return "Section 1.1"
	}
}

// LayoutText is the text of the layout as Texts gives it, and where its values
// seem to be written.
func (a *Assembler) LayoutText() (Text, *source.File, diag.List) {
	values := sampleValues()
	text, list := a.text(a.layout, values)
	return text, values, list.Sorted()
}
