package doc

import "fmt"

// Labels of the lines of a Signature, in their order.
const (
	SignBy    = "By"
	SignName  = "Name"
	SignTitle = "Title"
	SignDate  = "Date"

	// SignWitness stands last, in the block of a person who signs before a witness.
	SignWitness = "Witness"
)

// Texts calls f for each run of inlines of the blocks, in reading order.
func Texts(blocks []Block, f func([]Inline)) {
	for _, b := range blocks {
		switch b := b.(type) {
		case Heading:
			f(b.Text)
		case Paragraph:
			f(b.Text)
		case List:
			for _, item := range b.Items {
				Texts(item.Blocks, f)
			}
		case Table:
			for _, c := range b.Columns {
				f(c.Head)
			}
			for _, row := range b.Rows {
				for _, cell := range row.Cells {
					f(cell)
				}
			}
		case Quote:
			Texts(b.Blocks, f)
		case Signature:
			f(b.Party)
			f(b.LegalName)
			f(b.Name)
			f(b.Title)
		case PageBreak:
		default:
			panic(unknown(b))
		}
	}
}

// MapInlines is a copy of blocks in which f replaces each run of inlines. f
// gets every run that Texts visits.
func MapInlines(blocks []Block, f func([]Inline) []Inline) []Block {
	mapped := make([]Block, len(blocks))
	for i, b := range blocks {
		switch b := b.(type) {
		case Heading:
			b.Text = f(b.Text)
			mapped[i] = b
		case Paragraph:
			b.Text = f(b.Text)
			mapped[i] = b
		case List:
			items := make([]Item, len(b.Items))
			for j, item := range b.Items {
				items[j] = Item{Label: item.Label, Blocks: MapInlines(item.Blocks, f)}
			}
			mapped[i] = List{Ordered: b.Ordered, Items: items}
		case Table:
			mapped[i] = mapTable(b, f)
		case Quote:
			mapped[i] = Quote{Blocks: MapInlines(b.Blocks, f)}
		case Signature:
			mapped[i] = Signature{Party: f(b.Party), LegalName: f(b.LegalName), Name: f(b.Name), Title: f(b.Title), Witnessed: b.Witnessed}
		case PageBreak:
			mapped[i] = b
		default:
			panic(unknown(b))
		}
	}
	return mapped
}

func mapTable(t Table, f func([]Inline) []Inline) Table {
	columns := make([]Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = Column{Head: f(c.Head), Align: c.Align, Weight: c.Weight}
	}
	rows := make([]Row, len(t.Rows))
	for i, row := range t.Rows {
		cells := make([]Cell, len(row.Cells))
		for j, cell := range row.Cells {
			cells[j] = f(cell)
		}
		rows[i] = Row{Cells: cells, Total: row.Total}
	}
	return Table{Columns: columns, Rows: rows}
}

func unknown(v any) string { return fmt.Sprintf("doc: unknown member %T of a closed set", v) }
