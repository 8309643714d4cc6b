package schedule

import (
	"slices"

	"concordat/internal/agreement"
)

func (w writer) subcontractorIndex(id string) (int, bool) {
	i := slices.IndexFunc(w.a.Subcontractors, func(x agreement.Subcontractor) bool { return x.ID == id })
	return i, i >= 0
}

func (w writer) escalationIndex(id string) (int, bool) {
	i := slices.IndexFunc(w.a.Escalations, func(x agreement.Escalation) bool { return x.ID == id })
	return i, i >= 0
}

func (w writer) documentIndex(id string) (int, bool) {
	i := slices.IndexFunc(w.a.RelatedDocuments, func(x agreement.RelatedDocument) bool { return x.ID == id })
	return i, i >= 0
}
