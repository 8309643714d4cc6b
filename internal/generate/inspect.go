package generate

import (
	"concordat/internal/agreement"
	"concordat/internal/assemble"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/yamlsrc"
)

// Inspect assembles the document of an agreement for those who explain it, and
// keeps how it came to be. What is wrong is in the list, as CheckTree has it. With
// an error there the inspection holds what can be said all the same: with broken
// rules the document as it would be, otherwise the library only.
func (g *Generator) Inspect(tree *yamlsrc.Node) (*assemble.Inspection, diag.List) {
	a, list := agreement.LoadBroken(tree, g.frameworks)
	if !list.HasErrors() {
		inspection, problems := g.assembler.Inspect(a)
		return inspection, append(list, problems...).Sorted()
	}
	inspection, _ := g.assembler.Inspect(nil)
	if a != nil {
		// What a broken rule would have held does not hold, so this may fail. The
		// errors are reported in any case.
		_ = Guard("", func() error {
			inspection, _ = g.assembler.Inspect(a)
			return nil
		})
	}
	return inspection, list.Sorted()
}

// Frameworks are those that the generator knows.
func (g *Generator) Frameworks() *framework.Set { return g.frameworks }
