package diag

import "testing"

func TestNearest(t *testing.T) {
	known := []string{"legal_name", "address", "currency", "phone", "id", "due", "owner", "łódź"}
	for _, tc := range []struct{ name, want string }{
		{"legl_name", "legal_name"},
		{"legal_nmae", "legal_name"},
		{"LegalName", "legal_name"},
		{"legalname", "legal_name"},
		{"adress", "address"},
		{"addresses", "address"},
		{"curency", "currency"},
		{"telephone", ""},
		{"fone", ""},
		{"phon", "phone"},
		{"di", "id"},
		{"dui", "due"},
		{"xyz", ""},
		{"", ""},
		{"x", ""},
		{"lodz", ""},
		{"łodź", "łódź"},
		{"owner", "owner"},
	} {
		if got := Nearest(tc.name, known); got != tc.want {
			t.Errorf("Nearest(%q) = %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestNearestTakesTheFirstOfEquals(t *testing.T) {
	for _, known := range [][]string{{"bat", "cat"}, {"cat", "bat"}} {
		if got := Nearest("rat", known); got != "bat" {
			t.Errorf("Nearest of %q = %q, want %q", known, got, "bat")
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"abc", "acb", 1},
		{"ab", "ba", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3}, {"łódź", "lodz", 3},
	} {
		if got := distance([]rune(tc.a), []rune(tc.b)); got != tc.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tc.a, tc.b, got, tc.want)
		}
		if got := distance([]rune(tc.b), []rune(tc.a)); got != tc.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tc.b, tc.a, got, tc.want)
		}
	}
}
