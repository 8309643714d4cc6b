package pdf

import "concordat/internal/doc"

const (
	signatureGutter = 36 * Pt  // between two blocks that stand side by side
	signatureField  = 40 * Pt  // from a label to its field
	signatureWidth  = 280 * Pt // of a block that stands alone, at most
)

// signatures adds signature blocks, two side by side. Each pair is one piece,
// which no page divides, and it stands with the line above it: no signature
// is alone on its page.
func (l *layouter) signatures(blocks []doc.Block, c column) {
	half := column{c.x, (c.width - signatureGutter) / 2}
	for i := 0; i < len(blocks); i += 2 {
		l.space(signatureGap)
		if i == 0 && !l.page && len(l.pieces) > 0 {
			l.glue = max(l.glue, 1)
		}
		p := l.signature(blocks[i].(doc.Signature), half)
		if i+1 < len(blocks) {
			right := l.signature(blocks[i+1].(doc.Signature), column{half.x + half.width + signatureGutter, half.width})
			p.height = max(p.height, right.height)
			p.runs = append(p.runs, right.runs...)
			p.rules = append(p.rules, right.rules...)
		}
		l.push(p)
	}
	l.space(signatureGap)
}

// signature is one block in column c: the party, and lines to sign on.
func (l *layouter) signature(s doc.Signature, c column) piece {
	var p piece
	l.stack(&p, textOf(Bold, s.Party...), bodyLook, c)
	l.stack(&p, textOf(Regular, s.LegalName...), bodyLook, c)
	p.height += 16 * Pt
	for _, field := range []struct {
		label string
		value []doc.Inline
	}{
		{doc.SignBy, nil},
		{doc.SignName, s.Name},
		{doc.SignTitle, s.Title},
		{doc.SignDate, nil},
	} {
		p.height += 6 * Pt
		top := p.height
		label := plainText(Regular, field.label)
		l.runs(label, line{0, len(label.s), 0}, labelLook, c.x, top+bodyLook.baseline(), RoleBody, l.nextFlow(), &p)
		value := column{c.x + signatureField, c.width - signatureField}
		if t := textOf(Regular, field.value...); !t.empty() {
			l.stack(&p, t, bodyLook, value)
			continue
		}
		p.height += 8 * Pt // room for a hand
		y := top + bodyLook.baseline() + 3*Pt
		p.rules = append(p.rules, Rule{X1: value.x, Y1: y, X2: value.x + value.width, Y2: y, Thick: Pt * 3 / 4, Color: black})
	}
	return p
}

// stack adds the lines of a text below what a piece holds.
func (l *layouter) stack(p *piece, t text, k look, c column) {
	if t.empty() {
		return
	}
	flow := l.nextFlow()
	for _, ln := range l.f.lines(t, c.units(k.size)) {
		l.runs(t, ln, k, c.x, p.height+k.baseline(), RoleBody, flow, p)
		p.height += k.leading
	}
}
