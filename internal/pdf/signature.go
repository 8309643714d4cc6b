package pdf

import "concordat/internal/doc"

const (
	signatureGutter = 36 * Pt // between two blocks that stand side by side
	signatureField  = 38 * Pt // from a label to its field
	signatureHand   = 34 * Pt // height of a line that is filled in by hand
	signatureLine   = 19 * Pt // height of a line with a printed value, at least
)

// signatures adds signature blocks, two side by side. Each pair is one piece,
// which no page divides, and it stands with the line above it: no signature
// is alone on its page. Blocks too high for that are set line by line.
func (l *layouter) signatures(blocks []doc.Block, c column) {
	half := column{c.x, (c.width - signatureGutter) / 2}
	for i := 0; i < len(blocks); i += 2 {
		l.space(signatureGap)
		if i == 0 && !l.page && len(l.pieces) > 0 {
			l.glue = max(l.glue, 1)
		}
		flow := l.flow
		left := blocks[i].(doc.Signature)
		if i+1 == len(blocks) {
			p := l.parties(left, half)
			l.fields(left, half, &p)
			if p.height <= l.bodyHeight {
				l.push(p)
				continue
			}
		} else {
			right := blocks[i+1].(doc.Signature)
			c2 := column{half.x + half.width + signatureGutter, half.width}
			// The flows of the left block come before those of the right.
			p := l.parties(left, half)
			top := p.height
			measured := layouter{f: l.f}
			top = max(top, measured.parties(right, c2).height)
			p.height = top
			l.fields(left, half, &p)
			q := l.parties(right, c2)
			q.height = top
			l.fields(right, c2, &q)
			p.height = max(p.height, q.height)
			p.runs = append(p.runs, q.runs...)
			p.rules = append(p.rules, q.rules...)
			if p.height <= l.bodyHeight {
				l.push(p)
				continue
			}
		}
		l.flow = flow
		for _, b := range blocks[i:min(i+2, len(blocks))] {
			l.space(signatureGap)
			l.longSignature(b.(doc.Signature), c)
		}
	}
	l.space(signatureGap)
}

// parties is the head of a block: the party's term and its legal name.
func (l *layouter) parties(s doc.Signature, c column) piece {
	var p piece
	l.stack(&p, textOf(Bold, s.Party...), bodyLook, c)
	l.stack(&p, textOf(Regular, s.LegalName...), bodyLook, c)
	return p
}

// fields adds the lines to sign on. A name or title that is not known is a
// line to be filled in, like the signature and the date.
func (l *layouter) fields(s doc.Signature, c column, p *piece) {
	value := column{c.x + signatureField, c.width - signatureField}
	for _, field := range signatureFields(s) {
		t := textOf(Regular, field.value...)
		if t.empty() {
			p.height += signatureHand - bodyLook.leading
		} else {
			p.height += signatureLine - bodyLook.leading
		}
		label := plainText(Regular, field.label)
		y := p.height + bodyLook.baseline()
		l.runs(label, line{0, len(label.s), 0}, labelLook, c.x, y, RoleBody, l.nextFlow(), p)
		if !t.empty() {
			l.stack(p, t, bodyLook, value)
			continue
		}
		p.rules = append(p.rules, Rule{X1: value.x, Y1: y + 2*Pt, X2: value.x + value.width, Y2: y + 2*Pt, Thick: Pt * 3 / 4})
		p.height += bodyLook.leading
	}
}

type signatureRow struct {
	label string
	value []doc.Inline
}

func signatureFields(s doc.Signature) []signatureRow {
	return []signatureRow{{doc.SignBy, nil}, {doc.SignName, s.Name}, {doc.SignTitle, s.Title}, {doc.SignDate, nil}}
}

// longSignature sets a block that is higher than a page, one piece a line.
func (l *layouter) longSignature(s doc.Signature, c column) {
	l.paragraph(textOf(Bold, s.Party...), bodyLook, c)
	l.paragraph(textOf(Regular, s.LegalName...), bodyLook, c)
	for _, field := range signatureFields(s) {
		t := textOf(Regular, field.value...)
		y := signatureHand - 4*Pt
		if t.empty() {
			p := piece{height: signatureHand, rules: []Rule{{X1: c.x + signatureField, Y1: y + 2*Pt, X2: c.x + c.width, Y2: y + 2*Pt, Thick: Pt * 3 / 4}}}
			label := plainText(Regular, field.label)
			l.runs(label, line{0, len(label.s), 0}, labelLook, c.x, y, RoleBody, l.nextFlow(), &p)
			l.push(p)
			continue
		}
		l.labelled(plainText(Regular, field.label), RoleBody, t, bodyLook, c, column{c.x + signatureField, c.width - signatureField})
	}
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
