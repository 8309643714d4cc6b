package expand

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ones are the English names of 0 to 19, tens those of 20, 30 ... 90.
var (
	ones = [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
		"eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	tens = [...]string{2: "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
)

// numberWords writes 0 to 999,999 in English words, without "and", as
// contracts do: "one hundred twenty-five".
func numberWords(n int) (string, error) {
	if n < 0 || n > 999_999 {
		return "", errors.New("expected a number from 0 to 999999, found " + strconv.Itoa(n))
	}
	var words []string
	if n >= 1000 {
		words = append(words, underThousand(n/1000)+" thousand")
	}
	if n%1000 > 0 || n == 0 {
		words = append(words, underThousand(n%1000))
	}
	return strings.Join(words, " "), nil
}

func underThousand(n int) string {
	var words []string
	if n >= 100 {
		words = append(words, ones[n/100]+" hundred")
	}
	switch rest := n % 100; {
	case rest == 0 && n > 0:
	case rest < 20:
		words = append(words, ones[rest])
	case rest%10 == 0:
		words = append(words, tens[rest/10])
	default:
		words = append(words, tens[rest/10]+"-"+ones[rest%10])
	}
	return strings.Join(words, " ")
}

// ordinal is "1st", "2nd", "3rd", "11th".
func ordinal(n int) (string, error) {
	if n < 1 {
		return "", errors.New("expected a number from 1, found " + strconv.Itoa(n))
	}
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix, nil
}

// upperFirst writes the first letter as it begins a sentence.
func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToTitle(r)) + s[size:]
}
