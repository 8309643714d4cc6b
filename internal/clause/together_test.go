package clause

import (
	"testing"

	"concordat/internal/source"
)

func TestCanHold(t *testing.T) {
	for _, c := range []struct {
		conditions []string
		want       bool
	}{
		{nil, true},
		{[]string{"", ""}, true},
		{[]string{"backups.count > 0", ""}, true},
		{[]string{"backups.count > 0", "backups.count == 0"}, false},
		{[]string{"backups.count > 3", "backups.count < 5"}, true},
		{[]string{"backups.count > 3", "backups.count < 4"}, false},
		{[]string{"maturity.present", "budget.present", "not maturity.present"}, false},
		{[]string{"bought(\"mdr\")", "not bought(\"mdr\")"}, false},
		{[]string{"bought(\"mdr\")", "not bought(\"backup\")"}, true},
		{[]string{"backups.count + access.count > 3", "backups.count == 0"}, true},
	} {
		var conditions []Condition
		for _, text := range c.conditions {
			var condition Condition
			if text != "" {
				f := source.New("when", []byte(text))
				parsed, list := parseCondition(f.Span(0, len(text)), text)
				if len(list) > 0 {
					t.Fatalf("%s: %v", text, list)
				}
				condition = parsed
			}
			conditions = append(conditions, condition)
		}
		if got := CanHold(conditions...); got != c.want {
			t.Errorf("%q: %t", c.conditions, got)
		}
	}
}
