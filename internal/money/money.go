// Package money has exact amounts of one currency.
//
// Amounts are decimal numbers, never floats. Nothing here divides: a share is
// a percentage rounded to a stated unit, and rounding is half up and visible.
package money

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"
)

// Currency is an ISO 4217 currency. The zero Currency is none.
type Currency struct {
	code  string
	scale int
}

// ParseCurrency reads an ISO 4217 code in capitals, such as "USD".
func ParseCurrency(code string) (Currency, error) {
	unit, err := currency.ParseISO(code)
	if err != nil || unit.String() != code || code == "XXX" || code == "XTS" { // none, and one for tests
		return Currency{}, fmt.Errorf("expected an ISO 4217 currency code such as USD, found %q", code)
	}
	scale, _ := currency.Standard.Rounding(unit)
	return Currency{code, scale}, nil
}

// UnmarshalText reads the form of ParseCurrency.
func (c *Currency) UnmarshalText(text []byte) (err error) {
	*c, err = ParseCurrency(string(text))
	return err
}

// String is the ISO 4217 code.
func (c Currency) String() string { return c.code }

// Scale is the number of digits after the decimal point: 2 for USD, 0 for JPY.
func (c Currency) Scale() int { return c.scale }

// IsZero reports whether c is no currency.
func (c Currency) IsZero() bool { return c.code == "" }

// Amount is an exact amount; its currency is the agreement's. The zero Amount
// is nothing (0).
type Amount struct {
	value decimal.Decimal
}

// form is plain decimal text: no exponent, sign plus, separator or leading zero.
var form = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$`)

// Parse reads an amount as plain decimal text, such as "1440.00" or "-3":
// up to 15 digits before and 6 after the point.
func Parse(text string) (Amount, error) {
	if !form.MatchString(text) {
		return Amount{}, fmt.Errorf("expected an amount in plain digits such as 1440.00, found %q", text)
	}
	value, err := decimal.NewFromString(text)
	if err != nil {
		return Amount{}, fmt.Errorf("expected an amount in plain digits such as 1440.00, found %q", text)
	}
	return Amount{value}, nil
}

// UnmarshalText reads the form of Parse.
func (a *Amount) UnmarshalText(text []byte) (err error) {
	*a, err = Parse(string(text))
	return err
}

// FromInt is n whole currency units.
func FromInt(n int) Amount { return Amount{decimal.NewFromInt(int64(n))} }

// Add is a + b.
func (a Amount) Add(b Amount) Amount { return Amount{a.value.Add(b.value)} }

// Sub is a - b.
func (a Amount) Sub(b Amount) Amount { return Amount{a.value.Sub(b.value)} }

// Times is a × n.
func (a Amount) Times(n int) Amount { return Amount{a.value.Mul(decimal.NewFromInt(int64(n)))} }

// Percent is p per cent of a, rounded half up (away from zero) to the nearest
// multiple of unit. unit is more than zero.
func (a Amount) Percent(p, unit Amount) Amount {
	exact := a.value.Mul(p.value).Shift(-2)
	return Amount{exact}.RoundTo(unit)
}

// RoundTo is a rounded half up (away from zero) to the nearest multiple of
// unit. It panics when unit is not more than zero.
func (a Amount) RoundTo(unit Amount) Amount {
	if unit.value.Sign() <= 0 {
		panic("money: rounding unit is not more than zero")
	}
	quotient, remainder := a.value.Abs().QuoRem(unit.value, 0)
	if remainder.Add(remainder).Cmp(unit.value) >= 0 {
		quotient = quotient.Add(decimal.NewFromInt(1))
	}
	rounded := quotient.Mul(unit.value)
	if a.value.Sign() < 0 {
		rounded = rounded.Neg()
	}
	return Amount{rounded}
}

// Share is a/n rounded half up (away from zero) to the nearest multiple of
// unit: a figure for information, such as a monthly equivalent, which is never
// added up again. It panics when n or unit is not more than zero.
func (a Amount) Share(n int, unit Amount) Amount {
	if n <= 0 {
		panic("money: share of no parts")
	}
	parts := unit.Times(n)
	rounded := a.RoundTo(parts)
	quotient, _ := rounded.value.QuoRem(parts.value, 0)
	return Amount{quotient.Mul(unit.value)}
}

// Compare is negative when a is less than b, positive when it is more.
func (a Amount) Compare(b Amount) int { return a.value.Cmp(b.value) }

// Equal reports whether a and b are the same number: 5 equals 5.00.
func (a Amount) Equal(b Amount) bool { return a.value.Equal(b.value) }

// Sign is -1, 0 or 1.
func (a Amount) Sign() int { return a.value.Sign() }

// IsZero reports whether a is nothing.
func (a Amount) IsZero() bool { return a.value.IsZero() }

// Fits reports whether a has no digits beyond the scale of c.
func (a Amount) Fits(c Currency) bool {
	return a.value.Equal(a.value.Truncate(int32(c.scale)))
}

// String is the plain number without separators or padding: "1440" or "0.5".
func (a Amount) String() string { return a.value.String() }

// Digits is the number with thousands separated by commas. Whole amounts have
// no decimal places, others as many as the currency has, or more where the
// amount has more: "13,180", "1,440.50". It never rounds.
func (a Amount) Digits(c Currency) string {
	places := int32(c.scale)
	for !a.value.Equal(a.value.Truncate(places)) {
		places++
	}
	if a.value.IsInteger() {
		places = 0
	}
	text := a.value.Abs().StringFixed(places)
	whole, fraction, _ := strings.Cut(text, ".")
	var b strings.Builder
	if a.value.Sign() < 0 {
		b.WriteByte('-')
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if fraction != "" {
		b.WriteString("." + fraction)
	}
	return b.String()
}

// Format is the amount with its currency code, which no reader can take for
// another currency: "USD 1,440.50".
func (a Amount) Format(c Currency) string { return c.code + " " + a.Digits(c) }
