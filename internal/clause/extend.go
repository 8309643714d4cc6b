package clause

import (
	"fmt"
	"maps"
	"slices"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// extendsNone is what a layer says that takes the place of all below it.
const extendsNone = "none"

// extend puts a layer on the library below it. The layer may add clauses, terms,
// articles and presets; take the place of clauses and terms, if it names the
// version whose place it takes; and leave clauses out, with a reason.
func (l *loader) extend(p *part, layer int) {
	l.begin(p)
	if p.readable {
		l.checkExtends(p)
	}
	for _, c := range p.order {
		c.Layer = layer
		below, ok := l.clauses[c.ID]
		if p.clauses[c.ID] != c {
			continue // its name is not its id, which is reported
		}
		var at *Text
		var version string
		if ok {
			at, version = &below.Text, below.Version
		}
		if !l.replaces(c.Edition, c.Text, "clause", c.ID, at, version) {
			continue
		}
		l.clauses[c.ID] = c
		if ok {
			l.put(c)
		}
	}
	for _, t := range p.terms {
		t.Layer = layer
		below, ok := l.terms[t.ID]
		var at *Text
		var version string
		if ok {
			at, version = &below.Text, below.Version
		}
		if l.replaces(t.Edition, t.Text, "term", t.ID, at, version) {
			l.terms[t.ID] = t
		}
	}
	if p.readable {
		if _, written := p.positions.Key("Numbering"); written {
			l.library.Numbering = p.matter.Numbering
		}
		if _, written := p.positions.Key("Omitted"); written {
			l.library.Omitted = p.matter.Omitted
		}
		l.leaveOut(p)
		l.insert(p)
		l.presets(p)
		l.sources(p)
		l.unlisted(p)
	}
}

// checkExtends demands the id of a layer below.
func (l *loader) checkExtends(p *part) {
	var below []string
	for _, x := range l.library.Layers[:len(l.library.Layers)-1] {
		below = append(below, x.ID)
	}
	extends := p.matter.Extends
	switch {
	case extends == "":
		l.list.Errorf(codeExtends, p.span("ID"), fmt.Sprintf("write \"extends: %s\", or \"extends: none\" for a whole library of its own", below[len(below)-1]),
			"the library %q does not say which library it extends", p.matter.ID)
	case !slices.Contains(below, extends):
		hint := didYouMean(extends, below)
		if hint == "" {
			hint = "write " + alternatives(append(below, extendsNone))
		}
		l.list.Errorf(codeExtends, p.span("Extends"), hint, "there is no library %q below this one", extends)
	}
	if slices.Contains(below, p.matter.ID) {
		l.list.Errorf(codeDuplicateID, p.span("ID"), "give it an id of its own", "a library below this one has the id %q too", p.matter.ID)
	}
}

// replaces checks that a file which takes the place of one below says so, and
// names the version whose place it takes: who wrote it has read that version.
// below is nil when there is none.
func (l *loader) replaces(e Edition, t Text, what, id string, below *Text, version string) bool {
	if below == nil {
		return l.checkNothingReplaced(e, t, what, id)
	}
	d := diag.Diagnostic{
		Code: codeReplaces, Severity: diag.Error, Span: t.Span("ID"),
		Notes: []diag.Note{{Span: below.Span("Version"), Message: "the version below"}},
	}
	switch {
	case e.Replaces == "":
		d.Message = fmt.Sprintf("a library below this one has the %s %q already", what, id)
		d.Hint = fmt.Sprintf("write \"replaces: %s\" if this file takes its place, else give it another id", version)
	case e.Replaces != version:
		d.Span = t.Span("Replaces")
		d.Message = fmt.Sprintf("the %s %q below has the version %s, and this file replaces %s", what, id, version, e.Replaces)
		d.Hint = fmt.Sprintf("read what changed below, take over what you want, then write \"replaces: %s\"", version)
	case e.Status == Retired:
		d.Span = t.Span("Status")
		d.Message = fmt.Sprintf("the %s %q takes the place of another, and is retired", what, id)
		d.Hint = "delete the file; a clause below is left out by \"exclude\" in library.yaml"
	default:
		return true
	}
	l.list = append(l.list, d)
	return false
}

// checkNothingReplaced refuses to replace what is not there.
func (l *loader) checkNothingReplaced(e Edition, t Text, what, id string) bool {
	if e.Replaces == "" {
		return true
	}
	l.list.Errorf(codeReplaces, t.Span("Replaces"), "delete the line, or correct the id", "there is no %s %q below this one that it could replace", what, id)
	return false
}

// put puts a clause in the place of the one of its id.
func (l *loader) put(c *Clause) {
	if _, ok := l.library.byID[c.ID]; !ok {
		return // what it replaces is retired, or left out by a layer between
	}
	l.library.byID[c.ID] = c
	for i := range l.library.Articles {
		for j, x := range l.library.Articles[i].Clauses {
			if x.ID == c.ID {
				l.library.Articles[i].Clauses[j] = c
			}
		}
	}
}

// leaveOut takes the clauses out that a layer excludes. An article that is left
// without a clause goes too.
func (l *loader) leaveOut(p *part) {
	for i, x := range p.matter.Exclude {
		at := fmt.Sprintf("Exclude[%d]", i)
		span := p.span(at + ".Clause")
		checkRequired(&l.list, p.positions, p.span(at), "what is left out", []required{
			{at + ".Clause", "clause", x.Clause == ""},
			{at + ".Reason", "reason", x.Reason == ""},
		})
		c, ok := l.library.byID[x.Clause]
		switch {
		case x.Clause == "":
			continue
		case p.clauses[x.Clause] != nil:
			l.list.Errorf(codeExcludedUnknown, span, "delete the file, or this line", "this library has the clause %q itself", x.Clause)
			continue
		case !ok:
			l.list.Errorf(codeExcludedUnknown, span, didYouMean(x.Clause, slices.Sorted(maps.Keys(l.library.byID))), "no library below this one has the clause %q", x.Clause)
			continue
		}
		delete(l.library.byID, x.Clause)
		l.library.Excluded = append(l.library.Excluded, Excluded{Clause: c, Reason: x.Reason, Span: span})
		for i := range l.library.Articles {
			a := &l.library.Articles[i]
			a.Clauses = slices.DeleteFunc(a.Clauses, func(x *Clause) bool { return x == c })
		}
		l.library.Articles = slices.DeleteFunc(l.library.Articles, func(a Article) bool { return len(a.Clauses) == 0 })
		for i := range l.library.Presets {
			preset := &l.library.Presets[i]
			preset.Drops = slices.DeleteFunc(preset.Drops, func(d Drop) bool { return d.Clause == c.ID })
		}
	}
}

// insert puts the clauses of a layer into the articles below, and its articles
// between them.
func (l *loader) insert(p *part) {
	listed := map[string]source.Span{}
	for _, c := range l.library.Clauses() {
		listed[c.ID] = c.Span("ID")
	}
	ids := map[string]source.Span{}
	for i, a := range p.matter.Articles {
		at := fmt.Sprintf("Articles[%d]", i)
		k := slices.IndexFunc(l.library.Articles, func(x Article) bool { return x.ID == a.ID })
		if k < 0 || ids[a.ID] != (source.Span{}) {
			l.newArticle(p, a, at, ids)
			clauses := l.resolve(p, at, a.Clauses, listed)
			article := Article{ID: a.ID, Title: a.Title, TitleSpan: p.span(at + ".Title"), Clauses: clauses}
			if after, ok := l.place(p, at, a.After, l.articleIDs(), "article"); ok && len(clauses) > 0 {
				l.library.Articles = slices.Insert(l.library.Articles, after+1, article)
			}
			continue
		}
		ids[a.ID] = p.span(at + ".ID")
		if a.Title != "" {
			l.list.Errorf(codeExtends, p.span(at+".Title"), "delete the line", "the article %q has its title from the library below", a.ID)
		}
		if len(a.Clauses) == 0 {
			l.list.Errorf(codeRequired, p.span(at), "list the clauses that it adds, or delete the article", "the article has no clauses")
		}
		article := &l.library.Articles[k]
		var in []string
		for _, c := range article.Clauses {
			in = append(in, c.ID)
		}
		clauses := l.resolve(p, at, a.Clauses, listed)
		if after, ok := l.place(p, at, a.After, in, "clause"); ok {
			article.Clauses = slices.Insert(article.Clauses, after+1, clauses...)
		}
	}
}

func (l *loader) articleIDs() []string {
	var ids []string
	for _, a := range l.library.Articles {
		ids = append(ids, a.ID)
	}
	return ids
}

// place is the index in ids of what "after" names.
func (l *loader) place(p *part, at, after string, ids []string, what string) (int, bool) {
	i := slices.Index(ids, after)
	switch {
	case after == "":
		l.list.Errorf(codeRequired, p.span(at), fmt.Sprintf("add \"after: \" and the %s after which it stands, such as %q", what, ids[len(ids)-1]), "the article has no \"after\"")
	case i < 0:
		hint := didYouMean(after, ids)
		if hint == "" {
			hint = "write " + alternatives(ids)
		}
		l.list.Errorf(codeUnknown, p.span(at+".After"), hint, "there is no %s %q here", what, after)
	}
	return i, i >= 0
}
