package draft

import (
	"slices"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// Steps are what is left to do after a draft.
type Steps struct {
	Todo  []Step  // what a check warns of, text in brackets first
	Check []Place // proposals: the lines "# check:" of what was written
}

// Step is a sentence, and the places that it is about.
type Step struct {
	Text   string
	Places []Place
}

// Place is a line of a file. Text is what stands there to be checked; empty in a Step.
type Place struct {
	File string
	Line int
	Text string
}

// brackets is the code of the rule about text in square brackets.
const brackets = "R110"

// StepsOf are the warnings of a check, grouped by what is to be done about them, and
// the proposals in the files that were written.
func StepsOf(warnings diag.List, written []*source.File) Steps {
	var fill, rest []Step
	for _, d := range warnings.Sorted() {
		place := Place{File: "-"}
		if !d.Span.IsZero() {
			place = Place{File: d.Span.File.Name(), Line: d.Span.File.Position(d.Span.Start).Line}
		}
		text, known := inWords(d.Code)
		if !known {
			text = d.Message
		}
		if d.Code == brackets {
			fill = addPlace(fill, text, place)
		} else {
			rest = addPlace(rest, text, place)
		}
	}
	steps := Steps{Todo: append(fill, rest...)}
	for _, f := range written {
		for n := 1; n <= f.Lines(); n++ {
			if what, ok := strings.CutPrefix(strings.TrimSpace(f.Line(n)), "# check: "); ok {
				steps.Check = append(steps.Check, Place{f.Name(), n, what})
			}
		}
	}
	return steps
}

// inWords is what to do about the warnings of a rule, in plain words.
func inWords(code string) (string, bool) {
	switch code {
	case brackets:
		return "fill in what stands in [square brackets]", true
	case "R08":
		return "add the e-mail address or telephone number of each contact", true
	case "R21":
		return "ask the customer how long it can be without this (rto_hours), how much work it may lose (rpo_hours), and what is backed up", true
	case "R28":
		return "let the customer read what the provider can do, and write down whether it accepts that", true
	case "R71":
		return "write down when the customer’s security was last looked at, or look at it before signing", true
	case "R29":
		return "find somebody for the controls of a security program", true
	case "R53":
		return "spread the work of the customer over more time", true
	case "R74", "R104":
		return "move dates out of the weeks in which changes must wait", true
	case "R30", "R86":
		return "replace evidence that ends too early", true
	default:
		return "", false
	}
}

func addPlace(steps []Step, text string, place Place) []Step {
	i := slices.IndexFunc(steps, func(s Step) bool { return s.Text == text })
	if i < 0 {
		return append(steps, Step{text, []Place{place}})
	}
	if !slices.Contains(steps[i].Places, place) {
		steps[i].Places = append(steps[i].Places, place)
	}
	return steps
}
