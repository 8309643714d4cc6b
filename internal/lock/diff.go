package lock

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Change is one file that differs between two sets of words.
type Change struct {
	What     string `json:"what"` // added, removed or changed
	Kind     string `json:"kind"` // clause, term, layout or library
	ID       string `json:"id"`
	From     string `json:"from,omitempty"` // version before; empty when it is added
	To       string `json:"to,omitempty"`   // version now; empty when it is removed
	Words    bool   `json:"words"`          // documents can differ: more has changed than what is said about the words
	Material bool   `json:"material"`       // as counsel says of the version now
	Reason   string `json:"reason,omitempty"`
}

// Unsaid reports whether words have changed and their version has not.
func (c Change) Unsaid() bool { return c.What == "changed" && c.Words && c.From == c.To }

// String is one line on the change, such as "changed clause bkp-01 1.0.0 -> 1.1.0,
// material: a longer time".
func (c Change) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %s", c.What, c.Kind, c.ID, cmp.Or(c.From, c.To))
	if c.From != "" && c.To != "" && c.From != c.To {
		fmt.Fprintf(&b, " -> %s", c.To)
	}
	if c.Material {
		b.WriteString(", material")
	}
	switch {
	case c.Unsaid():
		b.WriteString(", without a new version")
	case c.What == "changed" && !c.Words:
		b.WriteString(", only in what is said about it")
	}
	if c.Reason != "" {
		b.WriteString(": " + c.Reason)
	}
	return b.String()
}

// Diff is what now has other than before, by kind and id.
func Diff(before, now Words) []Change {
	old, present := before.files(), now.files()
	names := slices.Sorted(maps.Keys(old))
	for name := range present {
		if _, ok := old[name]; !ok {
			names = append(names, name)
		}
	}
	var changes []Change
	for _, name := range names {
		a, wasThere := old[name]
		b, isThere := present[name]
		if a == b && wasThere && isThere {
			continue
		}
		c := Change{What: "changed", Kind: kind(name), ID: strings.TrimSuffix(path.Base(name), path.Ext(name)), Words: true}
		was, is := front(a), front(b)
		switch {
		case !wasThere:
			c.What = "added"
		case !isThere:
			c.What = "removed"
		default:
			c.Words = was.words(c.Kind) != is.words(c.Kind)
		}
		c.From, c.To = was.value("version"), is.value("version")
		if isThere && c.From != c.To {
			c.Material, c.Reason = is.value("material") == "true", is.value("reason")
		}
		changes = append(changes, c)
	}
	slices.SortFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.ID, b.ID))
	})
	return changes
}

// kinds are those of files, in the order in which changes are told.
var kinds = []string{"library", "clause", "term", "layout"}

func kind(name string) string {
	switch {
	case strings.HasSuffix(name, ".yaml"):
		return "library"
	case strings.HasPrefix(name, layoutsFolder):
		return "layout"
	case strings.HasPrefix(name, clausesFolder+"terms/"):
		return "term"
	default:
		return "clause"
	}
}

// files are the texts of all files, by name.
func (w Words) files() map[string]string {
	all := map[string]string{}
	for _, name := range w.names() {
		all[name] = w.text(name)
	}
	return all
}

// matter is what a file says of itself, and its text.
type matter struct {
	file *source.File
	node *yamlsrc.Node // nil when it cannot be read
	end  int           // of the front matter
}

const fence = "---\n"

// front reads the front matter of a clause, term or layout, or library.yaml. It
// takes fields that this program does not know: the file can be of another one.
func front(text string) matter {
	m := matter{file: source.New("", []byte(text))}
	start := 0
	m.end = len(text)
	if inside, ok := strings.CutPrefix(text, fence); ok {
		start = len(fence)
		if n := strings.Index(inside, "\n"+fence); n >= 0 {
			m.end = start + n + 1
		}
	}
	m.node, _ = yamlsrc.Parse(m.file.Span(start, m.end), yamlsrc.Options{What: "front matter"})
	return m
}

// value is that of a field. One with characters that no text may have, as only a
// forged lock has them, is none: it is printed on a terminal.
func (m matter) value(field string) string {
	if n := m.node.Field(field); n != nil && !strings.ContainsFunc(n.Value, hides) {
		return n.Value
	}
	return ""
}

func hides(r rune) bool { return source.Forbidden(r) != "" }

// aside are the fields that are about words, and change none.
var aside = map[string][]string{
	"library": {"version", "sources", "lint", "licence"},
	"clause":  {"version", "status", "approved", "reason", "material", "effective_from", "as_of", "sources", "lint", "licence", "plain", "purpose"},
	"term":    {"version", "status", "approved", "reason", "material", "effective_from", "as_of", "sources", "lint"},
	"layout":  {"version"},
}

// words are the text of the file without what is said about it.
func (m matter) words(kind string) string {
	text := m.file.Text()
	if m.node == nil {
		return text
	}
	var b strings.Builder
	for i, f := range m.node.Fields {
		end := m.end
		if i+1 < len(m.node.Fields) {
			end = m.node.Fields[i+1].Key.Span.Start
		}
		if !slices.Contains(aside[kind], f.Key.Value) {
			b.WriteString(text[f.Key.Span.Start:end])
		}
	}
	b.WriteString(text[m.end:])
	return b.String()
}

// Behind warns that the words that are built in are others than those of the lock.
// The list is empty when they are the same.
func (l *Lock) Behind(builtIn Words) diag.List {
	count := map[string]int{}
	changes := Diff(l.Words, builtIn)
	for _, c := range changes {
		count[c.Kind]++
	}
	var list diag.List
	if len(changes) == 0 {
		return nil
	}
	var parts []string
	for _, kind := range kinds {
		switch n := count[kind]; {
		case n == 0:
		case kind == "library":
			parts = append(parts, "the order of the clauses, or what else library.yaml says")
		case n == 1:
			parts = append(parts, "1 "+kind)
		default:
			parts = append(parts, fmt.Sprintf("%d %ss", n, kind))
		}
	}
	list.Warnf(codeBehind, l.File.Span(0, l.File.LineStart(2)-1), "read what differs by \"concordat library diff\", then take it by \"concordat library lock --accept\"",
		"the built-in words of this concordat differ from those of the lock: %s", strings.Join(parts, ", "))
	return list
}

// ScheduleWords says that the program itself prints other words than when the lock
// was written: as a warning or, in a document for signature, as an error. The list
// is empty when it prints the same.
func (l *Lock) ScheduleWords(final bool) diag.List {
	if l.Printed == PrintedWords {
		return nil
	}
	var list diag.List
	report := list.Warnf
	if final {
		report = list.Errorf
	}
	report(codePrinted, l.File.Span(0, l.File.LineStart(2)-1), "compare a document made with the earlier concordat with one made with this, then accept it by \"concordat library lock --accept\"",
		"this concordat prints words of its own in Schedules and headings that differ from those of %s, which wrote the lock", l.Program)
	return list
}
