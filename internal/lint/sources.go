package lint

import (
	"fmt"
	"slices"
	"strings"

	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
)

// checkSources examines the codes of what texts were written from.
func (e *examination) checkSources() {
	var known []string
	for _, x := range e.Library.Sources {
		known = append(known, x.ID)
	}
	for _, u := range e.all() {
		edition, text, ok := u.edition()
		if !ok {
			continue
		}
		for i, code := range edition.Sources {
			if slices.Contains(known, code) {
				continue
			}
			if problem, hint := e.control(code, known); problem != "" {
				e.list.Errorf(codeUnknownSource, text.Span(fmt.Sprintf("Sources[%d]", i)), hint, "%s", problem)
			}
		}
	}
}

// control says what is wrong with a code that should name a control of a
// framework, such as "cpg-2.0/3.O". The publisher may be left out of the
// framework's id.
func (e *examination) control(code string, known []string) (problem, hint string) {
	name, id, isControl := strings.Cut(code, "/")
	if !isControl {
		hint = "add it to \"sources\" in library.yaml"
		if near := diag.Nearest(code, known); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return fmt.Sprintf("the source %q has no entry", code), hint
	}
	ids := e.Frameworks.IDs()
	i := slices.IndexFunc(ids, func(x string) bool { return x == name || strings.HasSuffix(x, "-"+name) })
	if i < 0 {
		return fmt.Sprintf("there is no framework %q", name), "name a framework, such as \"cpg-2.0/3.O\""
	}
	f, _ := e.Frameworks.Find(ids[i])
	if _, ok := f.Item(id); ok {
		return "", ""
	}
	hint = "name one of its controls"
	if near := diag.Nearest(id, f.ItemIDs()); near != "" {
		hint = fmt.Sprintf("did you mean %q?", name+"/"+near)
	}
	return fmt.Sprintf("the framework %q has no control %q", name, id), hint
}

// checkLinks demands that links lead to sources, and that each source is named
// or linked to.
func (e *examination) checkLinks() {
	linked := map[string]bool{}
	for _, u := range e.units {
		for _, blocks := range u.Variants {
			doc.Texts(blocks, func(text []doc.Inline) {
				e.links(u, text, linked)
			})
		}
	}
	for _, x := range e.Library.Sources {
		named := linked[x.URL] && x.URL != ""
		for _, u := range e.all() {
			if edition, _, ok := u.edition(); ok && slices.Contains(edition.Sources, x.ID) {
				named = true
			}
		}
		if !named {
			e.list.Warnf(codeUnusedSource, x.Span, "delete the entry", "nothing names the source %q", x.ID)
		}
	}
}

func (e *examination) links(u unit, text []doc.Inline, linked map[string]bool) {
	for _, in := range text {
		switch in := in.(type) {
		case doc.Strong:
			e.links(u, in.Text, linked)
		case doc.Emphasis:
			e.links(u, in.Text, linked)
		case doc.Link:
			linked[in.Dest] = true
			if !slices.ContainsFunc(e.Library.Sources, func(x clause.Source) bool { return x.URL == in.Dest }) {
				at := u.body()
				if i := strings.Index(at.Text(), "("+in.Dest+")"); i >= 0 {
					at = at.File.Span(at.Start+i+1, at.Start+i+1+len(in.Dest))
				}
				e.list.Errorf(codeLink, at, "add a source with this url to library.yaml, or write the text without a link", "the link leads to %q, which is no address of a source", in.Dest)
			}
		case doc.Text, doc.Ref, doc.LineBreak:
		default:
			panic(fmt.Sprintf("lint: unknown inline %T", in))
		}
	}
}
