package assemble

import (
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
// it the form, which is made of that text alone: so no value can get in here.
type forms struct {
	mu    sync.RWMutex
	byWay map[string]*markdown.Form
	bytes int // of the texts
}

func (f *forms) get(way string) *markdown.Form {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.byWay[way]
}

// put keeps the form of a text. Where there are too many it forgets those before:
// which are kept decides how long a document takes, and nothing else.
func (f *forms) put(way string, form *markdown.Form, size int) {
	if size > maxFormText {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.byWay[way]; ok {
		return
	}
	if f.byWay == nil || len(f.byWay) == maxForms || f.bytes+size > maxFormText {
		f.byWay, f.bytes = map[string]*markdown.Form{}, 0
	}
	f.byWay[way] = form
	f.bytes += size
}

// parse reads what a template was filled to; block gives what stands in the
// place of each block token.
func (s *assembly) parse(t template, r expand.Result, block func(expand.Slot) []doc.Block) []doc.Block {
	tokens := make([]markdown.Token, len(r.Slots))
	for i, slot := range r.Slots {
		tokens[i] = s.token(slot, block)
	}
	way := r.Way()
	if form := t.forms.get(way); form != nil {
		if blocks, ok := form.Bind(tokens); ok {
			return blocks
		}
	}
	blocks, form, problems := t.read(r.Text(), tokens, r.Span)
	if form != nil {
		t.forms.put(way, form, r.Size())
	}
	s.list = append(s.list, problems...)
	return blocks
}
