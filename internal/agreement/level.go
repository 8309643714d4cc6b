package agreement

import (
	"fmt"
	"time"

	"concordat/internal/calendar"
)

// Level is a level on a maturity scale, counted in tenths. Its zero is not
// stated, which is not the same as level 0.
type Level struct {
	tenths int
	stated bool
}

// UnmarshalText reads a level with at most one decimal, such as "2" or "1.4".
func (l *Level) UnmarshalText(text []byte) error {
	s := string(text)
	ok := (len(s) == 1 || len(s) == 3 && s[1] == '.') && s[0] >= '0' && s[0] <= '9'
	if !ok || len(s) == 3 && (s[2] < '0' || s[2] > '9') {
		return fmt.Errorf("expected a level such as 2 or 1.4, found %q", s)
	}
	*l = Level{tenths: int(s[0]-'0') * 10, stated: true}
	if len(s) == 3 {
		l.tenths += int(s[2] - '0')
	}
	return nil
}

// IsZero reports whether l is not stated.
func (l Level) IsZero() bool { return !l.stated }

// Less reports whether l is below m.
func (l Level) Less(m Level) bool { return l.tenths < m.tenths }

// String has one decimal: "2.0".
func (l Level) String() string {
	if !l.stated {
		return ""
	}
	return fmt.Sprintf("%d.%d", l.tenths/10, l.tenths%10)
}

// Mean is the mean of levels, rounded half up to one decimal. The mean of none
// is not stated.
func Mean(levels []Level) Level {
	if len(levels) == 0 {
		return Level{}
	}
	sum := 0
	for _, l := range levels {
		sum += l.tenths
	}
	n := len(levels)
	return Level{tenths: (2*sum + n) / (2 * n), stated: true}
}

// MonthDay is a day of every year, written "02-01" for 1 February.
type MonthDay struct {
	month, day int
}

// UnmarshalText reads the form 01-02. 29 February is refused: most years have none.
func (m *MonthDay) UnmarshalText(text []byte) error {
	d, err := calendar.ParseDate("2027-" + string(text))
	if err != nil {
		return fmt.Errorf("expected month and day such as 02-01, found %q", text)
	}
	*m = MonthDay{int(d.Month().Month()), d.Day()}
	return nil
}

// IsZero reports whether m is not stated.
func (m MonthDay) IsZero() bool { return m == MonthDay{} }

// Long is "February 1" in the language en-US, "1 February" in all others.
func (m MonthDay) Long(language string) string {
	if language == "en-US" {
		return fmt.Sprintf("%s %d", time.Month(m.month), m.day)
	}
	return fmt.Sprintf("%d %s", m.day, time.Month(m.month))
}

// Contains reports whether a date lies in the period, both ends included.
func (b Blackout) Contains(d calendar.Date) bool {
	on := MonthDay{int(d.Month().Month()), d.Day()}
	key := func(m MonthDay) int { return m.month*100 + m.day }
	if key(b.From) <= key(b.To) {
		return key(b.From) <= key(on) && key(on) <= key(b.To)
	}
	return key(on) >= key(b.From) || key(on) <= key(b.To)
}
