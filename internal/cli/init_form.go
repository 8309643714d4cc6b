package cli

import (
	"context"
	"errors"
	"fmt"

	"charm.land/huh/v2"

	"concordat/internal/calendar"
	"concordat/internal/draft"
)

// maxTyped is the number of characters that a field of the form takes: far more
// than a name has.
const maxTyped = 1000

// ask puts questions on the terminal, those of one number on one page. A page is
// left only with answers that an agreement can hold. choices adds the names of a
// folder's files to those that can be chosen.
func (p *program) ask(ctx context.Context, a *answers, asked []question, today calendar.Date, choices func(folder string, names []string) []string) error {
	var groups []*huh.Group
	var fields []huh.Field
	for i, q := range asked {
		fields = append(fields, p.askField(a, q, today, choices))
		if i+1 == len(asked) || asked[i+1].number != q.number {
			groups = append(groups, huh.NewGroup(fields...).Title(fmt.Sprintf("Question %d of 6", q.number)))
			fields = nil
		}
	}
	err := huh.NewForm(groups...).WithInput(p.streams.In).WithOutput(p.streams.Err).RunWithContext(ctx)
	switch {
	case errors.Is(err, huh.ErrUserAborted), ctx.Err() != nil:
		return context.Canceled
	case err != nil:
		return &worldError{err}
	}
	return nil
}

func (p *program) askField(a *answers, q question, today calendar.Date, choices func(folder string, names []string) []string) huh.Field {
	// The answers are those typed so far, with the one that is judged.
	valid := func(text string) error {
		before := *q.value
		*q.value = text
		err := a.problem(q, today)
		*q.value = before
		return err
	}
	choose := func(names []string) huh.Field {
		var options []huh.Option[string]
		for _, name := range names {
			options = append(options, huh.NewOption(described(name), name))
		}
		return huh.NewSelect[string]().Title(q.title).Options(options...).Value(q.value)
	}
	switch q.field {
	case draft.CustomerSector:
		return choose(choices("presets", draft.Sectors()))
	case draft.CustomerPackage:
		return choose(choices("packages", draft.Packages()))
	default:
		return huh.NewInput().Title(q.title).Description(q.hint).CharLimit(maxTyped).Validate(valid).Value(q.value)
	}
}

// described is the name of a sector or a package with what it means.
func described(name string) string {
	switch name {
	case "accounting":
		return "accounting: taxes, bookkeeping"
	case "medical":
		return "medical: practices, dentists"
	case "manufacturer":
		return "manufacturer: also for the Department of Defense"
	case "general":
		return "general: any other"
	case "essential":
		return "essential: help desk, updates, sign-in, backup, detection, firewall, a yearly scan"
	case "security":
		return "security: essential, and servers, training, logs, incident planning, policies"
	case "cmmc":
		return "cmmc: all for CMMC level 2"
	default:
		return name
	}
}
