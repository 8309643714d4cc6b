package assemble

import (
	"slices"
	"sync"

	"concordat/internal/doc"
	"concordat/internal/expand"
	"concordat/internal/markdown"
)

// Limits of what is kept of one template. A clause of the built-in library takes
// a few ways, each of some KiB.
const (
	maxForms    = 64        // ways
	maxFormText = 256 << 10 // bytes of text of all of them
)

// forms are the texts of one template that have been read as Markdown, so that
// the next agreement whose conditions lead the same way has its values bound
// only. It may be used by several goroutines.
//
// The key is the way that the template took: which pieces of it were printed, and
// in which order. It decides the text with tokens in the place of values, and with
// it the reading, which is made of that text and the terms of the library alone: so
// no value can get in here.
type forms struct {
	mu    sync.RWMutex
	byWay map[string]*reading
	bytes int // of the texts
}

// reading is a text of a template as Markdown, and the terms in its words.
type reading struct {
	*markdown.Form
	terms []int // that occur in runs without values
	open  []openRun
}

// openRun is a run with values among its words: with those that are words of the
// library too, it may hold other terms.
type openRun struct {
	text   []doc.Inline // of the form
	values []int        // the tokens
	terms  []int        // that occur in it where no value is of the words
}

// newReading finds the terms in a form. Of tokens it looks at the kinds only.
func newReading(form *markdown.Form, tokens []markdown.Token, finder *finder) *reading {
	r := &reading{Form: form}
	found := make([]bool, finder.terms)
	var words []byte
	form.Texts(func(text []doc.Inline) {
		var values []int
		words = appendWords(words[:0], text, func(t doc.Text) (string, bool) {
			n, ok := markdown.TokenOf(t)
			if ok && tokens[n].Kind == markdown.Value {
				values = append(values, n)
			}
			return t.Value, !ok
		})
		if values == nil {
			finder.find(words, found)
			return
		}
		besides := make([]bool, finder.terms)
		finder.find(words, besides)
		r.open = append(r.open, openRun{text, values, indexes(besides)})
	})
	r.terms = indexes(found)
	return r
}

// indexes are those of what is true.
func indexes(of []bool) []int {
	var all []int
	for i, ok := range of {
		if ok {
			all = append(all, i)
		}
	}
	return all
}

func (f *forms) get(way string) *reading {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.byWay[way]
}

// put keeps the reading of a text. Where there are too many it forgets those before:
// which are kept decides how long a document takes, and nothing else.
func (f *forms) put(way string, r *reading, size int) {
	if size > maxFormText {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.byWay[way]; ok {
		return
	}
	if f.byWay == nil || len(f.byWay) == maxForms || f.bytes+size > maxFormText {
		f.byWay, f.bytes = map[string]*reading{}, 0
	}
	f.byWay[way] = r
	f.bytes += size
}

// filling is what a template was filled to: a text, and what stands in it in the
// place of each token but those of blocks.
type filling struct {
	template
	expand.Result
	tokens  []markdown.Token
	reading *reading    // nil where the text has a problem
	broken  []doc.Block // what can be read of such a text
}

// prints reports whether f has a place for what a function stands for.
func (f filling) prints(function string) bool {
	return slices.ContainsFunc(f.Slots, func(slot expand.Slot) bool { return slot.Func == function })
}

// fill reads what a template was filled to. Problems of the text are told by blocks.
func (s *assembly) fill(t template, r expand.Result) filling {
	f := filling{template: t, Result: r, tokens: make([]markdown.Token, len(r.Slots))}
	for i, slot := range r.Slots {
		f.tokens[i] = s.token(slot)
	}
	way := r.Way()
	if f.reading = t.forms.get(way); f.reading != nil {
		return f
	}
	blocks, form, _ := t.read(r.Text(), f.tokens, r.Span)
	if form == nil {
		f.broken = blocks
		return f
	}
	f.reading = newReading(form, f.tokens, s.finder)
	t.forms.put(way, f.reading, r.Size())
	return f
}

// blocks are those of a filled template; block gives what stands in the place of
// each block token.
func (s *assembly) blocks(f filling, block func(expand.Slot) []doc.Block) []doc.Block {
	for i, slot := range f.Slots {
		if slot.Kind == expand.Block {
			f.tokens[i].Blocks = block(slot)
		}
	}
	if f.reading != nil {
		if blocks, ok := f.reading.Bind(f.tokens); ok {
			return blocks
		}
	}
	blocks, _, problems := f.read(f.Text(), f.tokens, f.Span)
	s.list = append(s.list, problems...)
	return blocks
}

// noBlocks stand in the place of block tokens where only the words around them are
// asked for.
func noBlocks(expand.Slot) []doc.Block { return nil }
