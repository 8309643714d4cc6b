package agreement

import "testing"

func TestValidValues(t *testing.T) {
	for _, c := range []struct {
		valid func(string) bool
		text  string
		want  bool
	}{
		{ValidID, "lodz-dental-2", true}, {ValidID, "", false}, {ValidID, "Lodz", false}, {ValidID, "-a", false}, {ValidID, "con", false},
		{ValidEmail, "ann@lodz.example", true}, {ValidEmail, "", false}, {ValidEmail, "Ann <ann@lodz.example>", false}, {ValidEmail, "ann@", false},
		{ValidTimeZone, "Europe/Warsaw", true}, {ValidTimeZone, "", false}, {ValidTimeZone, "Mars/Base", false},
	} {
		if got := c.valid(c.text); got != c.want {
			t.Errorf("%q: %t, want %t", c.text, got, c.want)
		}
	}
}
