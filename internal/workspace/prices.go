package workspace

import (
	"slices"
	"sync"

	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/money"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// pricing is the sections that charges refer to. They are no part of the
// agreement: each reference becomes the amount or the number it stands for.
type pricing struct {
	Book       *priceBook `yaml:"price_book"`
	Quantities []quantity `yaml:"quantities"` // how many of something the customer has, for charges with quantity_of
}

var pricingShapes = sync.OnceValue(yamlsrc.ShapesOf[pricing])

// priceBook is the provider's prices, which hold for some time.
type priceBook struct {
	ID         string         `yaml:"id"` // such as PB-2027
	ValidFrom  calendar.Date  `yaml:"valid_from"`
	ValidUntil calendar.Date  `yaml:"valid_until"` // last day on which an agreement can begin
	Currency   money.Currency `yaml:"currency"`
	Prices     []price        `yaml:"prices"`
}

// price is the price of one unit each time a charge falls due.
type price struct {
	ID     string        `yaml:"id"` // such as PR-SCAN, by which charges name it under price
	Name   string        `yaml:"name"`
	Unit   string        `yaml:"unit"` // such as "endpoint and month"
	Amount *money.Amount `yaml:"amount"`
}

// quantity is how many of something the customer has.
type quantity struct {
	ID    string `yaml:"id"` // such as PEOPLE, by which charges name it under quantity_of
	Name  string `yaml:"name"`
	Count int    `yaml:"count"`
}

// pricer replaces references to prices and quantities.
type pricer struct {
	pricing
	tree      *yamlsrc.Node // the whole agreement
	notes     map[*yamlsrc.Node]string
	positions *yamlsrc.Positions
	list      diag.List
}

// resolvePrices takes price book and quantities out of the tree, and puts what
// they say into the charges that refer to them.
func resolvePrices(tree *yamlsrc.Node, notes map[*yamlsrc.Node]string) (*yamlsrc.Node, diag.List) {
	own, rest := cut(tree, "price_book", "quantities")
	p := pricer{tree: tree, notes: notes}
	p.positions, p.list = tree.WithFields(own).Decode(&p.pricing, yamlsrc.Options{What: "agreement file", Shapes: pricingShapes()})
	if p.list.HasErrors() {
		return tree, p.list
	}
	p.checkBook()
	p.checkQuantities()
	for i, f := range rest {
		if f.Key.Value == "budget" {
			rest[i].Value = p.each(f.Value, "lines", func(line *yamlsrc.Node) *yamlsrc.Node {
				return p.each(line, "charges", p.charge)
			})
		}
	}
	return tree.WithFields(rest), p.list
}

// each is the mapping n with f done to each entry of a list in it.
func (p *pricer) each(n *yamlsrc.Node, list string, f func(*yamlsrc.Node) *yamlsrc.Node) *yamlsrc.Node {
	if n.Kind != yamlsrc.Mapping {
		return n
	}
	fields := slices.Clone(n.Fields)
	for i, field := range fields {
		if field.Key.Value != list || field.Value.Kind != yamlsrc.List {
			continue
		}
		items := slices.Clone(field.Value.Items)
		for j, item := range items {
			if item.Kind == yamlsrc.Mapping {
				items[j] = f(item)
			}
		}
		fields[i].Value = field.Value.WithItems(items)
	}
	return n.WithFields(fields)
}

func (p *pricer) checkBook() {
	b := p.Book
	if b == nil {
		return
	}
	for _, field := range []struct {
		key   string
		empty bool
	}{
		{"id", b.ID == ""}, {"valid_from", b.ValidFrom.IsZero()}, {"valid_until", b.ValidUntil.IsZero()},
		{"currency", b.Currency.IsZero()}, {"prices", len(b.Prices) == 0},
	} {
		if field.empty {
			p.list.Errorf(codeBook, p.positions.Nearest("Book"), "add the field", "missing %q in the price book", field.key)
		}
	}
	if !b.ValidUntil.IsZero() && b.ValidUntil.Before(b.ValidFrom) {
		p.list.Errorf(codeBook, p.positions.Nearest("Book.ValidUntil"), "give the last day on which the prices hold",
			"the price book ends on %s, before it begins on %s", b.ValidUntil, b.ValidFrom)
	}
	seen := map[string]int{}
	for i, x := range b.Prices {
		path := index("Book.Prices", i)
		switch first, again := seen[x.ID]; {
		case x.ID == "":
			p.list.Errorf(codeBook, p.positions.Nearest(path), "add the field", `missing "id" in a price`)
			continue
		case again:
			p.twice(codeBook, path+".ID", index("Book.Prices", first)+".ID", x.ID)
		}
		seen[x.ID] = i
		switch {
		case x.Amount == nil:
			p.list.Errorf(codeBook, p.positions.Nearest(path), "add the field", `missing "amount" in price %q`, x.ID)
		case x.Amount.Sign() < 0:
			p.list.Errorf(codeBook, p.positions.Nearest(path+".Amount"), "", "price %q is below nothing", x.ID)
		case !b.Currency.IsZero() && !x.Amount.Fits(b.Currency):
			p.list.Errorf(codeBook, p.positions.Nearest(path+".Amount"), "", "price %q has more digits than %s has", x.ID, b.Currency)
		}
	}
	effective, err := calendar.ParseDate(value(p.tree, "term", "effective"))
	if err == nil && !b.ValidUntil.IsZero() && b.ValidUntil.Before(effective) {
		p.list.Errorf(codeExpired, p.positions.Nearest("Book.ValidUntil"), "use the price book that holds on that day",
			"the price book %q holds until %s, but the agreement begins on %s", b.ID, b.ValidUntil, effective)
		p.note(p.tree.Field("term").Field("effective").Span, "the agreement begins here")
	}
	if err == nil && b.ValidFrom.After(effective) {
		p.list.Errorf(codeEarly, p.positions.Nearest("Book.ValidFrom"), "use the price book that holds on that day",
			"the price book %q holds from %s on, but the agreement begins on %s", b.ID, b.ValidFrom, effective)
		p.note(p.tree.Field("term").Field("effective").Span, "the agreement begins here")
	}
	currency := p.tree.Field("budget").Field("currency")
	if currency != nil && !b.Currency.IsZero() && currency.Value != b.Currency.String() {
		p.list.Errorf(codeCurrency, currency.Span, "use a price book in the currency of the budget",
			"the budget is in %s, the price book %q in %s", currency.Value, b.ID, b.Currency)
		p.note(p.positions.Nearest("Book.Currency"), "the price book")
	}
}

func (p *pricer) checkQuantities() {
	seen := map[string]int{}
	for i, q := range p.Quantities {
		path := index("Quantities", i)
		switch first, again := seen[q.ID]; {
		case q.ID == "":
			p.list.Errorf(codeQuantity, p.positions.Nearest(path), "add the field", `missing "id" in a quantity`)
		case again:
			p.twice(codeQuantity, path+".ID", index("Quantities", first)+".ID", q.ID)
		}
		seen[q.ID] = i
		if _, written := p.positions.Value(path + ".Count"); !written || q.Count < 0 {
			p.list.Errorf(codeQuantity, p.positions.Nearest(path+".Count"), "write how many there are", "quantity %q has no count of 0 or more", q.ID)
		}
	}
}

func (p *pricer) twice(code, path, first, id string) {
	p.list.Errorf(code, p.positions.Nearest(path), "give one of them another id", "id %q stands here a second time", id)
	p.note(p.positions.Nearest(first), "first here")
}

// charge puts amounts in place of references.
func (p *pricer) charge(n *yamlsrc.Node) *yamlsrc.Node {
	priceRef, countRef := n.Field("price"), n.Field("quantity_of")
	if priceRef == nil && countRef == nil {
		return n
	}
	var fields []yamlsrc.Field
	for _, f := range n.Fields {
		switch f.Key.Value {
		case "price":
			for _, other := range []string{"amount", "unit_price"} {
				if n.Field(other) != nil {
					p.list.Errorf(codeCharge, f.Key.Span, "keep one of them", `a charge has "price" or %q, not both`, other)
				}
			}
			if n.Field("quantity") == nil && countRef == nil {
				p.list.Errorf(codeCharge, f.Key.Span, `add "quantity" or "quantity_of"`, `a charge with "price" says how many`)
			}
			var rows []*yamlsrc.Node
			if book := p.tree.Field("price_book").Field("prices"); book != nil {
				rows = book.Items
			}
			if amount := p.find(f.Value, rows, "amount", codeUnknownPrice, "the price book has no price %q"); amount != nil {
				fields = append(fields, yamlsrc.Field{Key: f.Key.Plain("unit_price"), Value: amount})
			}
		case "quantity_of":
			if n.Field("quantity") != nil {
				p.list.Errorf(codeCharge, f.Key.Span, "keep one of them", `a charge has "quantity_of" or "quantity", not both`)
			}
			var rows []*yamlsrc.Node
			if list := p.tree.Field("quantities"); list != nil {
				rows = list.Items
			}
			if count := p.find(f.Value, rows, "count", codeUnknownQuantity, "the agreement has no quantity %q"); count != nil {
				fields = append(fields, yamlsrc.Field{Key: f.Key.Plain("quantity"), Value: count})
			}
		default:
			fields = append(fields, f)
		}
	}
	return n.WithFields(fields)
}

// find is a field of the row whose id a charge names.
func (p *pricer) find(ref *yamlsrc.Node, rows []*yamlsrc.Node, field, code, format string) *yamlsrc.Node {
	if ref.Kind != yamlsrc.Scalar {
		p.list.Errorf(codeCharge, ref.Span, "write one id", "expected the id of a price or quantity, found %s", ref.Kind)
		return nil
	}
	var ids []string
	for _, row := range rows {
		id := row.Field("id")
		if id == nil {
			continue
		}
		if id.Value == ref.Value {
			if found := row.Field(field); found != nil {
				p.notes[found] = field + " of " + ref.Value
				return found
			}
			return nil
		}
		ids = append(ids, id.Value)
	}
	hint := ""
	if len(p.list) > maxHints {
		ids = nil
	}
	if near := diag.Nearest(ref.Value, ids); near != "" {
		hint = `did you mean "` + near + `"?`
	}
	p.list.Errorf(code, ref.Span, hint, format, ref.Value)
	return nil
}

func (p *pricer) note(span source.Span, message string) {
	last := &p.list[len(p.list)-1]
	last.Notes = append(last.Notes, diag.Note{Span: span, Message: message})
}

// value is the text of the scalar that keys lead to, or empty.
func value(n *yamlsrc.Node, keys ...string) string {
	for _, key := range keys {
		n = n.Field(key)
	}
	if n == nil {
		return ""
	}
	return n.Value
}
