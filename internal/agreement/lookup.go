package agreement

import "concordat/internal/framework"

// Each list with ids has two lookups: X gives the row itself, XIndex its place
// in the list, for a path such as "People[3].Name". The rows must not be
// changed.

// PersonIndex is the index in People of the person with an id.
func (a *Agreement) PersonIndex(id string) (int, bool) {
	return find(a.People, func(x *Person) string { return x.ID }, id)
}

// Person is the person with an id.
func (a *Agreement) Person(id string) (*Person, bool) {
	return at(a.People, a.PersonIndex, id)
}

// ThirdPartyIndex is the index in Parties.ThirdParties of the third party with
// an id.
func (a *Agreement) ThirdPartyIndex(id string) (int, bool) {
	return find(a.Parties.ThirdParties, func(x *Third) string { return x.ID }, id)
}

// ThirdParty is the third party with an id.
func (a *Agreement) ThirdParty(id string) (*Third, bool) {
	return at(a.Parties.ThirdParties, a.ThirdPartyIndex, id)
}

// AssetIndex is the index in CriticalAssets of the asset with an id.
func (a *Agreement) AssetIndex(id string) (int, bool) {
	return find(a.CriticalAssets, func(x *Asset) string { return x.ID }, id)
}

// Asset is the critical asset with an id.
func (a *Agreement) Asset(id string) (*Asset, bool) {
	return at(a.CriticalAssets, a.AssetIndex, id)
}

// ServiceIndex is the index in Services of the service with an id.
func (a *Agreement) ServiceIndex(id string) (int, bool) {
	return find(a.Services, func(x *Service) string { return x.ID }, id)
}

// Service is the service with an id.
func (a *Agreement) Service(id string) (*Service, bool) {
	return at(a.Services, a.ServiceIndex, id)
}

// ResponsibilityIndex is the index in Responsibilities of the row of a control.
func (a *Agreement) ResponsibilityIndex(control string) (int, bool) {
	return find(a.Responsibilities, func(x *Responsibility) string { return x.Control }, control)
}

// Responsibility is the row of a control. After Load each control of the
// baseline has one.
func (a *Agreement) Responsibility(control string) (*Responsibility, bool) {
	return at(a.Responsibilities, a.ResponsibilityIndex, control)
}

// CommitmentIndex is the index in Commitments of the commitment with an id.
func (a *Agreement) CommitmentIndex(id string) (int, bool) {
	return find(a.Commitments, func(x *Commitment) string { return x.ID }, id)
}

// Commitment is the commitment with an id.
func (a *Agreement) Commitment(id string) (*Commitment, bool) {
	return at(a.Commitments, a.CommitmentIndex, id)
}

// RiskAcceptanceIndex is the index in RiskAcceptances of the acceptance with
// an id.
func (a *Agreement) RiskAcceptanceIndex(id string) (int, bool) {
	return find(a.RiskAcceptances, func(x *RiskAcceptance) string { return x.ID }, id)
}

// RiskAcceptance is the risk acceptance with an id.
func (a *Agreement) RiskAcceptance(id string) (*RiskAcceptance, bool) {
	return at(a.RiskAcceptances, a.RiskAcceptanceIndex, id)
}

// SubcontractorIndex is the index in Subcontractors of the subcontractor with an id.
func (a *Agreement) SubcontractorIndex(id string) (int, bool) {
	return find(a.Subcontractors, func(x *Subcontractor) string { return x.ID }, id)
}

// Subcontractor is the subcontractor with an id.
func (a *Agreement) Subcontractor(id string) (*Subcontractor, bool) {
	return at(a.Subcontractors, a.SubcontractorIndex, id)
}

// EscalationIndex is the index in Escalations of the escalation with an id.
func (a *Agreement) EscalationIndex(id string) (int, bool) {
	return find(a.Escalations, func(x *Escalation) string { return x.ID }, id)
}

// Escalation is the escalation with an id.
func (a *Agreement) Escalation(id string) (*Escalation, bool) {
	return at(a.Escalations, a.EscalationIndex, id)
}

// RelatedDocumentIndex is the index in RelatedDocuments of the related document with an id.
func (a *Agreement) RelatedDocumentIndex(id string) (int, bool) {
	return find(a.RelatedDocuments, func(x *RelatedDocument) string { return x.ID }, id)
}

// RelatedDocument is the related document with an id.
func (a *Agreement) RelatedDocument(id string) (*RelatedDocument, bool) {
	return at(a.RelatedDocuments, a.RelatedDocumentIndex, id)
}

// ServiceLevelIndex is the index in ServiceLevels of the service level with an id.
func (a *Agreement) ServiceLevelIndex(id string) (int, bool) {
	return find(a.ServiceLevels, func(x *ServiceLevel) string { return x.ID }, id)
}

// ServiceLevel is the service level with an id.
func (a *Agreement) ServiceLevel(id string) (*ServiceLevel, bool) {
	return at(a.ServiceLevels, a.ServiceLevelIndex, id)
}

// DeclinedRecommendationIndex is the index in DeclinedRecommendations of the declined recommendation with an id.
func (a *Agreement) DeclinedRecommendationIndex(id string) (int, bool) {
	return find(a.DeclinedRecommendations, func(x *DeclinedRecommendation) string { return x.ID }, id)
}

// DeclinedRecommendation is the declined recommendation with an id.
func (a *Agreement) DeclinedRecommendation(id string) (*DeclinedRecommendation, bool) {
	return at(a.DeclinedRecommendations, a.DeclinedRecommendationIndex, id)
}

// BackupIndex is the index in Backups of the backup with an id.
func (a *Agreement) BackupIndex(id string) (int, bool) {
	return find(a.Backups, func(x *Backup) string { return x.ID }, id)
}

// Backup is the backup with an id.
func (a *Agreement) Backup(id string) (*Backup, bool) {
	return at(a.Backups, a.BackupIndex, id)
}

// ReviewIndex is the index in Reviews of the review with an id.
func (a *Agreement) ReviewIndex(id string) (int, bool) {
	return find(a.Reviews, func(x *Review) string { return x.ID }, id)
}

// Review is the review with an id.
func (a *Agreement) Review(id string) (*Review, bool) {
	return at(a.Reviews, a.ReviewIndex, id)
}

// SeverityIndex is the index in Incident.Severities of the severity with an id.
func (a *Agreement) SeverityIndex(id string) (int, bool) {
	if a.Incident == nil {
		return 0, false
	}
	return find(a.Incident.Severities, func(x *Severity) string { return x.ID }, id)
}

// BudgetLine is the index in Budget.Lines of the line with an id.
func (a *Agreement) BudgetLine(id string) (int, bool) {
	if a.Budget == nil {
		return 0, false
	}
	return find(a.Budget.Lines, func(x *Line) string { return x.ID }, id)
}

// Contact is the person a party has in a role, such as "primary".
func (a *Agreement) Contact(party Party, role string) (*Person, bool) {
	for _, contact := range a.Contacts {
		if contact.Role != role {
			continue
		}
		if person, ok := a.Person(contact.Person); ok && person.Party == party {
			return person, true
		}
	}
	return nil, false
}

// Framework is the framework of the baseline. After Load it is never nil.
func (a *Agreement) Framework() *framework.Framework { return a.framework }

// MaturityFramework is the framework of the maturity scores. After Load it is
// nil only where there are none.
func (a *Agreement) MaturityFramework() *framework.Framework { return a.maturity }

// ProviderFramework is the framework by which the provider describes its own
// security. After Load it is nil only where it does not.
func (a *Agreement) ProviderFramework() *framework.Framework { return a.provider }

// BaselineItems are the controls of the baseline, in the framework's order:
// all of the framework but the excluded ones.
func (a *Agreement) BaselineItems() []framework.Item {
	if a.framework == nil {
		return nil
	}
	var items []framework.Item
	for _, item := range a.framework.Items {
		if _, excluded := a.exclusion(item.ID); !excluded {
			items = append(items, item)
		}
	}
	return items
}

// exclusion is the index in Baseline.Exclude of a control.
func (a *Agreement) exclusion(control string) (int, bool) {
	return find(a.Baseline.Exclude, func(x *Exclusion) string { return x.Control }, control)
}

// ScoreControls are the controls of the baseline's framework that a score is
// about: those of a function or category, or the one control itself.
func (a *Agreement) ScoreControls(item string) []string {
	if a.framework == nil {
		return nil
	}
	var ids []string
	for _, x := range a.framework.Within(item) {
		ids = append(ids, x.ID)
	}
	return ids
}

// find is the index of the first row with an id. No row has the id "".
func find[T any](rows []T, id func(*T) string, want string) (int, bool) {
	if want == "" {
		return 0, false
	}
	for i := range rows {
		if id(&rows[i]) == want {
			return i, true
		}
	}
	return 0, false
}

func at[T any](rows []T, index func(string) (int, bool), id string) (*T, bool) {
	if i, ok := index(id); ok {
		return &rows[i], true
	}
	return nil, false
}
