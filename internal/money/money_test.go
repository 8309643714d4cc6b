package money

import (
	"testing"
)

func mustParse(t *testing.T, text string) Amount {
	t.Helper()
	a, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func mustCurrency(t *testing.T, code string) Currency {
	t.Helper()
	c, err := ParseCurrency(code)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestParseCurrency(t *testing.T) {
	for code, scale := range map[string]int{"USD": 2, "EUR": 2, "PLN": 2, "JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "CHF": 2} {
		c := mustCurrency(t, code)
		if c.Scale() != scale || c.String() != code || c.IsZero() {
			t.Errorf("%s has scale %d", c, c.Scale())
		}
		var u Currency
		if err := u.UnmarshalText([]byte(code)); err != nil || u != c {
			t.Errorf("UnmarshalText(%q) = %v, %v", code, u, err)
		}
	}
	for _, code := range []string{"", "usd", "Usd", "US", "USDX", "$", "QQQ", "XXX", "XTS", " USD", "USD "} {
		c, err := ParseCurrency(code)
		if want := `expected an ISO 4217 currency code such as USD, found "` + code + `"`; err == nil || err.Error() != want || !c.IsZero() {
			t.Errorf("ParseCurrency(%q) = %v, %v", code, c, err)
		}
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "1440.00": "1440", "1440.50": "1440.5", "-3": "-3", "-0.5": "-0.5", "0.000001": "0.000001", "0.0": "0",
		"999999999999999.999999": "999999999999999.999999", "100": "100", "12345678901234.89": "12345678901234.89",
	} {
		if got := mustParse(t, text).String(); got != want {
			t.Errorf("Parse(%q) = %s, want %s", text, got, want)
		}
		var u Amount
		if err := u.UnmarshalText([]byte(text)); err != nil || u.String() != want {
			t.Errorf("UnmarshalText(%q) = %v, %v", text, u, err)
		}
	}
	for _, text := range []string{
		"", "-", ".", ".5", "5.", "+5", "01", "00", "-01", "1,440.00", "1.440,00", "1 440", "1_000", "1e3", "0x1F", "Inf", "NaN", "$5", "5 USD",
		" 5", "5 ", "5\n", "1.2.3", "--5", "1000000000000000", "0.0000001", "٥", "５",
	} {
		a, err := Parse(text)
		if err == nil || !a.IsZero() {
			t.Errorf("Parse(%q) = %v, %v", text, a, err)
		}
	}
	if _, err := Parse("1e3"); err.Error() != `expected an amount in plain digits such as 1440.00, found "1e3"` {
		t.Errorf("got %v", err)
	}
}

func TestRounding(t *testing.T) {
	for _, tc := range []struct{ a, unit, want string }{
		{"0", "1", "0"}, {"0.5", "1", "1"}, {"-0.5", "1", "-1"}, {"0.49", "1", "0"}, {"-0.49", "1", "0"}, {"1.005", "0.01", "1.01"}, {"1.0049", "0.01", "1"},
		{"12", "5", "10"}, {"12.5", "5", "15"}, {"13", "5", "15"}, {"149", "100", "100"}, {"150", "100", "200"}, {"-150", "100", "-200"}, {"7", "0.3", "6.9"}, {"7.05", "0.3", "7.2"},
		{"999999999999999.999999", "1", "1000000000000000"},
	} {
		if got := mustParse(t, tc.a).RoundTo(mustParse(t, tc.unit)).String(); got != tc.want {
			t.Errorf("%s rounded to %s = %s, want %s", tc.a, tc.unit, got, tc.want)
		}
	}
	for _, tc := range []struct{ a, p, unit, want string }{
		{"1440", "10", "1", "144"}, {"1445", "10", "1", "145"}, {"1444", "10", "1", "144"}, {"1440.50", "10", "0.01", "144.05"}, {"100", "0.5", "1", "1"},
		{"99", "0.5", "1", "0"}, {"13180", "15", "100", "2000"}, {"0", "15", "100", "0"}, {"-30", "5", "1", "-2"}, {"33.33", "33.33", "0.01", "11.11"},
	} {
		if got := mustParse(t, tc.a).Percent(mustParse(t, tc.p), mustParse(t, tc.unit)).String(); got != tc.want {
			t.Errorf("%s per cent of %s to %s = %s, want %s", tc.p, tc.a, tc.unit, got, tc.want)
		}
	}
	for _, tc := range []struct {
		a    string
		n    int
		unit string
		want string
	}{
		{"100", 3, "0.01", "33.33"}, {"200", 3, "0.01", "66.67"}, {"1", 2, "1", "1"}, {"-1", 2, "1", "-1"}, {"1440", 12, "0.01", "120"}, {"13180", 12, "1", "1098"},
		{"13182", 12, "1", "1099"}, {"13180", 12, "0.01", "1098.33"}, {"0", 12, "1", "0"}, {"5", 1, "0.01", "5"}, {"0.02", 8, "0.01", "0"}, {"0.04", 8, "0.01", "0.01"},
	} {
		if got := mustParse(t, tc.a).Share(tc.n, mustParse(t, tc.unit)).String(); got != tc.want {
			t.Errorf("%s in %d parts to %s = %s, want %s", tc.a, tc.n, tc.unit, got, tc.want)
		}
	}
}

func TestRoundingToNothingPanics(t *testing.T) {
	one := FromInt(1)
	for name, f := range map[string]func(){
		"RoundTo zero":     func() { one.RoundTo(Amount{}) },
		"RoundTo negative": func() { one.RoundTo(FromInt(-1)) },
		"Share zero parts": func() { one.Share(0, one) },
		"Share zero unit":  func() { one.Share(2, Amount{}) },
		"Percent zero":     func() { one.Percent(one, Amount{}) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}

func TestArithmetic(t *testing.T) {
	a, b := mustParse(t, "0.1"), mustParse(t, "0.2")
	sum := Amount{}
	for range 1000 {
		sum = sum.Add(a)
	}
	for _, tc := range []struct{ got, want string }{
		{a.Add(b).String(), "0.3"}, {a.Sub(b).String(), "-0.1"}, {a.Times(3).String(), "0.3"}, {a.Times(-3).String(), "-0.3"}, {a.Times(0).String(), "0"}, {sum.String(), "100"},
	} {
		if tc.got != tc.want {
			t.Errorf("got %s, want %s", tc.got, tc.want)
		}
	}
	five, long := FromInt(5), mustParse(t, "5.00")
	if !five.Equal(long) || five.Compare(long) != 0 || a.Compare(b) >= 0 || b.Compare(a) <= 0 || five.Equal(a) {
		t.Error("amounts compare by their digits, not as numbers")
	}
	if a.Sign() != 1 || a.Sub(b).Sign() != -1 || (Amount{}).Sign() != 0 || !(Amount{}).IsZero() || !mustParse(t, "-0.00").IsZero() || a.IsZero() {
		t.Error("signs are wrong")
	}
}

func TestDigits(t *testing.T) {
	for _, tc := range []struct {
		a, currency, want string
		fits              bool
	}{
		{"0", "USD", "USD 0", true}, {"5", "USD", "USD 5", true}, {"13180", "USD", "USD 13,180", true}, {"13180.00", "USD", "USD 13,180", true},
		{"1440.5", "USD", "USD 1,440.50", true}, {"1440.50", "USD", "USD 1,440.50", true}, {"1440.5000", "USD", "USD 1,440.50", true},
		{"1440.505", "USD", "USD 1,440.505", false}, {"0.000001", "USD", "USD 0.000001", false},
		{"999", "EUR", "EUR 999", true}, {"1000", "EUR", "EUR 1,000", true}, {"999999", "EUR", "EUR 999,999", true}, {"1000000", "EUR", "EUR 1,000,000", true},
		{"-0.5", "EUR", "EUR -0.50", true}, {"-1234.5", "EUR", "EUR -1,234.50", true}, {"-0", "EUR", "EUR 0", true},
		{"1440.5", "JPY", "JPY 1,440.5", false}, {"1440", "JPY", "JPY 1,440", true}, {"1440.0", "JPY", "JPY 1,440", true},
		{"1.5", "KWD", "KWD 1.500", true}, {"1.2345", "KWD", "KWD 1.2345", false},
		{"999999999999999.99", "USD", "USD 999,999,999,999,999.99", true},
	} {
		a, c := mustParse(t, tc.a), mustCurrency(t, tc.currency)
		if got := a.Format(c); got != tc.want {
			t.Errorf("%s = %q, want %q", tc.a, got, tc.want)
		}
		if got := a.Fits(c); got != tc.fits {
			t.Errorf("%s fits %s: %v", tc.a, tc.currency, got)
		}
	}
	// The result of a calculation shows no digits that it does not need.
	exact := mustParse(t, "0.25").Times(2).Add(mustParse(t, "0.000001")).Sub(mustParse(t, "0.000001"))
	if got := exact.Digits(mustCurrency(t, "USD")); got != "0.50" {
		t.Errorf("got %q", got)
	}
}
