package plan

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/doc"
	"concordat/internal/markdown"
	"concordat/internal/source"
)

// How much one page holds.
const (
	maxNames  = 20  // of customers
	maxGroups = 12  // causes with words of their own
	maxRunes  = 280 // of a sentence that differs
	maxAround = 9   // words shown before and behind those that differ in a longer one
)

// Markdown writes a page for a lawyer: what changes, grouped by cause, first that
// for which most must sign again. Each value is read as it is written; none becomes
// markup.
func (r *Report) Markdown(w io.Writer) error {
	_, err := w.Write(markdown.Write(doc.Document{Meta: doc.Meta{ID: "plan"}, Blocks: r.blocks()}))
	return err
}

func (r *Report) blocks() []doc.Block {
	customers, failures := r.sorted()
	blocks := []doc.Block{
		doc.Heading{Level: 1, Text: text("What regenerating would change")},
		doc.Paragraph{Text: text(r.sum(customers, failures))},
		r.meanings(),
		doc.Paragraph{Text: text("Words of which counsel has said nothing count as material.")},
	}
	groups := r.sortedGroups()
	for i, g := range groups {
		if i == maxGroups {
			blocks = append(blocks, doc.Paragraph{Text: text(fmt.Sprintf("There are %s, see the JSON.", count(len(groups)-i, "more cause")))})
			break
		}
		blocks = append(blocks, g.blocks()...)
	}
	blocks = append(blocks, names("Who must amend and sign again", customers, Amend)...)
	blocks = append(blocks, names("Who must approve", customers, Approve)...)
	if len(failures) > 0 {
		blocks = append(blocks, doc.Heading{Level: 2, Text: text("What was not compared")},
			doc.Paragraph{Text: text("These agreements have errors. Nothing is known of them until they are corrected.")})
		list := doc.List{}
		for i, f := range failures {
			if i == maxNames {
				list.Items = append(list.Items, item(text(seeJSON(len(failures)-i))))
				break
			}
			list.Items = append(list.Items, item(text(f.name+": "+count(f.errors, "error"))))
		}
		blocks = append(blocks, list)
	}
	return blocks
}

// sum says of how many customers what is to be done.
func (r *Report) sum(customers []customer, failures []failure) string {
	differ, first := 0, 0
	for _, k := range customers {
		switch {
		case k.isNew:
			first++
		case k.words || k.form:
			differ++
		}
	}
	sentences := fmt.Sprintf("%d of %s would have another document", differ, count(len(customers)+len(failures), "customer"))
	if first > 0 {
		sentences += fmt.Sprintf(", and %d a first one", first)
	}
	sentences += fmt.Sprintf(". %d must amend and sign again, %d must approve.", r.counts[Amend], r.counts[Approve])
	switch n := len(failures); n {
	case 0:
		return sentences
	case 1:
		return sentences + " 1 was not compared: its agreement has errors."
	default:
		return sentences + fmt.Sprintf(" %d were not compared: their agreements have errors.", n)
	}
}

// meanings is what each action means, and for how many customers it is the one.
func (r *Report) meanings() doc.Table {
	t := doc.Table{Columns: []doc.Column{{Head: text("Action")}, {Head: text("Customers"), Align: doc.Right}, {Head: text("What it means")}}}
	for i, a := range actions {
		if a == Failed && r.counts[i] == 0 {
			continue
		}
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{text(a.String()), text(strconv.Itoa(r.counts[i])), text(a.meaning())}})
	}
	return t
}

func (a Action) meaning() string {
	switch a {
	case None:
		return "The document stays as it is."
	case Regenerate:
		return "Nobody outside has this version. It is written anew."
	case Notify:
		return "Counsel does not call the change material. The customer is told. What both signed stays in force until both sign an amendment."
	case Approve:
		return "The customer has the document and has not signed it. The changed one is sent again, for approval."
	case Amend:
		return "Both have signed. The change needs an amendment in writing, signed by both."
	case Failed:
		return "The agreement has errors. They are corrected first."
	default:
		panic(fmt.Sprintf("plan: unknown action %d", int(a)))
	}
}

// blocks tell of one cause.
func (g *group) blocks() []doc.Block {
	name := g.cause.String()
	name = strings.ToUpper(name[:1]) + name[1:]
	heading, subject := name, "It"
	if g.title != "" {
		heading, subject = "Clause "+g.cause.ID+": "+g.title, name
		switch {
		case g.cause.What == Added || g.cause.What == Removed:
			subject = fmt.Sprintf("The %s clause %s %s", g.cause.What, g.cause.ID, cmp.Or(g.cause.From, g.cause.To))
		case g.cause.From == g.cause.To:
			subject = fmt.Sprintf("Clause %s %s", g.cause.ID, g.cause.To)
		}
	}
	touched := count(g.customers, "customer")
	if g.customers == 1 {
		touched += " (" + g.example + ")"
	}
	sentences := fmt.Sprintf("%s touches %s%s. %s", subject, touched, g.states(), g.counsel())
	switch {
	case g.mustAmend == 0:
	case g.customers == 1:
		sentences += " It must amend and sign again."
	default:
		sentences += fmt.Sprintf(" %d of them must amend and sign again.", g.mustAmend)
	}
	blocks := []doc.Block{doc.Heading{Level: 2, Text: text(heading)}, doc.Paragraph{Text: text(sentences)}}
	if len(g.words) == 0 {
		return blocks
	}
	if g.variants {
		blocks = append(blocks, doc.Paragraph{Text: text("For example, in " + g.example + ":")})
	}
	list := doc.List{}
	for _, w := range g.words {
		list.Items = append(list.Items, item(w.inlines()))
	}
	if g.more > 0 {
		list.Items = append(list.Items, item(text(seeJSON(g.more))))
	}
	return append(blocks, list)
}

// states says how many have the document.
func (g *group) states() string {
	switch {
	case g.sent == 0 && g.signed == 0:
		return ""
	case g.customers == 1 && g.signed == 1:
		return ", which has signed"
	case g.customers == 1:
		return ", to which it was sent"
	case g.sent == 0:
		return fmt.Sprintf(", %d of them signed", g.signed)
	case g.signed == 0:
		return fmt.Sprintf(", %d of them sent", g.sent)
	default:
		return fmt.Sprintf(", %d of them signed and %d sent", g.signed, g.sent)
	}
}

// counsel is a sentence on what counsel says of a cause.
func (g *group) counsel() string {
	reason := "."
	if g.cause.Reason != "" {
		reason = ": " + g.cause.Reason
		if !strings.ContainsAny(reason[len(reason)-1:], ".!?") {
			reason += "."
		}
	}
	switch {
	case g.cause.Kind == NewAgreement:
		return "There is no document yet."
	case g.cause.Kind == Unrecorded:
		return "There are files, and nobody knows what they say."
	case g.inWords == 0:
		return "Only the look of the files differs, and no word."
	case g.cause.Counsel == IsMaterial:
		return "Counsel calls it material" + reason
	case g.cause.Counsel == NotMaterial:
		return "Counsel gave it a new version and does not call it material" + reason
	case g.cause.What == Changed && g.cause.From == g.cause.To:
		return "Its words changed without a new version. Nobody has said whether that is material."
	case g.cause.Reason != "":
		return "Nobody has said whether it is material" + reason
	default:
		return "Nobody has said whether it is material."
	}
}

// inlines are a sentence before and now.
func (w Replacement) inlines() []doc.Inline {
	strong := func(s string) doc.Inline { return doc.Strong{Text: text(s)} }
	switch {
	case w.Old == "":
		return []doc.Inline{strong("Added:"), doc.Text{Value: " " + short(w.New)}}
	case w.New == "":
		return []doc.Inline{strong("Removed:"), doc.Text{Value: " " + short(w.Old)}}
	default:
		old, now := differing(w.Old, w.New)
		return []doc.Inline{strong("Before:"), doc.Text{Value: " " + short(old) + " "}, strong("Now:"), doc.Text{Value: " " + short(now)}}
	}
}

// cut stands for words that are left out.
const cut = "[…]"

// short cuts a long sentence, and says so.
func short(s string) string {
	s = oneLine(s)
	n := 0
	for i := range s {
		if n == maxRunes {
			return s[:i] + " " + cut
		}
		n++
	}
	return s
}

// differing cuts two sentences, where one is long, to the words that differ and some
// before and behind them.
func differing(old, now string) (string, string) {
	if max(utf8.RuneCountInString(old), utf8.RuneCountInString(now)) <= maxRunes {
		return old, now
	}
	a, b := strings.Fields(old), strings.Fields(now)
	least := min(len(a), len(b))
	start, end := 0, 0
	for start < least && a[start] == b[start] {
		start++
	}
	for end < least-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	around := func(words []string) string {
		if end > maxAround {
			to := len(words) - end + maxAround
			words = append(words[:to:to], cut)
		}
		if start > maxAround {
			words = append([]string{cut}, words[start-maxAround:]...)
		}
		return strings.Join(words, " ")
	}
	return around(a), around(b)
}

// names are the customers of an action.
func names(heading string, customers []customer, a Action) []doc.Block {
	var list doc.List
	more := 0
	for _, k := range customers {
		switch {
		case k.action != a:
		case len(list.Items) == maxNames:
			more++
		default:
			list.Items = append(list.Items, item(text(fmt.Sprintf("%s (%s, version %s)", k.name, k.id, k.version))))
		}
	}
	if len(list.Items) == 0 {
		return nil
	}
	if more > 0 {
		list.Items = append(list.Items, item(text(seeJSON(more))))
	}
	return []doc.Block{doc.Heading{Level: 2, Text: text(heading)}, list}
}

func seeJSON(more int) string { return fmt.Sprintf("and %d more, see the JSON", more) }

func item(text []doc.Inline) doc.Item {
	return doc.Item{Blocks: []doc.Block{doc.Paragraph{Text: text}}}
}

func text(s string) []doc.Inline { return []doc.Inline{doc.Text{Value: oneLine(s)}} }

// oneLine is text on one line. What cannot be printed, as in the name of a file that
// nobody has read, is a sign of its own.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return ' '
		case source.Forbidden(r) != "":
			return unicode.ReplacementChar
		default:
			return r
		}
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}
