package prose_test

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"concordat/internal/doc"
	"concordat/internal/prose"
	"concordat/internal/source"
)

// text is a Text that is written at the begin of a line of its own in a file.
func text(f *source.File, value string) doc.Text {
	i := strings.Index(f.Text(), value)
	if i < 0 {
		panic("no " + value)
	}
	return doc.Text{Value: value, Origin: f.Span(i, i+len(value))}
}

func paragraph(text ...doc.Inline) doc.Block { return doc.Paragraph{Text: text} }

func heading(level int, anchor, title string) doc.Block {
	return doc.Heading{Level: level, Anchor: anchor, Text: []doc.Inline{doc.Text{Value: title}}}
}

// described is one line for each sentence.
func described(parts []prose.Part) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "%s (%s)\n", p.Title, p.Anchor)
		for _, s := range p.Sentences {
			m := s.Measure()
			at := "nowhere"
			if !s.At.IsZero() {
				at = s.At.String()
			}
			fmt.Fprintf(&b, "  %s %s %d %d %q", at, s.Clause, m.Words, m.Syllables, s.Text)
			if s.Lead != "" {
				fmt.Fprintf(&b, " after %q", s.Lead)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// TestRead holds what a sentence is and where it stands: values hide neither
// ends nor places, items are sentences, and what is no prose is not read.
func TestRead(t *testing.T) {
	clause := source.New("aa-01.md", []byte("One thing. Two\nthings (\"really.\") Both of \n, who pays 4.5 days.\nsee e.g. the J. Doe case in \n. It shall:\nact\nand rest.\n"))
	data := source.New("a.yaml", []byte("Dr. Who & Co. Inc.\n"))
	name := text(data, "Dr. Who & Co. Inc.")
	d := doc.Document{Blocks: []doc.Block{
		heading(1, "", "Title"),
		paragraph(doc.Text{Value: "This is the first page."}),
		paragraph(doc.Strong{Text: []doc.Inline{doc.Text{Value: "What the Provider promises"}}}),
		doc.List{Items: []doc.Item{{Blocks: []doc.Block{paragraph(doc.Text{Value: "an item without a mark"})}}}},
		doc.Quote{Blocks: []doc.Block{paragraph(doc.Text{Value: "Who decides? You."})}},
		doc.PageBreak{},
		paragraph(doc.Text{Value: "On no page."}),
		heading(2, "article-one", "One"),
		heading(3, "aa-01", "Clause"),
		paragraph(doc.Text{Value: "One thing. Two things (“really.”) Both of ", Origin: clause.Span(0, 45)}, name, text(clause, ", who pays 4.5 days.")),
		paragraph(text(clause, "see e.g. the J. Doe case in "), doc.Strong{Text: []doc.Inline{doc.Ref{Target: "x", Text: "Section 4.2"}}}, text(clause, ". It shall:")),
		doc.List{Ordered: true, Items: []doc.Item{
			{Label: "(a)", Blocks: []doc.Block{paragraph(text(clause, "act"))}},
			{Label: "(b)", Blocks: []doc.Block{paragraph(text(clause, "and rest."), doc.LineBreak{}, name, doc.Text{Value: "’s"})}},
		}},
		doc.Table{Columns: []doc.Column{{Head: []doc.Inline{doc.Text{Value: "Head."}}}}},
		doc.Signature{},
		heading(2, "", "Signatures"),
		paragraph(doc.Text{Value: "Not an article."}),
		heading(2, "article-two", "Two"),
		heading(2, "schedule-budget", "Budget"),
		paragraph(doc.Text{Value: "Not an article either."}),
	}}
	const want = `The owner's page ()
  nowhere  5 5 "This is the first page."
  nowhere  5 7 "an item without a mark"
  nowhere  2 3 "Who decides?"
  nowhere  1 1 "You."
One (article-one)
  aa-01.md:1:1 aa-01 2 2 "One thing."
  aa-01.md:1:12 aa-01 3 4 "Two things (“really.”)"
  aa-01.md:2:20 aa-01 7 9 "Both of Dr. Who & Co. Inc., who pays 4.5 days."
  aa-01.md:4:1 aa-01 9 11 "see e.g. the J. Doe case in Section 4.2."
  aa-01.md:5:3 aa-01 2 2 "It shall:"
  aa-01.md:6:1 aa-01 1 1 "act" after "It shall:"
  aa-01.md:7:1 aa-01 2 2 "and rest." after "It shall:"
  nowhere aa-01 1 2 "Dr. Who & Co. Inc.’s" after "It shall:"
Two (article-two)
`
	got := described(prose.Read(d, []*source.File{data}))
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestSchedules holds which lines of a Schedule are sentences of our own: not
// tables, values, titles and rows of the short form, and lines without an end.
func TestSchedules(t *testing.T) {
	data := source.New("a.yaml", []byte("All is well.\n"))
	value := text(data, "All is well.")
	bold := func(words string) doc.Inline { return doc.Strong{Text: []doc.Inline{doc.Text{Value: words}}} }
	d := doc.Document{Blocks: []doc.Block{
		heading(2, "article-one", "One"),
		paragraph(doc.Text{Value: "In an article."}),
		heading(2, "schedule-logs", "Logs"),
		paragraph(doc.Text{Value: "Logs are kept. "}, bold("Owner"), doc.Text{Value: " is a column."}),
		heading(3, "", "Part."),
		paragraph(value),
		paragraph(value, doc.Text{Value: " That is so."}),
		paragraph(doc.Text{Value: "Kept by "}, value),
		doc.Table{Columns: []doc.Column{{Head: []doc.Inline{doc.Text{Value: "Head."}}}}},
		doc.List{Items: []doc.Item{{Blocks: []doc.Block{paragraph(value)}}}},
		paragraph(bold("Title."), doc.Text{Value: " After a title."}),
		paragraph(bold("Title:"), doc.Text{Value: " one; two."}),
		paragraph(value, doc.Text{Value: " – "}, doc.Emphasis{Text: []doc.Inline{doc.Text{Value: "Kept:"}}}, doc.Text{Value: " for a year."}),
		paragraph(bold("Title"), doc.Text{Value: " begins a sentence."}),
		heading(2, "", "Signatures"),
		paragraph(doc.Text{Value: "The end."}),
		heading(2, "schedule-empty", "Empty"),
	}}
	const want = `Logs (schedule-logs)
  nowhere  3 3 "Logs are kept."
  nowhere  4 6 "Owner is a column."
  nowhere  4 5 "All is well. That is so."
  nowhere  3 5 "After a title."
  nowhere  4 7 "Title begins a sentence."
Empty (schedule-empty)
`
	if got := described(prose.Schedules(d, []*source.File{data})); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestMeasure compares the two figures with those worked out on paper.
func TestMeasure(t *testing.T) {
	d := doc.Document{Blocks: []doc.Block{paragraph(doc.Text{Value: "The cat sat on the mat. It was happy."})}}
	m := prose.Read(d, nil)[0].Measure()
	if m != (prose.Measure{Sentences: 2, Words: 9, Syllables: 10}) {
		t.Errorf("got %v", m)
	}
	if got := m.SentenceLength(); got != 4.5 {
		t.Errorf("length %v", got)
	}
	// 206.835 - 1.015 * 9/2 - 84.6 * 10/9
	if got := m.Ease(); math.Abs(got-108.2675) > 1e-9 {
		t.Errorf("ease %v", got)
	}
	if none := (prose.Measure{}); none.SentenceLength() != 0 || none.Ease() != 100 {
		t.Errorf("no text: %v %v", none.SentenceLength(), none.Ease())
	}
}

// TestWorst holds the order of the sentences that a report names.
func TestWorst(t *testing.T) {
	d := doc.Document{Blocks: []doc.Block{paragraph(doc.Text{Value: "Responsibility. A cat and a dog sat on a mat all day. Organisations continually reevaluate operational responsibilities regarding customer information. A cow ran. A cow sat."})}}
	parts := prose.Read(d, nil)
	texts := func(list []prose.Sentence) string {
		var all []string
		for _, s := range list {
			all = append(all, strings.Fields(s.Text)[0]+strings.Fields(s.Text + " -")[1])
		}
		return strings.Join(all, " ")
	}
	if got, want := texts(prose.Longest(parts, 4)), "Acat Organisationscontinually Acow Acow"; got != want {
		t.Errorf("longest: %s", got)
	}
	if got, want := texts(prose.Hardest(parts, 2)), "Organisationscontinually Acat"; got != want {
		t.Errorf("hardest: %s", got)
	}
	if got := len(prose.Longest(parts, 99)); got != 5 {
		t.Errorf("%d sentences", got)
	}
}

// TestSyllables compares the counter with known values: a line of
// testdata/syllables.txt is a word and all its accepted counts.
func TestSyllables(t *testing.T) {
	data, err := os.ReadFile("testdata/syllables.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		n++
		fields := strings.Fields(line)
		got := prose.Syllables(fields[0])
		ok := false
		for _, known := range fields[1:] {
			count, err := strconv.Atoi(known)
			if err != nil {
				t.Fatal(err)
			}
			ok = ok || got == count
		}
		if !ok {
			t.Errorf("%s: %d, want %s", fields[0], got, strings.Join(fields[1:], " or "))
		}
	}
	if n < 1500 {
		t.Errorf("only %d words", n)
	}
}

// TestSyllablesOfMarks holds what is no plain word: compounds, abbreviations,
// genitives, figures.
func TestSyllablesOfMarks(t *testing.T) {
	for word, want := range map[string]int{
		"MSA": 3, "MSAs": 3, "WWW": 9, "CPAs,": 3, "IT": 2, "A": 1, "I": 1,
		"follow-up": 3, "(real-time)": 2, "Business": 2,
		"Provider’s": 3, "Party's": 2, "business’s": 3, "Parties’": 2, "don’t": 1,
		"30": 2, "4.2": 2, "$1,440.00": 2, "2026-11-21": 2, "CISA": 4, "“really.”": 2,
	} {
		if got := prose.Syllables(word); got != want {
			t.Errorf("%s: %d, want %d", word, got, want)
		}
	}
}

// TestPromises holds who is bound by a sentence and who may do what.
func TestPromises(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The Provider shall act.", "provider duty"},
		{"The Customer may act.", "customer right"},
		{"When the Customer asks, the Provider shall act and shall not rest.", "provider duty, provider duty"},
		{"The Provider works for the Customer. It shall act.", "provider duty"},
		{"If the Customer asks, it shall pay.", "customer duty"},
		{"The Security Executive may then refuse.", "customer remedy"},
		{"The Security Officer shall act.", "provider duty"},
		{"Each Party shall act. Neither Party shall rest.", "both duty, both duty"},
		{"Either Party may end this by notice.", "both remedy"},
		{"The Customer may not object.", "customer duty"},
		{"Each amendment shall carry a date.", "nobody duty"},
		{"Shall act.", ""},
		{"The Provider shall keep one at its own cost.", "provider duty, customer remedy"},
		{"The Customer shall bear the cost.", "customer duty, provider remedy"},
		{"The Customer may leave. It owes no fee for that.", "customer remedy, customer remedy"},
		{"The Customer does not owe a charge.", "customer remedy"},
		{"The Provider may, once that is so, pause its work.", "provider remedy"},
		{"A signer may sign.", "nobody right"},
		{"A Party that is late shall say so.", "both duty"},
		{"The owner of a Commitment shall act. The two shall meet.", "both duty, both duty"},
		{"The Provider works. It rests, unless the Customer asks. It shall stay.", "provider duty"},
	} {
		d := doc.Document{Blocks: []doc.Block{heading(2, "article-one", "One"), heading(3, "aa-01", "A"), paragraph(doc.Text{Value: c.text})}}
		if got := list(prose.Promises(prose.Read(d, nil))); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
	item := func(text string) doc.Item { return doc.Item{Blocks: []doc.Block{paragraph(doc.Text{Value: text})}} }
	d := doc.Document{Blocks: []doc.Block{
		paragraph(doc.Text{Value: "On the first page, the Provider shall not count."}),
		heading(2, "article-one", "One"), heading(3, "aa-01", "A"),
		paragraph(doc.Text{Value: "The Customer asks. The Provider shall:"}),
		doc.List{Ordered: true, Items: []doc.Item{item("act;"), item("bear the cost;"), item("sleep.")}},
		paragraph(doc.Text{Value: "In that case:"}),
		doc.List{Ordered: true, Items: []doc.Item{item("the Customer may stop;"), item("both Parties shall meet.")}},
		heading(3, "aa-02", "B"),
		paragraph(doc.Text{Value: "It shall act."}),
	}}
	if got, want := list(prose.Promises(prose.Read(d, nil))), "provider duty, provider duty, provider duty, customer remedy, both duty, nobody duty"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func list(promises []prose.Promise) string {
	var all []string
	for _, p := range promises {
		all = append(all, p.Side.String()+" "+map[prose.Kind]string{prose.Duty: "duty", prose.Right: "right", prose.Remedy: "remedy"}[p.Kind])
	}
	return strings.Join(all, ", ")
}
