package agreement

import (
	"slices"
	"strings"
	"testing"

	"concordat/internal/source"
)

// TestSuppressed holds that a suppressed warning is counted and not reported,
// and that nothing else changes.
func TestSuppressed(t *testing.T) {
	set := frameworks(t)
	text := baseText(t)
	for _, change := range [][2]string{
		{"    due: 2027-05-31\n", "    due: 2027-04-15\n"}, // R104 at C-BACKUP
		{"    due: 2027-06-30\n", "    due: 2027-04-14\n"}, // R104 at C-LOGS
		{"percent: 10,", "percent: 0,"},                    // R61, in no row
	} {
		if strings.Count(text, change[0]) != 1 {
			t.Fatal(change[0])
		}
		text = strings.Replace(text, change[0], change[1], 1)
	}
	for rows, want := range map[string]string{
		"":                                    "reported R104 R61 R104, suppressed",
		"{rule: R104, at: C-LOGS, reason: a}": "reported R104 R61, suppressed R104",
		"{rule: R104, reason: a}":             "reported R61, suppressed R104 R104",
		"{rule: R61, reason: a}, {rule: R104, at: C-BACKUP, reason: a}": "reported R104, suppressed R104 R61",
		"{rule: R61, at: C-LOGS, reason: a}":                            "reported R104 R104 R61 agreement-unused-suppression, suppressed",
		"{rule: R104, reason: a}, {rule: R104, at: C-LOGS, reason: a}":  "reported R61, suppressed R104 R104",
		"{rule: R104, reason: a}, {rule: R61, reason: [a]}":             "refused",
		"{rule: R104}":                         "refused",
		"{rule: R110, reason: a}":              "refused",
		"{rule: agreement-missing, reason: a}": "refused",
	} {
		a, list := Load(source.New("a.yaml", []byte(strings.Replace(text, "suppressions: []", "suppressions: ["+rows+"]", 1))), set)
		got := "refused"
		if a != nil {
			got = "reported"
			for _, d := range list {
				got += " " + d.Code
			}
			got += ", suppressed"
			for _, d := range a.Suppressed() {
				got += " " + d.Code
			}
		}
		if sorted(got) != sorted(want) {
			t.Errorf("%s: %s, want %s\n%s", rows, got, want, printed(t, list))
		}
	}
}

// sorted puts the codes before and after the comma in order.
func sorted(text string) string {
	reported, suppressed, _ := strings.Cut(text, ", ")
	order := func(words string) string {
		list := strings.Fields(words)
		slices.Sort(list)
		return strings.Join(list, " ")
	}
	return order(reported) + ", " + order(suppressed)
}
