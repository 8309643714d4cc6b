package clause

import (
	"fmt"
	"maps"
	"slices"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// libraryMatter is library.yaml, with the names of Library.
type libraryMatter struct {
	ID        string          `yaml:"id"`
	Title     string          `yaml:"title"`
	Version   string          `yaml:"version"`
	Licence   string          `yaml:"licence"`
	Numbering Numbering       `yaml:"numbering"`
	Omitted   Omitted         `yaml:"omitted"`
	Articles  []articleMatter `yaml:"articles"`
	Presets   []presetMatter  `yaml:"presets"`
}

type articleMatter struct {
	ID      string   `yaml:"id"`
	Title   string   `yaml:"title"`
	Clauses []string `yaml:"clauses"`
}

// library reads library.yaml and puts the clauses into its articles.
func (l *loader) library() (*Library, error) {
	library := &Library{byID: map[string]*Clause{}}
	if !l.hasLibrary {
		library.File = source.New(l.prefix+libraryFile, nil)
		library.positions, _ = yamlsrc.Decode(library.File.Span(0, 0), &libraryMatter{}, yamlsrc.Options{})
		l.list.Errorf(codeNoLibrary, library.File.Span(0, 0), "write it: id, title, version, licence and the articles with their clauses", "the folder has no %q", libraryFile)
		return library, nil
	}
	f, err := l.read(libraryFile, yamlsrc.MaxSize)
	if err != nil {
		return nil, err
	}
	if f == nil {
		f = source.New(l.prefix+libraryFile, nil)
		library.positions, _ = yamlsrc.Decode(f.Span(0, 0), &libraryMatter{}, yamlsrc.Options{})
		library.File = f
		return library, nil
	}
	var m libraryMatter
	positions, list, ok := decode(f.Span(0, len(f.Text())), &m, "library", "ID", "Title", "Version", "Licence", "Articles")
	l.list = append(l.list, list...)
	if positions == nil {
		positions, _ = yamlsrc.Decode(f.Span(0, 0), &libraryMatter{}, yamlsrc.Options{})
	}
	library.File, library.positions = f, positions
	if !ok {
		return library, nil
	}
	library.ID, library.Title, library.Version, library.Licence = m.ID, m.Title, m.Version, m.Licence
	library.Numbering, library.Omitted = m.Numbering, m.Omitted
	checkRequired(&l.list, positions, f.Span(0, 0), "the library", []required{
		{"ID", "id", m.ID == ""},
		{"Title", "title", m.Title == ""},
		{"Version", "version", m.Version == ""},
		{"Licence", "licence", m.Licence == ""},
		{"Articles", "articles", m.Articles == nil},
	})
	checkID(&l.list, positions.Nearest("ID"), m.ID)
	checkVersion(&l.list, positions.Nearest("Version"), m.Version)
	l.articles(library, m.Articles)
	l.presets(library, m.Presets)
	return library, nil
}

// articles resolves the clauses of each article.
func (l *loader) articles(library *Library, articles []articleMatter) {
	listed := map[string]source.Span{}
	ids := map[string]source.Span{}
	for i, a := range articles {
		at := fmt.Sprintf("Articles[%d]", i)
		checkRequired(&l.list, library.positions, library.Span(at), "the article", []required{
			{at + ".ID", "id", a.ID == ""},
			{at + ".Title", "title", a.Title == ""},
		})
		idSpan := library.Span(at + ".ID")
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
			l.list.Errorf(codeRequired, library.Span(at), "list its clauses, or delete the article", "the article has no clauses")
		}
		article := Article{ID: a.ID, Title: a.Title, TitleSpan: library.Span(at + ".Title")}
		for j, id := range a.Clauses {
			span := library.Span(fmt.Sprintf("%s.Clauses[%d]", at, j))
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
			library.byID[id] = c
			article.Clauses = append(article.Clauses, c)
		}
		library.Articles = append(library.Articles, article)
	}
	for _, c := range l.order {
		if _, ok := listed[c.ID]; !ok && c.Status != Retired && !l.misnamed[stem(c.File.Name())] {
			l.list.Errorf(codeUnlisted, c.Span("ID"), fmt.Sprintf("add it to an article in %q, or write \"status: retired\"", l.prefix+libraryFile),
				"the clause %q stands in no article", c.ID)
		}
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

// checkRequires reports required clauses that can never be selected.
func (l *loader) checkRequires(library *Library) {
	for _, c := range l.order {
		for i, id := range c.Requires {
			at := c.Span(fmt.Sprintf("Requires[%d]", i))
			required, ok := l.clauses[id]
			switch {
			case id == c.ID:
				l.list.Errorf(codeSelfRequired, at, "delete it", "the clause requires itself")
			case !ok:
				l.unknown(at, id)
			case required.Status == Retired && c.Status != Retired:
				l.retired(at, required)
			}
		}
	}
}
