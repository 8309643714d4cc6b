// Package summary says in a few lines what an agreement comes to, for the
// person who has just checked it: who owns which controls, which promises have
// money behind them, what a person costs the customer each month, and which of
// the questions that CISA advises a customer to ask are answered.
//
// A summary counts and never judges; the rules of package agreement judge. It
// computes no sum that the agreement has computed already, and each figure in
// it is the one that the document prints.
package summary

import (
	"encoding/json"
	"slices"

	"concordat/internal/agreement"
	"concordat/internal/money"
)

// Summary is what one agreement comes to. Its JSON holds ids and plain values
// in a fixed order; a list that is empty is [], never null.
type Summary struct {
	ID        string    `json:"id"` // of the agreement
	Controls  Controls  `json:"controls"`
	Promises  Promises  `json:"promises"`
	Cost      *Cost     `json:"cost"` // null without a budget
	Checklist Checklist `json:"checklist"`
	NextSteps []Step    `json:"next_steps"` // unanswered questions first
}

// Of sums up an agreement that was loaded without an error. It reads nothing
// but the agreement, and gives the same for the same agreement.
func Of(a *agreement.Agreement) Summary {
	s := Summary{
		ID:        a.Info.ID,
		Controls:  controls(a),
		Promises:  promises(a),
		Cost:      cost(a),
		Checklist: checklist(a),
	}
	s.NextSteps = nextSteps(a, s)
	return s
}

// Controls says who owns the controls of the baseline.
type Controls struct {
	Framework string  `json:"framework"` // id with version, such as "cisa-cpg-2.0"
	Total     int     `json:"total"`     // rows of the matrix
	Owners    []Owned `json:"owners"`    // each kind of owner once: provider, customer, shared, third_party, unassigned, not_applicable
}

// Owned are the controls of one kind of owner.
type Owned struct {
	Owner    agreement.Party `json:"owner"`
	Count    int             `json:"count"`
	Controls []string        `json:"controls"` // ids, in the order of the framework
}

// owners are all kinds of owners, in the order in which they are shown.
func owners() []agreement.Party {
	return []agreement.Party{agreement.Provider, agreement.Customer, agreement.Shared, agreement.ThirdParty, agreement.Unassigned, agreement.NotApplicable}
}

func controls(a *agreement.Agreement) Controls {
	place := map[string]int{}
	for i, item := range a.BaselineItems() {
		place[item.ID] = i
	}
	c := Controls{Framework: a.Baseline.Framework, Total: len(a.Responsibilities)}
	for _, owner := range owners() {
		o := Owned{Owner: owner, Controls: []string{}}
		for _, row := range a.Responsibilities {
			if row.Owner == owner {
				o.Controls = append(o.Controls, row.Control)
			}
		}
		slices.SortStableFunc(o.Controls, func(x, y string) int { return place[x] - place[y] })
		o.Count = len(o.Controls)
		c.Owners = append(c.Owners, o)
	}
	return c
}

// of are the ids of the controls of one kind of owner.
func (c Controls) of(owner agreement.Party) []string {
	for _, o := range c.Owners {
		if o.Owner == owner {
			return o.Controls
		}
	}
	panic("summary: no owner " + string(owner))
}

// Money is an amount with its currency. In JSON it is an object of two texts:
// {"amount": "1440.5", "currency": "USD"}, the amount in plain digits.
type Money struct {
	amount   money.Amount
	currency money.Currency // none where the agreement has no budget
}

// MarshalJSON writes the amount as decimal text, for no reader may take it for
// a float.
func (m Money) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Amount   string `json:"amount"`
		Currency string `json:"currency"`
	}{m.amount.String(), m.currency.String()})
}

// String is the amount as the document prints it: "USD 1,440.50".
func (m Money) String() string {
	if m.currency.IsZero() {
		return m.amount.String()
	}
	return m.amount.Format(m.currency)
}

// IsZero reports whether m is nothing.
func (m Money) IsZero() bool { return m.amount.IsZero() }

func (m Money) add(n money.Amount) Money { return Money{m.amount.Add(n), m.currency} }

// nothing is no money in the currency of the agreement.
func nothing(a *agreement.Agreement) Money {
	if a.Budget == nil {
		return Money{}
	}
	return Money{currency: a.Budget.Currency}
}

// Step is something to do next.
type Step struct {
	About string `json:"about"` // id of the question, commitment or control, or the key of a field
	Text  string `json:"text"`  // an instruction
}

// nextSteps are what is left to settle: questions without an answer, then
// promises without money, controls without an owner, and approval.
func nextSteps(a *agreement.Agreement, s Summary) []Step {
	steps := []Step{}
	for _, answer := range s.Checklist.Questions {
		for _, missing := range answer.Missing {
			steps = append(steps, Step{answer.ID, "write " + alternatives(missing) + " (" + answer.Topic + ")"})
		}
	}
	for _, p := range s.Promises.Commitments {
		if p.Funding == Unfunded {
			steps = append(steps, Step{p.ID, "name the budget lines that pay for " + p.ID})
		}
	}
	for _, id := range s.Controls.of(agreement.Unassigned) {
		text := "decide who does " + id
		row, _ := a.Responsibility(id)
		if x, ok := a.RiskAcceptance(row.RiskAcceptance); ok {
			text += "; the risk is accepted until " + x.Expires.String()
		}
		if c, ok := a.Commitment(row.Commitment); ok {
			text += "; " + c.ID + " is due on " + c.Due.String()
		}
		steps = append(steps, Step{id, text})
	}
	if a.Budget != nil && a.Budget.Approved == nil {
		steps = append(steps, Step{"budget.approved", "let the customer approve the budget, and write who did and when"})
	}
	return steps
}
