package plan

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/doc"
)

// How many sentences and rows that differ are shown.
const (
	maxPartTexts = 6  // of one part
	maxTexts     = 16 // of one document
)

// unit is a sentence, heading or row. A number or a reference is written as
//
//	numbered name of what is named, printed as it is printed, ended
//
// by noncharacters, which no text of a document holds.
type unit struct {
	coded string
	row   bool // of a table
	first string
}

const (
	numbered = '\ufdd0'
	printed  = '\ufdd1'
	ended    = '\ufdd2'
	between  = '\ufdd3' // two cells
)

// key is the text without numbers: references are by what they name.
func (u unit) key() string { return decode(u.coded, true) }

// text is the text as it is printed.
func (u unit) text() string { return decode(u.coded, false) }

func decode(coded string, key bool) string {
	if !strings.ContainsRune(coded, numbered) && (key || !strings.ContainsRune(coded, between)) {
		return coded
	}
	var b strings.Builder
	kept := true
	for _, r := range coded {
		switch {
		case r == numbered:
			if kept = key; key {
				b.WriteRune(r) // a reference is not its name in plain text
			}
		case r == printed:
			kept = !key
		case r == ended:
			kept = true
		case r == between && !key:
			b.WriteString(" | ")
		case kept:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// units are the words of blocks, in their order.
func units(blocks []doc.Block) []unit {
	var w worder
	w.blocks(blocks)
	return w.all
}

type worder struct {
	all   []unit
	label string // before the next text
}

func (w *worder) blocks(blocks []doc.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case doc.Heading:
			w.sentence(number(doc.NumberText(b.Number)) + code(b.Text))
		case doc.Paragraph:
			w.sentences(code(b.Text))
		case doc.List:
			for _, item := range b.Items {
				if item.Label != "" {
					w.label += number(item.Label + " ")
				}
				w.blocks(item.Blocks)
				w.flush()
			}
		case doc.Table:
			w.flush()
			var head []string
			for _, c := range b.Columns {
				head = append(head, code(c.Head))
			}
			w.all = append(w.all, unit{coded: strings.Join(head, string(between))})
			for _, row := range b.Rows {
				var cells []string
				for _, cell := range row.Cells {
					cells = append(cells, code(cell))
				}
				u := unit{coded: strings.Join(cells, string(between)), row: true}
				if len(cells) > 0 {
					u.first = cells[0]
				}
				w.all = append(w.all, u)
			}
		case doc.Quote:
			w.blocks(b.Blocks)
		case doc.Signature:
			w.flush()
			lines := []string{code(b.Party), code(b.LegalName), code(b.Name), code(b.Title)}
			if b.Witnessed {
				lines = append(lines, doc.SignWitness)
			}
			w.all = append(w.all, unit{coded: strings.Join(lines, string(between))})
		case doc.PageBreak:
		default:
			panic(fmt.Sprintf("plan: unknown block %T", b))
		}
	}
}

// flush keeps a label that no text follows.
func (w *worder) flush() {
	if w.label != "" {
		w.sentence("")
	}
}

func (w *worder) sentence(coded string) {
	if coded = w.label + coded; coded != "" {
		w.all = append(w.all, unit{coded: coded})
	}
	w.label = ""
}

// sentences cuts a text behind each mark that ends a sentence and is followed by a
// space.
func (w *worder) sentences(coded string) {
	from := 0
	for i, r := range coded {
		if r != ' ' || i == from {
			continue
		}
		before := strings.TrimRight(coded[from:i], "”’\")")
		if last, _ := utf8.DecodeLastRuneInString(before); last != '.' && last != '?' && last != '!' {
			continue
		}
		if strings.LastIndexByte(before, byte(' ')) < 0 && strings.Count(before, ".") == 1 && len(before) <= 3 {
			continue // "1." or "Mr."
		}
		w.sentence(coded[from:i])
		from = i + 1
	}
	w.sentence(coded[from:])
}

func number(text string) string {
	if text == "" {
		return ""
	}
	return string(numbered) + string(printed) + text + string(ended)
}

// code is the text of inlines in the form of unit.
func code(text []doc.Inline) string {
	if len(text) == 1 {
		if t, ok := text[0].(doc.Text); ok {
			return t.Value
		}
	}
	var b strings.Builder
	writeCoded(&b, text)
	return b.String()
}

func writeCoded(b *strings.Builder, text []doc.Inline) {
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			b.WriteString(in.Value)
		case doc.Strong:
			writeCoded(b, in.Text)
		case doc.Emphasis:
			writeCoded(b, in.Text)
		case doc.Link:
			writeCoded(b, in.Text)
			if shown := doc.Plain(in.Text); shown != in.Dest {
				b.WriteString(" (" + in.Dest + ")")
			}
		case doc.Ref:
			b.WriteRune(numbered)
			b.WriteString(in.Target)
			b.WriteRune(printed)
			b.WriteString(in.Text)
			b.WriteRune(ended)
		case doc.LineBreak:
			b.WriteByte(' ')
		default:
			panic(fmt.Sprintf("plan: unknown inline %T", in))
		}
	}
}

// compareRows counts the rows of tables that differ. It is nil when none does.
func compareRows(old, now []unit) *Rows {
	counts := map[string]int{} // of rows, by key: how often more in now
	for _, u := range now {
		if u.row {
			counts[u.key()]++
		}
	}
	gone := map[string]int{} // by first cell
	removed, added, changed := 0, 0, 0
	for _, u := range old {
		if !u.row {
			continue
		}
		if counts[u.key()] > 0 {
			counts[u.key()]--
			continue
		}
		gone[u.first]++
		removed++
	}
	for _, u := range now {
		if !u.row || counts[u.key()] == 0 {
			continue
		}
		counts[u.key()]--
		if gone[u.first] > 0 {
			gone[u.first]--
			removed--
			changed++
			continue
		}
		added++
	}
	if removed+added+changed == 0 {
		return nil
	}
	return &Rows{Changed: changed, Added: added, Removed: removed}
}

// maxTable bounds the work on one part, in pairs of sentences.
const maxTable = 1 << 20

// replacements are the sentences and rows of now that take the place of others of
// old, in the order of the text.
func replacements(old, now []unit) []Replacement {
	a, b := keysOf(old), keysOf(now)
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	endA, endB := len(a), len(b)
	for endA > start && endB > start && a[endA-1] == b[endB-1] {
		endA--
		endB--
	}
	var all []Replacement
	var gone, come []unit
	flush := func() {
		for i := range max(len(gone), len(come)) {
			var r Replacement
			if i < len(gone) {
				r.Old = gone[i].text()
			}
			if i < len(come) {
				r.New = come[i].text()
			}
			all = append(all, r)
		}
		gone, come = nil, nil
	}
	n, m := endA-start, endB-start
	if n*m > maxTable {
		gone, come = old[start:endA], now[start:endB]
		flush()
		return all
	}
	// common[i][j] is how many units the rests from i and j have in common.
	common := make([]int32, (n+1)*(m+1))
	at := func(i, j int) *int32 { return &common[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if a[start+i] == b[start+j] {
				*at(i, j) = *at(i+1, j+1) + 1
			} else {
				*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			}
		}
	}
	for i, j := 0, 0; i < n || j < m; {
		switch {
		case i < n && j < m && a[start+i] == b[start+j]:
			flush()
			i++
			j++
		case j == m || i < n && *at(i+1, j) >= *at(i, j+1):
			gone = append(gone, old[start+i])
			i++
		default:
			come = append(come, now[start+j])
			j++
		}
	}
	flush()
	return all
}

func keysOf(all []unit) []string {
	keys := make([]string, len(all))
	for i, u := range all {
		keys[i] = u.key()
	}
	return keys
}

// compareMeanings notes which defined terms have another meaning in a part.
func (d *difference) compareMeanings(old, now *section) {
	a, b := meanings(old.blocks), meanings(now.blocks)
	if len(a)+len(b) == 0 {
		return
	}
	d.anchors[now.anchor] = true
	for slug, text := range a {
		if b[slug] != text {
			d.defined[slug] = true
		}
	}
	for slug := range b {
		if _, ok := a[slug]; !ok {
			d.defined[slug] = true
		}
	}
}

const means = " means "

// meanings are the meanings of terms in blocks by the slugs of their names: "A
// Business Day means ..." is that of business-day. Several may stand in one
// paragraph, each with its name in bold.
func meanings(blocks []doc.Block) map[string]string {
	var all map[string]string
	name := ""
	note := func(text string) {
		if name != "" {
			all[name] += text
		}
	}
	for _, b := range blocks {
		p, ok := b.(doc.Paragraph)
		if !ok {
			if _, isHeading := b.(doc.Heading); !isHeading && name != "" {
				for _, u := range units([]doc.Block{b}) {
					note(u.key() + "\n")
				}
			}
			continue
		}
		for i, in := range p.Text {
			if s, ok := in.(doc.Strong); ok && i+1 < len(p.Text) {
				if t, ok := p.Text[i+1].(doc.Text); ok && strings.HasPrefix(t.Value, means) {
					if all == nil {
						all = map[string]string{}
					}
					name = slug(doc.Plain(s.Text))
				}
			}
			note(unit{coded: code([]doc.Inline{in})}.key())
		}
	}
	return all
}

// slug is a name as ids are written.
func slug(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, name)
}
