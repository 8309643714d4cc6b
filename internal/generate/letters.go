package generate

import (
	"concordat/internal/doc"
)

// Undrawable says why a text cannot be printed in a PDF; it is empty for a text
// that can.
func (g *Generator) Undrawable(text string) string {
	for _, d := range g.fonts.Check(doc.Document{Meta: doc.Meta{Title: text}}) {
		return d.Message
	}
	return ""
}
