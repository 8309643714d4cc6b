package cli

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/fleet"
	"concordat/internal/generate"
	"concordat/internal/lock"
	"concordat/internal/manifest"
	"concordat/internal/outdir"
	"concordat/internal/plan"
	"concordat/internal/provenance"
	"concordat/internal/record"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

// pipeline makes the documents of the agreements in a folder. It is what batch and
// plan run for each of them, several at a time.
type pipeline struct {
	p       *program
	dir     string // of the agreements, absolute
	with    compared
	version string // of this program
	build   string // its SHA-256

	mu    sync.Mutex // over all below, and what p remembers
	homes map[string]*home
	sums  map[string]func() (string, error)
	texts map[textsKey]string
}

var _ fleet.Pipeline = (*pipeline)(nil)

// home is what the agreements of one folder of the disk share.
type home struct {
	settings *workspace.Settings // nil when it has errors, which reading an agreement reports
	files    []string            // the workspace file and those of frameworks, from the folder of the agreements
}

// textsKey is what the texts of a document depend on.
type textsKey struct {
	*generate.Generator
	final bool
	words string
}

func (p *program) newPipeline(dir string, with compared) (*pipeline, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, &worldError{err}
	}
	build, err := buildSum()
	if err != nil {
		return nil, &worldError{err}
	}
	return &pipeline{
		p: p, dir: absolute, with: with, version: version(), build: build,
		homes: map[string]*home{}, sums: map[string]func() (string, error){}, texts: map[textsKey]string{},
	}, nil
}

// buildSum is the SHA-256 of the program that runs. Versions alone do not tell two
// builds apart that draw differently.
func buildSum() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// agreements are those in the folder, and warnings about files that are left out.
func (l *pipeline) agreements(dir string) ([]fleet.Agreement, diag.List, error) {
	all, list, err := workspace.Find(dir)
	if err != nil {
		return nil, nil, &worldError{err}
	}
	agreements := make([]fleet.Agreement, len(all))
	for i, f := range all {
		name, err := l.inside(f.Path)
		if err != nil {
			return nil, nil, err
		}
		a := fleet.Agreement{Path: f.Path, Name: name, SHA256: f.SHA256}
		if f.ID != "" {
			h, err := l.home(f.Path)
			if err != nil {
				return nil, nil, err
			}
			a.Output = outputName(f.ID, h.layout())
		}
		agreements[i] = a
	}
	return agreements, list, nil
}

// outputName begins the names of the files of a document.
func outputName(id, layout string) string {
	if layout != mainLayout {
		id += "-" + layout
	}
	return id
}

func (h *home) layout() string {
	if h.settings == nil {
		return mainLayout
	}
	return cmp.Or(h.settings.Layout, mainLayout)
}

// inside is a path from the folder of the agreements, with slashes.
func (l *pipeline) inside(name string) (string, error) {
	absolute, err := filepath.Abs(name)
	if err != nil {
		return "", &worldError{err}
	}
	inside, err := filepath.Rel(l.dir, absolute)
	if err != nil {
		return "", &worldError{err}
	}
	return filepath.ToSlash(inside), nil
}

// home is that of the folder in which a file lies.
func (l *pipeline) home(name string) (*home, error) {
	dir := filepath.Dir(name)
	l.mu.Lock()
	defer l.mu.Unlock()
	if h, ok := l.homes[dir]; ok {
		return h, nil
	}
	settings, list, err := l.p.reader.Settings(dir)
	if err != nil {
		return nil, &worldError{err}
	}
	h := &home{}
	if !list.HasErrors() {
		h.settings = settings
		var names []string
		if settings.Dir != "" {
			names = append(names, filepath.Join(settings.Dir, workspace.FileName))
		}
		for _, f := range settings.Frameworks {
			names = append(names, f.Name())
		}
		for _, name := range names {
			inside, err := l.inside(name)
			if err != nil {
				return nil, err
			}
			h.files = append(h.files, inside)
		}
	}
	l.homes[dir] = h
	return h, nil
}

// sum is the SHA-256 of a file by its path from the folder of the agreements. A
// file is read once in a run.
func (l *pipeline) sum(name string) (string, error) {
	l.mu.Lock()
	read, ok := l.sums[name]
	if !ok {
		read = sync.OnceValues(func() (string, error) {
			data, err := os.ReadFile(filepath.Join(l.dir, filepath.FromSlash(name)))
			return manifest.Digest(data), err
		})
		l.sums[name] = read
	}
	l.mu.Unlock()
	return read()
}

// generator is the generator for an agreement, with the layout of its workspace.
func (l *pipeline) generator(r *workspace.Resolved) (*generate.Generator, diag.List, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	g, _, list, err := l.p.generatorFor(r, "")
	return g, list, err
}

// Same reports whether a document would be made of the same bytes.
func (l *pipeline) Same(a fleet.Agreement, e manifest.Entry, words manifest.Words) bool {
	h, err := l.home(a.Path)
	if err != nil || h.settings == nil {
		return false
	}
	_, err = os.Lstat(recordPath(a.Path, h.id(a)))
	around, err := l.around(a, h, err == nil)
	if err != nil {
		return false
	}
	if n := len(e.Files) - len(around); n < 1 || e.Files[0] != a.Name || !slices.Equal(e.Files[n:], around) {
		return false
	}
	g, _, err := l.generator(&workspace.Resolved{Settings: h.settings})
	if err != nil || g == nil {
		return false
	}
	files := make([]provenance.File, len(e.Files))
	for i, name := range e.Files {
		files[i] = provenance.File{Path: name, SHA256: hex.EncodeToString(a.SHA256[:])}
		if i > 0 {
			if files[i].SHA256, err = l.sum(name); err != nil {
				return false
			}
		}
	}
	// A document that was sent is made for signature also where others are drafts;
	// the record, which is one of the files, says so.
	for _, final := range []bool{l.with.final, true} {
		if texts, ok := l.textsOf(g, final, e.Words, words); ok && provenance.Digest(texts, files) == e.Inputs {
			return true
		}
	}
	return false
}

// id is that of an agreement, without what its layout adds to the names of its files.
func (h *home) id(a fleet.Agreement) string {
	if layout := h.layout(); layout != mainLayout {
		return strings.TrimSuffix(a.Output, "-"+layout)
	}
	return a.Output
}

// around are the files that an agreement is made with beside those that it uses: the
// workspace's, and its record where there is one. Their paths are as inside gives them.
func (l *pipeline) around(a fleet.Agreement, h *home, hasRecord bool) ([]string, error) {
	if !hasRecord {
		return h.files, nil
	}
	name, err := l.inside(recordPath(a.Path, h.id(a)))
	return append(h.files[:len(h.files):len(h.files)], name), err
}

// textsOf is what provenance.Inputs.Texts gives for these words now.
func (l *pipeline) textsOf(g *generate.Generator, final bool, key string, words manifest.Words) (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := textsKey{g, final, key}
	texts, known := l.texts[k]
	if !known {
		if in, ok := g.Inputs(words.Clauses, words.Terms); ok && in.Layout.ID == words.Layout {
			in.Build, in.Final = l.build, final
			texts = in.Texts()
		}
		l.texts[k] = texts
	}
	return texts, texts != ""
}

// Make examines an agreement and makes its document: for signature where the record
// says that it was sent or signed, with a draft beside it, else as it was asked for.
func (l *pipeline) Make(a fleet.Agreement) (*fleet.Made, diag.List, error) {
	o, list, err := l.p.open(a.Path)
	if o == nil {
		return nil, list, err
	}
	g, problems, err := l.generator(o.Resolved)
	if list = append(list, problems...); err != nil || g == nil {
		return nil, list.Sorted(), err
	}
	l.mu.Lock()
	list = append(list, l.p.printedWords(o.Settings, l.with.final)...)
	l.mu.Unlock()
	checked, problems, err := l.p.check(a.Path, g, o, l.with)
	if list = append(list, problems...).Sorted(); err != nil || checked == nil || list.HasErrors() {
		return nil, list, err
	}
	history, problems, err := l.history(a, checked.Agreement)
	if list = append(list, problems...).Sorted(); err != nil || list.HasErrors() {
		return nil, list, err
	}
	made, err := l.made(a, o, g, checked, l.with.final, history)
	if err != nil || history.state == plan.Unsent || l.with.final {
		return made, list, err
	}
	signed, _ := g.CheckFinal(o.Tree, history.last)
	if signed == nil {
		return made, list, nil
	}
	final, err := l.made(a, o, g, signed, true, history)
	if err != nil {
		return nil, nil, err
	}
	final.Draft = made
	return final, list, nil
}

// made is a checked document with all that is known of it.
func (l *pipeline) made(a fleet.Agreement, o *opened, g *generate.Generator, c *generate.Checked, final bool, h history) (*fleet.Made, error) {
	document, err := doc.Encode(c.Document)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, generate.ErrDefect)
	}
	s, err := l.statement(a, o, g, c, final, h.exists)
	if err != nil {
		return nil, err
	}
	formats := []generate.Format{generate.Markdown, generate.PDF}
	made := &fleet.Made{
		Statement: s, Document: document, Telling: o.Library == nil, State: h.state, Issued: h.rows,
		Write: func() ([]outdir.File, error) { return write(g, c, s.ID, formats) },
	}
	for _, format := range formats {
		made.Files = append(made.Files, s.ID+format.Extension())
	}
	return made, nil
}

// statement says what a document was made of.
func (l *pipeline) statement(a fleet.Agreement, o *opened, g *generate.Generator, c *generate.Checked, final, hasRecord bool) (provenance.Statement, error) {
	h, err := l.home(a.Path)
	if err != nil {
		return provenance.Statement{}, err
	}
	in := g.InputsOf(c)
	in.Program, in.Build, in.Printed, in.Final = l.version, l.build, lock.PrintedWords, final
	values := o.Values()
	s := provenance.Statement{
		ID: outputName(c.Agreement.Info.ID, in.Layout.ID), Version: c.Agreement.Info.Version,
		Values: make([]provenance.Value, len(values)), Sums: sums(c.Agreement), Document: c.Document,
	}
	// The agreement comes first here, and last where files are merged.
	last := len(o.Files) - 1
	files := append([]*source.File{o.Files[last]}, o.Files[:last]...)
	for _, f := range files {
		name, err := l.inside(f.Name())
		if err != nil {
			return s, err
		}
		in.Files = append(in.Files, provenance.File{Path: name, SHA256: f.SHA256()})
	}
	for i, v := range values {
		s.Values[i] = provenance.Value{Path: v.Path, Text: v.Text, File: slices.Index(files, v.File)}
	}
	around, err := l.around(a, h, hasRecord)
	if err != nil {
		return s, err
	}
	for _, name := range around {
		sum, err := l.sum(name)
		if err != nil {
			return s, &worldError{err}
		}
		in.Files = append(in.Files, provenance.File{Path: name, SHA256: sum})
	}
	s.Inputs = in
	return s, nil
}

// sums are the totals of the budget, by fiscal year and by line.
func sums(a *agreement.Agreement) []provenance.Sum {
	totals := a.Totals()
	if totals == nil {
		return []provenance.Sum{}
	}
	var all []provenance.Sum
	add := func(name string, y agreement.YearAmounts) {
		for i, year := range totals.Years {
			all = append(all, provenance.Sum{Name: name + " " + strconv.Itoa(year), Amount: y.Years[i].Format(a.Budget.Currency)})
		}
		all = append(all, provenance.Sum{Name: name + " in all", Amount: y.Sum.Format(a.Budget.Currency)})
	}
	add("budget", totals.Total)
	add("contingency", totals.Contingency)
	for _, line := range totals.Lines {
		add("line "+a.Budget.Lines[line.Line].ID, line.YearAmounts)
	}
	return all
}

// history is what the record beside an agreement says of sending and signing.
type history struct {
	exists bool // there is a record
	rows   []fleet.Issued
	state  plan.State    // of the present version
	last   calendar.Date // on which the present version was sent or signed; zero when it never was
}

// history reads the record beside an agreement. With an error in the list it is of
// no use.
func (l *pipeline) history(a fleet.Agreement, ag *agreement.Agreement) (h history, list diag.List, err error) {
	r, exists, list, err := l.p.readRecord(a.Path, ag)
	if h.exists = exists; r == nil {
		return h, list, err
	}
	add := func(row fleet.Issued, date calendar.Date) {
		row.Date = date.String()
		h.rows = append(h.rows, row)
		if row.Version != ag.Info.Version {
			return
		}
		h.state = plan.Sent
		if h.last.IsZero() || h.last.Before(date) {
			h.last = date
		}
	}
	for i, x := range r.Sent {
		add(fleet.Issued{Version: string(x.Version), SHA256: string(x.Digest), Span: r.Span(fmt.Sprintf("Sent[%d]", i))}, x.Date)
	}
	for i, x := range r.Signed {
		add(fleet.Issued{Version: string(x.Version), Signed: true, SHA256: string(x.Digest), Span: r.Span(fmt.Sprintf("Signed[%d]", i))}, x.Date)
	}
	unsigned := func(s agreement.Signatory) bool {
		_, ok := r.SignedBy(s.Person, record.Version(ag.Info.Version))
		return !ok
	}
	if h.state == plan.Sent && !slices.ContainsFunc(ag.Signatories, unsigned) {
		h.state = plan.Signed
	}
	return h, nil, nil
}
