package record

import "fmt"

// Cause is why a commitment is late. Its zero is invalid.
type Cause string

// The sixteen causes. They are words for a conversation between the parties,
// not findings of fault.
const (
	Communication    Cause = "communication"
	ScopeUnclear     Cause = "scope_unclear"
	NoContact        Cause = "no_contact"
	CustomerDecision Cause = "customer_decision"
	CustomerResource Cause = "customer_resource"
	ProviderResource Cause = "provider_resource"
	ProviderSkill    Cause = "provider_skill"
	Complexity       Cause = "complexity"
	Dependency       Cause = "dependency"
	Testing          Cause = "testing"
	UserTraining     Cause = "user_training"
	Technical        Cause = "technical"
	VendorSupply     Cause = "vendor_supply"
	ChangeProcess    Cause = "change_process"
	Funding          Cause = "funding"
	Other            Cause = "other" // the delay's note says which
)

// causes are all causes with the words by which a reader sees them.
func causes() []causeLabel {
	return []causeLabel{
		{Communication, "Communication between the parties"},
		{ScopeUnclear, "Unclear scope or requirements"},
		{NoContact, "No contact could be reached"},
		{CustomerDecision, "A decision of the customer is open"},
		{CustomerResource, "The customer’s people had no time"},
		{ProviderResource, "The provider’s people had no time"},
		{ProviderSkill, "The provider lacked a skill"},
		{Complexity, "The work is more complex than expected"},
		{Dependency, "Other work has to be finished first"},
		{Testing, "Testing took longer or failed"},
		{UserTraining, "People have to be trained first"},
		{Technical, "A technical fault"},
		{VendorSupply, "A vendor has not delivered"},
		{ChangeProcess, "The change was not approved in time"},
		{Funding, "The money was not released"},
		{Other, "Another cause"},
	}
}

type causeLabel struct {
	cause Cause
	label string
}

// Label is the cause as a reader sees it, such as "A vendor has not delivered".
func (c Cause) Label() string {
	for _, x := range causes() {
		if x.cause == c {
			return x.label
		}
	}
	panic(fmt.Sprintf("record: unknown cause %q", string(c)))
}

func (c *Cause) UnmarshalText(text []byte) error { return word(c, text) }

func (Cause) words() []string {
	var words []string
	for _, x := range causes() {
		words = append(words, string(x.cause))
	}
	return words
}
