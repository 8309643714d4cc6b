// Package generate is the whole pipeline on one screen: the text of an
// agreement file in, the bytes of its documents out.
//
// Nothing here touches the file system, the clock or the environment: the same
// text gives the same bytes.
package generate

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"concordat/internal/agreement"
	"concordat/internal/assemble"
	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/framework"
	"concordat/internal/markdown"
	"concordat/internal/pdf"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Generator has everything that is read once and shared by all agreements. It
// may be used by several goroutines.
type Generator struct {
	frameworks *framework.Set
	assembler  *assemble.Assembler
	fonts      *pdf.Fonts
	library    Library
	clauses    *clause.Library
	markdown   *markdown.Writer
	layout     *clause.Layout
	texts      func() *texts // of the library, made when somebody asks
}

// Library is where a generator takes its words from.
type Library struct {
	Clauses       []clause.Layer // a clause library; see clause.Load
	Layouts       fs.FS          // a folder of layouts; those that a layer of clauses has come before them
	LayoutsPrefix string
	Layout        string // file name of the layout, such as "cyber-constitution.md"
}

// layout is the layout of an id. It is nil when that has an error.
func (l Library) layout(clauses *clause.Library, id string) (*clause.Layout, diag.List, error) {
	if layout, ok := clauses.Layout(id); ok {
		return layout, nil, nil
	}
	return clause.LoadLayout(l.Layouts, l.LayoutsPrefix, id+".md")
}

// New reads frameworks, clauses, layout and fonts. The list says what is wrong
// with clauses and layout; with an error in it there is no Generator.
func New(library Library) (*Generator, diag.List, error) {
	frameworks, err := framework.Load()
	if err != nil {
		return nil, nil, err
	}
	fonts, err := pdf.LoadFonts()
	if err != nil {
		return nil, nil, err
	}
	clauses, list, err := clause.Load(library.Clauses...)
	if err != nil {
		return nil, nil, err
	}
	layout, problems, err := library.layout(clauses, strings.TrimSuffix(library.Layout, ".md"))
	if err != nil {
		return nil, nil, err
	}
	if list = append(list, problems...); list.HasErrors() {
		return nil, list.Sorted(), nil
	}
	assembler, problems := assemble.New(clauses, layout)
	if list = append(list, problems...); list.HasErrors() {
		return nil, list.Sorted(), nil
	}
	texts := sync.OnceValue(func() *texts { return textsOf(clauses, layout) })
	return &Generator{frameworks, assembler, fonts, library, clauses, markdown.NewWriter(), layout, texts}, list.Sorted(), nil
}

// Layouts are the ids of the layouts that WithLayout takes, in order.
func (g *Generator) Layouts() ([]string, error) {
	ids, err := clause.Layouts(g.library.Layouts)
	for _, l := range g.clauses.Layouts {
		ids = append(ids, l.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// Layout is the id of the layout with which g was made by New: that of the
// whole agreement.
func (g *Generator) Layout() string { return strings.TrimSuffix(g.library.Layout, ".md") }

// WithLayout is a generator that makes documents of another layout, which
// accompanies that of g. g is not changed. With an error in the list there is
// none; a layout that does not exist is an error.
func (g *Generator) WithLayout(id string) (*Generator, diag.List, error) {
	if id == g.Layout() {
		return g, nil, nil
	}
	layout, list, err := g.library.layout(g.clauses, id)
	if err != nil || list.HasErrors() {
		return nil, list, err
	}
	assembler, problems := g.assembler.Companion(layout)
	if list = append(list, problems...); list.HasErrors() {
		return nil, list.Sorted(), nil
	}
	other := *g
	other.assembler, other.layout = assembler, layout
	return &other, list.Sorted(), nil
}

// WithFrameworks is a generator that knows the frameworks of further files as
// well. g is not changed. With an error in the list there is none.
func (g *Generator) WithFrameworks(files []*source.File) (*Generator, diag.List) {
	frameworks, list := g.frameworks.With(files...)
	if list.HasErrors() {
		return nil, list.Sorted()
	}
	other := *g
	other.frameworks = frameworks
	return &other, list.Sorted()
}

// Format is a form in which a document is written. Its zero is invalid.
type Format int

const (
	Markdown Format = iota + 1
	PDF
)

// Extension is the ending of the format's file names, such as ".md".
func (f Format) Extension() string {
	switch f {
	case Markdown:
		return ".md"
	case PDF:
		return ".pdf"
	default:
		panic(fmt.Sprintf("generate: unknown format %d", int(f)))
	}
}

// Output is the bytes of one document in one format.
type Output struct {
	Format Format
	Data   []byte
}

// Check is everything but the writing, for an agreement in one file. The
// result is nil when the list has an error.
func (g *Generator) Check(file *source.File) (*Checked, diag.List) {
	tree, list := yamlsrc.Parse(file.Span(0, len(file.Text())), yamlsrc.Options{What: "agreement file"})
	if tree == nil {
		return nil, list
	}
	return g.CheckTree(tree)
}

// Checked is an agreement that has no error.
type Checked struct {
	Agreement *agreement.Agreement
	Document  doc.Document
	Parts     assemble.Parts // of the library that it was made of
}

// CheckTree is Check for an agreement that is written in several files. The
// result is nil when the list has an error.
func (g *Generator) CheckTree(tree *yamlsrc.Node) (*Checked, diag.List) {
	return g.checkTree(tree, assemble.Options{Draft: true})
}

// CheckFinal is CheckTree for documents that are to be signed on a day. They have
// no mark of a draft; warnings that must be settled before then are errors, and so
// are words that nobody has approved, unless the agreement says who accepted them.
func (g *Generator) CheckFinal(tree *yamlsrc.Node, day calendar.Date) (*Checked, diag.List) {
	checked, list := g.checkTree(tree, assemble.Options{Final: day})
	if list = agreement.Final(list); list.HasErrors() {
		return nil, list
	}
	return checked, list
}

func (g *Generator) checkTree(tree *yamlsrc.Node, opts assemble.Options) (*Checked, diag.List) {
	a, list := agreement.LoadTree(tree, g.frameworks)
	if list.HasErrors() {
		return nil, list.Sorted()
	}
	document, parts, problems := g.assembler.Assemble(a, opts)
	if list = append(list, problems...); list.HasErrors() {
		return nil, list.Sorted()
	}
	if list = append(list, g.fonts.Check(document)...).Sorted(); list.HasErrors() {
		return nil, list
	}
	return &Checked{a, document, parts}, list
}

// Write makes the documents of a checked agreement in the formats asked for.
func (g *Generator) Write(c *Checked, formats []Format) ([]Output, error) {
	var outputs []Output
	for _, format := range formats {
		data, err := g.write(c.Document, format)
		if err != nil {
			return nil, fmt.Errorf("%s%s: %w", c.Document.Meta.ID, format.Extension(), err)
		}
		outputs = append(outputs, Output{format, data})
	}
	return outputs, nil
}

// write makes the bytes of one format. Both formats are compared with the
// document before anybody gets them; a difference is a defect and a panic.
func (g *Generator) write(document doc.Document, format Format) ([]byte, error) {
	switch format {
	case Markdown:
		return g.markdown.Write(document), nil
	case PDF:
		plan := g.fonts.Layout(document)
		if err := plan.Verify(g.fonts, document); err != nil {
			panic(fmt.Sprintf("generate: the pages differ from the document: %v", err))
		}
		return g.fonts.Write(plan, document.Meta)
	default:
		panic(fmt.Sprintf("generate: unknown format %d", int(format)))
	}
}

// ErrDefect marks an error that is a defect of this program.
var ErrDefect = errors.New("this is a defect of concordat; please report it with the agreement file, or one that shows the same")

// Guard runs f and turns a panic into an error that wraps ErrDefect and names
// the file, so that one document cannot end the work on others.
func Guard(name string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: %v: %w\n%s", name, r, ErrDefect, debug.Stack())
		}
	}()
	return f()
}
