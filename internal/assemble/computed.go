package assemble

import (
	"concordat/internal/doc"
	"concordat/internal/schedule"
)

// computed are the parts of a document that no clause or layout says.
type computed interface {
	schedule(id string) (s schedule.Schedule, ok bool)
	extract(id string) []doc.Block
	signatures() []doc.Block
}

// agreed are those of an agreement.
type agreed struct{ *assembly }

func (s agreed) schedule(id string) (schedule.Schedule, bool) {
	return schedule.Build(id, s.agreement, s.names)
}

func (s agreed) extract(id string) []doc.Block { return schedule.Extract(id, s.agreement) }
func (s agreed) signatures() []doc.Block       { return s.assembly.signatures() }
