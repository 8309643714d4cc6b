package clause

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// libraryMatter is library.yaml.
type libraryMatter struct {
	ID        string          `yaml:"id"`
	Extends   string          `yaml:"extends"`
	Title     string          `yaml:"title"`
	Version   string          `yaml:"version"`
	Licence   string          `yaml:"licence"`
	Numbering Numbering       `yaml:"numbering"`
	Omitted   Omitted         `yaml:"omitted"`
	Articles  []articleMatter `yaml:"articles"`
	Presets   []presetMatter  `yaml:"presets"`
	Exclude   []excludeMatter `yaml:"exclude"`
	Sources   []Source        `yaml:"sources"`
	Lint      lintMatter      `yaml:"lint"`
}

type articleMatter struct {
	ID      string   `yaml:"id"`
	Title   string   `yaml:"title"`
	After   string   `yaml:"after"`
	Clauses []string `yaml:"clauses"`
}

type excludeMatter struct {
	Clause string `yaml:"clause"`
	Reason string `yaml:"reason"`
}

type lintMatter struct {
	Words    []string      `yaml:"words"`
	Suppress []Suppression `yaml:"suppress"`
}

// library reads library.yaml.
func (l *part) library() error {
	l.file = source.New(l.Prefix+libraryFile, nil)
	l.positions, _ = yamlsrc.Decode(l.file.Span(0, 0), &libraryMatter{}, yamlsrc.Options{})
	if l.unlisted {
		return nil
	}
	if !l.hasLibrary {
		l.list.Errorf(codeNoLibrary, l.file.Span(0, 0), "write it: id, title, version, licence and the articles with their clauses", "the folder has no %q", libraryFile)
		return nil
	}
	f, err := l.read(libraryFile, yamlsrc.MaxSize)
	if err != nil || f == nil {
		return err
	}
	l.file = f
	positions, list, ok := decode(f.Span(0, len(f.Text())), &l.matter, "library", "ID", "Title", "Version", "Licence", "Articles")
	l.list = append(l.list, list...)
	if positions != nil {
		l.positions = positions
	}
	l.readable = ok
	return nil
}

// begin adds a layer to the library, and checks what its library.yaml says of
// the layer itself.
func (l *loader) begin(p *part) {
	m := p.matter
	l.library.Layers = append(l.library.Layers, LayerInfo{ID: m.ID, Title: m.Title, Version: m.Version, Licence: m.Licence, Prefix: p.Prefix, File: p.file})
	maps.Copy(l.misnamed, p.misnamed)
	for _, layout := range p.layouts {
		all := slices.DeleteFunc(l.library.Layouts, func(x *Layout) bool { return x.ID == layout.ID })
		all = append(all, layout)
		slices.SortFunc(all, func(a, b *Layout) int { return cmp.Compare(a.ID, b.ID) })
		l.library.Layouts = all
	}
	if !p.readable {
		return
	}
	required := []required{
		{"ID", "id", m.ID == ""},
		{"Title", "title", m.Title == ""},
		{"Version", "version", m.Version == ""},
		{"Licence", "licence", m.Licence == ""},
	}
	if len(l.library.Layers) == 1 {
		required = append(required, requiredArticles(m))
	}
	checkRequired(&l.list, p.positions, p.file.Span(0, 0), "the library", required)
	checkID(&l.list, p.span("ID"), m.ID)
	checkVersion(&l.list, p.span("Version"), m.Version)
}

func requiredArticles(m libraryMatter) required {
	return required{"Articles", "articles", m.Articles == nil}
}

// base makes a library of its lowest layer.
func (l *loader) base(p *part) {
	l.begin(p)
	l.clauses = p.clauses
	for _, t := range p.terms {
		l.terms[t.ID] = t
	}
	for _, c := range p.order {
		l.checkNothingReplaced(c.Edition, c.Text, "clause", c.ID)
	}
	for _, t := range p.terms {
		l.checkNothingReplaced(t.Edition, t.Text, "term", t.ID)
	}
	if p.readable {
		m := p.matter
		l.library.Numbering, l.library.Omitted = m.Numbering, m.Omitted
		if m.Extends != "" && m.Extends != extendsNone {
			l.list.Errorf(codeExtends, p.span("Extends"), "delete the line", "there is no library below this one that it could extend")
		}
		for i, x := range m.Exclude {
			l.list.Errorf(codeUnknown, p.span(fmt.Sprintf("Exclude[%d].Clause", i)), "delete the file of the clause, or write \"status: retired\" there", "there is no library below this one whose clause %q it could leave out", x.Clause)
		}
		l.articles(p)
		l.presets(p)
		l.sources(p)
		l.unlisted(p)
	}
}

// articles resolves the articles of the lowest layer and their clauses.
func (l *loader) articles(p *part) {
	listed := map[string]source.Span{}
	ids := map[string]source.Span{}
	for i, a := range p.matter.Articles {
		at := fmt.Sprintf("Articles[%d]", i)
		l.newArticle(p, a, at, ids)
		if a.After != "" {
			l.list.Errorf(codeExtends, p.span(at+".After"), "put the article in its place in the list", "\"after\" is for a library that extends another")
		}
		l.library.Articles = append(l.library.Articles, Article{
			ID: a.ID, Title: a.Title, TitleSpan: p.span(at + ".Title"),
			Clauses: l.resolve(p, at, a.Clauses, listed),
		})
	}
}

// newArticle checks an article that the layers below do not have. ids are those
// of the articles before it.
func (l *loader) newArticle(p *part, a articleMatter, at string, ids map[string]source.Span) {
	checkRequired(&l.list, p.positions, p.span(at), "the article", []required{
		{at + ".ID", "id", a.ID == ""},
		{at + ".Title", "title", a.Title == ""},
	})
	idSpan := p.span(at + ".ID")
	if checkID(&l.list, idSpan, a.ID) {
		if first, seen := ids[a.ID]; seen {
			l.list = append(l.list, repeat(idSpan, first, fmt.Sprintf("the article %q is written twice", a.ID), "give one of them another id"))
		} else {
			ids[a.ID] = idSpan
		}
		if c, ok := l.clauses[a.ID]; ok {
			d := repeat(idSpan, c.Span("ID"), fmt.Sprintf("%q is the id of a clause too", a.ID), "give the article another id")
			d.Notes[0].Message = "the clause"
			l.list = append(l.list, d)
		}
	}
	if len(a.Clauses) == 0 {
		l.list.Errorf(codeRequired, p.span(at), "list its clauses, or delete the article", "the article has no clauses")
	}
}

// resolve gives the clauses that an article of a layer lists. listed are those
// that stand in an article already, and where.
func (l *loader) resolve(p *part, at string, ids []string, listed map[string]source.Span) []*Clause {
	var clauses []*Clause
	for j, id := range ids {
		span := p.span(fmt.Sprintf("%s.Clauses[%d]", at, j))
		if first, seen := listed[id]; seen {
			d := repeat(span, first, fmt.Sprintf("the clause %q stands in the articles twice", id), "keep one of them")
			d.Code = codeListedTwice
			l.list = append(l.list, d)
			continue
		}
		listed[id] = span
		c, ok := l.clauses[id]
		if !ok {
			l.unknown(span, id)
			continue
		}
		if c.Status == Retired {
			l.retired(span, c)
		}
		l.library.byID[id] = c
		clauses = append(clauses, c)
	}
	return clauses
}

// unlisted reports clauses of a layer that stand in no article.
func (l *loader) unlisted(p *part) {
	for _, c := range p.order {
		if _, ok := l.library.byID[c.ID]; ok || c.Status == Retired || l.misnamed[stem(c.File.Name())] {
			continue
		}
		l.list.Errorf(codeUnlisted, c.Span("ID"), fmt.Sprintf("add it to an article in %q, or write \"status: retired\"", p.Prefix+libraryFile),
			"the clause %q stands in no article", c.ID)
	}
}

// sources adds the sources that a layer names.
func (l *loader) sources(p *part) {
	for i, x := range p.matter.Sources {
		at := fmt.Sprintf("Sources[%d]", i)
		checkRequired(&l.list, p.positions, p.span(at), "the source", []required{
			{at + ".ID", "id", x.ID == ""},
			{at + ".Title", "title", x.Title == ""},
			{at + ".Publisher", "publisher", x.Publisher == ""},
		})
		x.Span = p.span(at + ".ID")
		if j := slices.IndexFunc(l.library.Sources, func(y Source) bool { return y.ID == x.ID }); j >= 0 {
			l.list = append(l.list, repeat(x.Span, l.library.Sources[j].Span, fmt.Sprintf("the source %q is written twice", x.ID), "delete one of them"))
			continue
		}
		l.library.Sources = append(l.library.Sources, x)
	}
	l.library.Lint.Words = append(l.library.Lint.Words, p.matter.Lint.Words...)
	for i, x := range p.matter.Lint.Suppress {
		at := fmt.Sprintf("Lint.Suppress[%d]", i)
		checkRequired(&l.list, p.positions, p.span(at), "what is suppressed", []required{
			{at + ".Code", "code", x.Code == ""},
			{at + ".Reason", "reason", x.Reason == ""},
		})
		x.Span = p.span(at + ".Code")
		l.library.Lint.Suppress = append(l.library.Lint.Suppress, x)
	}
}

// unknown reports an id that is no clause, unless its file has been refused
// already.
func (l *loader) unknown(at source.Span, id string) {
	if l.misnamed[id] {
		return
	}
	hint := didYouMean(id, slices.Sorted(maps.Keys(l.clauses)))
	if hint == "" {
		hint = fmt.Sprintf("write the file %q, or delete the id", id+".md")
	}
	l.list.Errorf(codeUnknown, at, hint, "there is no clause %q", id)
}

func (l *loader) retired(at source.Span, c *Clause) {
	l.list = append(l.list, diag.Diagnostic{
		Code: codeRetired, Severity: diag.Error, Span: at,
		Message: fmt.Sprintf("the clause %q is retired", c.ID),
		Hint:    "delete the id, or name the clause that took its place",
		Notes:   []diag.Note{{Span: c.Span("Status"), Message: "retired here"}},
	})
}

// checkIDs reports clauses that are required, or excluded by another, and can
// never be selected.
func (l *loader) checkIDs() {
	for _, id := range slices.Sorted(maps.Keys(l.clauses)) {
		c := l.clauses[id]
		for i, id := range c.Requires {
			l.checkNamed(c, id, c.Span(fmt.Sprintf("Requires[%d]", i)), "requires")
		}
		for i, id := range c.Conflicts {
			l.checkNamed(c, id, c.Span(fmt.Sprintf("Conflicts[%d]", i)), "conflicts with")
		}
	}
}

// checkNamed checks a clause that another one names.
func (l *loader) checkNamed(c *Clause, id string, at source.Span, verb string) {
	named, ok := l.clauses[id]
	out := slices.IndexFunc(l.library.Excluded, func(x Excluded) bool { return x.Clause.ID == id })
	switch {
	case id == c.ID:
		l.list.Errorf(codeSelfRequired, at, "delete it", "the clause %s itself", verb)
	case !ok:
		l.unknown(at, id)
	case named.Status == Retired && c.Status != Retired:
		l.retired(at, named)
	case out >= 0 && verb == "requires" && l.library.byID[c.ID] == c:
		l.list = append(l.list, diag.Diagnostic{
			Code: codeExcluded, Severity: diag.Error, Span: l.library.Excluded[out].Span,
			Message: fmt.Sprintf("clause %q requires clause %q, which this library leaves out", c.ID, id),
			Hint:    fmt.Sprintf("keep %q, or leave out %q too", id, c.ID),
			Notes:   []diag.Note{{Span: at, Message: "required here"}},
		})
	}
}
