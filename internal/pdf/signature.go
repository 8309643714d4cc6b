package pdf

import "concordat/internal/doc"

const (
	signatureGutter = 36 * Pt // between two blocks that stand side by side
	signatureField  = 38 * Pt // from a label to its field
	signatureLine   = 19 * Pt // height of a line with a printed value, at least
)

// signatures adds signature blocks, two side by side. Each pair is one piece,
// which no page divides, and it stands with the line above it: no signature
// is alone on its page. Blocks too high for that are set line by line.
func (l *layouter) signatures(blocks []doc.Block, c column) {
	left := column{c.x, (c.width - signatureGutter) / 2}
	right := column{left.x + left.width + signatureGutter, left.width}
	for i := 0; i < len(blocks); i += 2 {
		l.space(l.manner.signatureGap)
		if i == 0 && !l.page && len(l.pieces) > 0 {
			l.glue = max(l.glue, 1)
		}
		flow := l.flow
		pair := [][]piece{l.signature(blocks[i].(doc.Signature), left)}
		if i+1 < len(blocks) {
			pair = append(pair, l.signature(blocks[i+1].(doc.Signature), right))
		}
		if p := sideBySide(pair); p.height <= l.bodyHeight {
			l.push(p)
			continue
		}
		l.flow = flow
		for _, b := range blocks[i:min(i+2, len(blocks))] {
			l.space(l.manner.signatureGap)
			l.longSignature(b.(doc.Signature), c)
		}
	}
	l.space(l.manner.signatureGap)
}

// sideBySide is blocks as one piece, with their lines level.
func sideBySide(blocks [][]piece) piece {
	var heights []Length
	for _, b := range blocks {
		for i, p := range b {
			if i == len(heights) {
				heights = append(heights, 0)
			}
			heights[i] = max(heights[i], p.height)
		}
	}
	var all piece
	for _, b := range blocks {
		top := Length(0)
		for i, p := range b {
			all.rules = appendRules(all.rules, p.rules, top)
			all.runs = appendRuns(all.runs, p.runs, top)
			top += heights[i]
		}
		all.height = max(all.height, top)
	}
	return all
}

// signature is a block in column c, in pieces: the party with its legal name,
// and each of the lines to sign on. A name or title that is not known is a
// line to be filled in, like the signature and the date.
func (l *layouter) signature(s doc.Signature, c column) []piece {
	height := l.stack(l.texts.of(Bold, s.Party), l.manner.body, c, 0)
	height += l.stack(l.texts.of(Regular, s.LegalName), l.manner.body, c, height)
	pieces := []piece{l.piece(height)}
	value := column{c.x + signatureField, c.width - signatureField}
	for _, field := range signatureFields(s) {
		t := l.texts.of(Regular, field.value)
		height := signatureLine - l.manner.body.leading
		if t.empty() {
			height = l.manner.signatureRow - l.manner.body.leading
		}
		y := height + l.manner.body.baseline()
		label := l.texts.plain(Regular, field.label)
		l.setLabel(&label, labelLook, c.x, y, RoleBody, l.nextFlow())
		if t.empty() {
			l.rules = append(l.rules, blank(value, y))
			height += l.manner.body.leading
		} else {
			height += l.stack(t, l.manner.body, value, height)
		}
		pieces = append(pieces, l.piece(height))
	}
	return pieces
}

// blank is a line to write on.
func blank(c column, y Length) Rule {
	return Rule{X1: c.x, Y1: y + 2*Pt, X2: c.x + c.width, Y2: y + 2*Pt, Thick: Pt * 3 / 4}
}

// signatureRow is a line of a signature block.
type signatureRow struct {
	label string
	value []doc.Inline
}

func signatureFields(s doc.Signature) []signatureRow {
	rows := []signatureRow{{doc.SignBy, nil}, {doc.SignName, s.Name}, {doc.SignTitle, s.Title}, {doc.SignDate, nil}}
	if s.Witnessed {
		rows = append(rows, signatureRow{doc.SignWitness, nil})
	}
	return rows
}

// longSignature sets a block that is higher than a page, one piece a line.
func (l *layouter) longSignature(s doc.Signature, c column) {
	l.paragraph(l.texts.of(Bold, s.Party), l.manner.body, c)
	l.paragraph(l.texts.of(Regular, s.LegalName), l.manner.body, c)
	value := column{c.x + signatureField, c.width - signatureField}
	for _, field := range signatureFields(s) {
		t := l.texts.of(Regular, field.value)
		label := l.texts.plain(Regular, field.label)
		if t.empty() {
			y := l.manner.signatureRow - 4*Pt
			l.setLabel(&label, labelLook, c.x, y, RoleBody, l.nextFlow())
			l.rules = append(l.rules, blank(value, y))
			l.push(l.piece(l.manner.signatureRow))
			continue
		}
		l.labelled(label, RoleBody, t, l.manner.body, c, value)
	}
}

// stack sets the lines of a text from y down, and gives their height.
func (l *layouter) stack(t text, k look, c column, y Length) Length {
	if t.empty() {
		return 0
	}
	flow := l.nextFlow()
	l.lines = l.f.lines(l.lines[:0], &t, c.units(k.size))
	for i, ln := range l.lines {
		l.set(&t, ln, k, c.x, y+Length(i)*k.leading+k.baseline(), RoleBody, flow)
	}
	return Length(len(l.lines)) * k.leading
}
