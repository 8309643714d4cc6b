package agreement

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// Class says how a field of a signed agreement may change.
type Class int

const (
	ByNotice    Class = iota + 1 // one party tells the other
	ByApproval                   // an approver of the customer agrees, within the variance of the budget
	ByAmendment                  // both parties sign again
)

// String is the word for the class: "notice", "approval" or "amendment".
func (c Class) String() string {
	switch c {
	case ByNotice:
		return "notice"
	case ByApproval:
		return "approval"
	case ByAmendment:
		return "amendment"
	default:
		panic(fmt.Sprintf("agreement: no class %d", int(c)))
	}
}

// byNotice are the fields that change by notice: how people are reached, the
// tools of the provider, and where evidence is kept. Paths have the Go names
// without indexes.
var byNotice = []string{
	"People.Title", "People.Email", "People.Phone", "People.Deputy",
	"Contacts.Role", "Contacts.Person", "Contacts.Hours",
	"Notices.Attention", "Notices.Address", "Notices.Email",
	"Parties.Provider.Address", "Parties.Customer.Address",
	"Parties.Provider.Tools.ID", "Parties.Provider.Tools.Name", "Parties.Provider.Tools.Kind", "Parties.Provider.Tools.MFA",
	"Parties.Provider.Tools.AdminExposure", "Parties.Provider.Tools.AllowList", "Parties.Provider.Tools.Rights", "Parties.Provider.Tools.Scope",
	"Parties.Provider.Assurance.ID", "Parties.Provider.Assurance.Kind", "Parties.Provider.Assurance.Ref",
	"Parties.Provider.Assurance.Issued", "Parties.Provider.Assurance.Expires",
	"Parties.Provider.Capability.Certifications.Name", "Parties.Provider.Capability.Certifications.Scope",
	"Parties.Provider.Capability.Certifications.Expires",
	"Parties.Provider.Capability.Staff", "Parties.Provider.Capability.References",
	"Parties.Customer.RiskPlan",
	"Continuity.Plan", "Incident.Plan", "RelatedDocuments.Ref",
	"Insurance.Certificate", "Insurance.Expires", "Insurance.Renewal",
	"Responsibilities.Evidence", "Maturity.Assessment.Evidence", "Maturity.Scores.Evidence",
	"VulnerabilityDisclosure.Contact",
	"Connections.LastVerified", "Reviews.Attendees",
	"Regulatory.CMMC.SSP", "Regulatory.CMMC.ServiceDescription", "Regulatory.PCI.AOC",
}

// byApproval are the fields that change by approval: prices, quantities and
// dates of what was promised. What leaves the variance of the budget is an
// amendment all the same.
var byApproval = []string{
	"Commitments.Start", "Commitments.Due", "Commitments.CustomerHours", "Commitments.Cost",
	"Commitments.Resources", "Commitments.TestPlan", "Commitments.TrainingNeeded", "Commitments.Rollback",
	"Commitments.InterimControl.Until",
	"Budget.Lines.Charges.Amount", "Budget.Lines.Charges.Quantity", "Budget.Lines.Charges.UnitPrice",
	"Budget.Lines.Charges.Every", "Budget.Lines.Charges.From", "Budget.Lines.Charges.To",
	"Budget.Lines.Basis", "Budget.Lines.Quote.Number", "Budget.Lines.Quote.Expires",
	"Reviews.First",
	"MaintenanceWindows.Days", "MaintenanceWindows.From", "MaintenanceWindows.To", "MaintenanceWindows.Frequency",
	"MaintenanceWindows.Except",
	"Regulatory.CMMC.POAM.CloseBy",
}

// classes gives each field of the model its class: what is not listed changes
// by amendment, the strictest. It never changes once made.
var classes = sync.OnceValue(func() map[string]Class {
	all := map[string]Class{}
	eachField(reflect.TypeFor[Agreement](), "", func(path string) { all[path] = ByAmendment })
	for class, paths := range map[Class][]string{ByNotice: byNotice, ByApproval: byApproval} {
		for _, path := range paths {
			if all[path] != ByAmendment {
				panic("agreement: no such field, or listed twice: " + path)
			}
			all[path] = class
		}
	}
	return all
})

// ClassOf is the class of the field at a path such as "Commitments[3].Due": Go
// names from the root, with or without indexes. It is false when the path
// leads to no single field.
func ClassOf(path string) (Class, bool) {
	var b strings.Builder
	for i, part := range strings.Split(path, "[") {
		if i > 0 {
			_, part, _ = strings.Cut(part, "]")
		}
		b.WriteString(part)
	}
	class, ok := classes()[b.String()]
	return class, ok
}

// eachField calls visit with the path of each single field below a type. The
// path of a list's entries is the list's own.
func eachField(t reflect.Type, path string, visit func(path string)) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	type text interface{ UnmarshalText([]byte) error }
	if t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(reflect.TypeFor[text]()) {
		visit(path)
		return
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() {
			eachField(f.Type, strings.TrimPrefix(path+"."+f.Name, "."), visit)
		}
	}
}
