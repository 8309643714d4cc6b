package clause

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// Parameter is a number or word in the text of a clause that a provider may
// set. The text prints it by {{ parameter "amd-01.notice" }}.
type Parameter struct {
	Name    string         `yaml:"name"`    // in its clause, such as "notice"
	About   string         `yaml:"about"`   // what it means, in one sentence
	Default ParameterValue `yaml:"default"` // what is printed where nobody sets it
	Min     *int           `yaml:"min"`     // for a number: the smallest that is allowed
	Max     *int           `yaml:"max"`     // for a number: the largest
	Unit    string         `yaml:"unit"`    // for a number: of one, such as "day"; empty for a bare number
	Units   string         `yaml:"units"`   // for a number: of several, such as "days"
	OneOf   []string       `yaml:"oneof"`   // for words: all that are allowed
	Span    source.Span    // of its name
}

// ParameterValue is a whole number, or words.
type ParameterValue string

// UnmarshalText takes any text; Parameter.Check says which are allowed.
func (v *ParameterValue) UnmarshalText(text []byte) error {
	*v = ParameterValue(text)
	return nil
}

// number reports whether the parameter is a number.
func (p Parameter) number() bool { return len(p.OneOf) == 0 }

// Text is how a value is printed: "30 days".
func (p Parameter) Text(value ParameterValue) string {
	switch {
	case !p.number() || p.Unit == "":
		return string(value)
	case value == "1":
		return "1 " + p.Unit
	default:
		return string(value) + " " + p.Units
	}
}

// Check says what is wrong with a value, and which are allowed. Both are empty
// when nothing is.
func (p Parameter) Check(value ParameterValue) (problem, hint string) {
	if !p.number() {
		if slices.Contains(p.OneOf, string(value)) {
			return "", ""
		}
		hint = didYouMean(string(value), p.OneOf)
		return fmt.Sprintf("expected %s, found %q", alternatives(p.OneOf), value), hint
	}
	n, err := strconv.Atoi(string(value))
	if err != nil || strconv.Itoa(n) != string(value) {
		return fmt.Sprintf("expected a whole number, found %q", value), "write digits only, such as 30"
	}
	if n < *p.Min || n > *p.Max {
		return fmt.Sprintf("expected a number from %d to %d, found %d", *p.Min, *p.Max, n), "the clause allows no other"
	}
	return "", ""
}

var parameterName = regexp.MustCompile(`^[a-z][a-z0-9_]{1,31}$`)

// checkParameters checks the parameters that a clause declares.
func (r *reader) checkParameters(c *Clause) {
	first := map[string]source.Span{}
	for i := range c.Parameters {
		p := &c.Parameters[i]
		at := fmt.Sprintf("Parameters[%d]", i)
		p.Span = c.Span(at + ".Name")
		checkRequired(&r.list, c.positions, c.Span(at), "the parameter", []required{
			{at + ".Name", "name", p.Name == ""},
			{at + ".About", "about", p.About == ""},
			{at + ".Default", "default", p.Default == ""},
		})
		if p.Name != "" && !parameterName.MatchString(p.Name) {
			r.list.Errorf(codeID, p.Span, "write 2 to 32 lower case letters, digits and underscores, a letter first, such as \"notice_days\"", "%q is no name of a parameter", p.Name)
		}
		if before, seen := first[p.Name]; seen {
			r.list = append(r.list, repeat(p.Span, before, fmt.Sprintf("the parameter %q is written twice", p.Name), "give one of them another name"))
		}
		first[p.Name] = p.Span
		if problem := p.shape(); problem != "" {
			r.list.Errorf(codeParameter, p.Span, "a number has min and max, and may have unit and units; words have oneof", "%s", problem)
			continue
		}
		if problem, hint := p.Check(p.Default); p.Default != "" && problem != "" {
			r.list.Errorf(codeParameter, c.Span(at+".Default"), hint, "the default is not allowed: %s", problem)
		}
	}
}

// shape says what is wrong with a declaration.
func (p Parameter) shape() string {
	switch {
	case p.number() && (p.Min == nil || p.Max == nil):
		return "the parameter has neither \"oneof\" nor both \"min\" and \"max\""
	case p.number() && *p.Min > *p.Max:
		return "\"min\" is above \"max\""
	case p.number() && (p.Unit == "") != (p.Units == ""):
		return "the parameter has only one of \"unit\" and \"units\""
	case p.number():
		return ""
	case p.Min != nil || p.Max != nil || p.Unit != "" || p.Units != "":
		return "the parameter has both \"oneof\" and what only numbers have"
	default:
		return ""
	}
}

// ParameterOf is the parameter that a name such as "amd-01.notice" means.
func (l *Library) ParameterOf(name string) (*Clause, Parameter, bool) {
	id, own, _ := strings.Cut(name, ".")
	c, ok := l.byID[id]
	if !ok {
		return nil, Parameter{}, false
	}
	i := slices.IndexFunc(c.Parameters, func(p Parameter) bool { return p.Name == own })
	if i < 0 {
		return nil, Parameter{}, false
	}
	return c, c.Parameters[i], true
}

// ParameterNames are the names of all parameters, such as "amd-01.notice", in
// the order of the clauses.
func (l *Library) ParameterNames() []string {
	var names []string
	for _, c := range l.Clauses() {
		for _, p := range c.Parameters {
			names = append(names, c.ID+"."+p.Name)
		}
	}
	return names
}

// NearestParameter is a hint that names the parameter that was meant.
func (l *Library) NearestParameter(name string) string {
	if near := diag.Nearest(name, l.ParameterNames()); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "name a parameter of a clause of the library"
}
