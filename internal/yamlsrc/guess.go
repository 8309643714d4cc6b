package yamlsrc

import "regexp"

// The forms that YAML 1.1 or 1.2 gives a type other than text.
var (
	numberForm = regexp.MustCompile(`^[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+` +
		`|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?` +
		`|[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?` +
		`|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?` +
		`|\.(inf|Inf|INF|nan|NaN|NAN))$`)
	dateForm = regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?$`)
)

// guess says what a reader of YAML can take a plain scalar for, as in "can be
// read as a number". It is empty for text.
func guess(n *Node) string {
	switch n.Value {
	case "~", "null", "Null", "NULL":
		return "nothing"
	case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y":
		return "true"
	case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N":
		return "false"
	case "<<", "=":
		return "an instruction of YAML"
	}
	switch c := n.Value[0]; {
	case c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.':
		switch {
		case numberForm.MatchString(n.Value):
			return "a number"
		case dateForm.MatchString(n.Value):
			return "a date"
		}
	}
	if n.tag != "" && n.tag != "!!str" {
		return "something else than text"
	}
	return ""
}
