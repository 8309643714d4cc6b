package agreement

import (
	"testing"

	"concordat/internal/calendar"
)

func level(t *testing.T, text string) Level {
	t.Helper()
	var l Level
	if err := l.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLevel(t *testing.T) {
	for text, want := range map[string]string{"0": "0.0", "2": "2.0", "1.4": "1.4", "5.0": "5.0"} {
		if l := level(t, text); l.String() != want || l.IsZero() {
			t.Errorf("%q = %q", text, l)
		}
	}
	for _, text := range []string{"", "-1", "1.", ".5", "1.45", "10", "1,4", "1e1", "a", "1.a", "٣"} {
		if err := new(Level).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is no level", text)
		}
	}
	if !(Level{}).IsZero() || (Level{}).String() != "" {
		t.Error("the zero level is not stated")
	}
}

func TestMean(t *testing.T) {
	for _, tc := range []struct {
		levels []string
		want   string
	}{
		{nil, ""},
		{[]string{"0"}, "0.0"},
		{[]string{"1", "2"}, "1.5"},
		{[]string{"1.1", "1.2"}, "1.2"}, // 1.15, half up
		{[]string{"1.2", "1.4", "1.9", "1", "1", "1"}, "1.3"}, // 1.25
		{[]string{"1", "1", "2"}, "1.3"},
	} {
		var levels []Level
		for _, text := range tc.levels {
			levels = append(levels, level(t, text))
		}
		if got := Mean(levels).String(); got != tc.want {
			t.Errorf("mean of %v = %q, want %q", tc.levels, got, tc.want)
		}
	}
}

func TestBlackout(t *testing.T) {
	period := func(from, to string) Blackout {
		var b Blackout
		if b.From.UnmarshalText([]byte(from)) != nil || b.To.UnmarshalText([]byte(to)) != nil {
			t.Fatal(from, to)
		}
		return b
	}
	for _, tc := range []struct {
		from, to, day string
		want          bool
	}{
		{"02-01", "04-15", "2027-01-31", false},
		{"02-01", "04-15", "2027-02-01", true},
		{"02-01", "04-15", "2028-02-29", true},
		{"02-01", "04-15", "2027-04-15", true},
		{"02-01", "04-15", "2027-04-16", false},
		{"12-15", "01-31", "2027-12-14", false},
		{"12-15", "01-31", "2027-12-31", true},
		{"12-15", "01-31", "2028-01-31", true},
		{"12-15", "01-31", "2028-02-01", false},
		{"03-01", "03-01", "2028-03-01", true},
		{"03-01", "03-01", "2028-02-29", false},
	} {
		d, err := calendar.ParseDate(tc.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := period(tc.from, tc.to).Contains(d); got != tc.want {
			t.Errorf("%s to %s contains %s: %v", tc.from, tc.to, tc.day, got)
		}
	}
	for _, text := range []string{"", "02-29", "13-01", "2-1", "02/01", "00-10", "02-01 "} {
		if new(MonthDay).UnmarshalText([]byte(text)) == nil {
			t.Errorf("%q is no day of every year", text)
		}
	}
	b := period("02-01", "04-15")
	if got := b.From.Long("en-US") + ", " + b.To.Long("en-GB"); got != "February 1, 15 April" {
		t.Error(got)
	}
}
