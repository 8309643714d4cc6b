package prose

import (
	"regexp"
	"strings"
	"unicode"
)

// figureSyllables is what a figure and a value count for: about the average of
// a word of English prose, rounded up.
const figureSyllables = 2

// Syllables is how many syllables an English word has when it is spoken. Parts
// of a compound count each for itself, an abbreviation in capitals has one for
// each letter (three for W), and a figure has two. It follows rules of spelling
// and a list of words that break them; an unknown word can be wrong by one.
func Syllables(word string) int {
	if !strings.ContainsFunc(word, unicode.IsLetter) {
		return figureSyllables
	}
	count := 0
	for _, part := range strings.FieldsFunc(word, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("’'.,"+string(valueMark), r)
	}) {
		if part = strings.Trim(part, "’'.,"); part != "" {
			count += ofPart(part)
		}
	}
	return max(count, 1)
}

func ofPart(part string) int {
	if strings.ContainsFunc(part, func(r rune) bool { return unicode.IsDigit(r) || r == valueMark }) {
		return figureSyllables
	}
	if n, ok := ofLetters(strings.ReplaceAll(part, ".", "")); ok {
		return n
	}
	part = strings.ToLower(part)
	for _, ending := range []string{"’s", "'s"} {
		if stem, ok := strings.CutSuffix(part, ending); ok {
			return ofWord(stem) + sibilant(stem)
		}
	}
	return ofWord(strings.NewReplacer("’", "", "'", "").Replace(part))
}

// ofLetters counts an abbreviation that is read letter by letter.
func ofLetters(part string) (int, bool) {
	upper := strings.TrimSuffix(strings.TrimSuffix(part, "s"), "’")
	if len(upper) < 2 || len(upper) > 5 || strings.ContainsFunc(upper, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		return 0, false
	}
	return len(upper) + 2*strings.Count(upper, "W"), true
}

// sibilant is 1 for a word whose plural and genitive have one syllable more.
func sibilant(stem string) int {
	for _, ending := range []string{"s", "x", "z", "ch", "sh", "ce", "se", "ge", "ze"} {
		if strings.HasSuffix(stem, ending) {
			return 1
		}
	}
	return 0
}

// ofWord counts a word in small letters: the groups of vowels that are heard.
func ofWord(word string) int {
	if n, ok := irregular[word]; ok {
		return n
	}
	count, last := 0, false
	for _, r := range word {
		vowel := strings.ContainsRune("aeiouyáéíóúäöü", r)
		if vowel && !last {
			count++
		}
		last = vowel
	}
	return max(count+silent(word)+split(word), 1)
}

// Rules of spelling. Each match of a pattern of lost is a syllable less than
// there are groups of vowels, each of gained one more.
var (
	lost = patterns(
		`[^aeiouyl]e$`, `[aeiouylr]le$`, // change, rule
		`[^aeiouylsxzcgh]es$`, `[^cs]hes$`, `[aeiouylr]les$`, // times, rules; but not changes, tables
		`[^aeiouytdl]ed$`, `[aeiouylr]led$`, // changed, called; but not needed, enabled
		`[^aeiouyl]ements?$`, `[aeiouy][^aeiouy]+e(ly|ful|fully|less|ness)$`, // statement, safely
	)
	gained = patterns(
		`[^cstgr]ia`, `ria[^g]`, `[cst]iat`, `tiali`, `ia$`, // liable, appropriate
		`[^cstgxnl]io`, `[nl]io[^n]`, `iu`, // period, medium
		`[^cst]ien[tc]`, `iet`, `[aeiouy].*[^aeiouy]iers?$`, `[^aeiouy]iest$`, // client, variety, supplier
		`[aeiouy]ings?$`,                                         // doing
		`[^gq]ua`, `[^gq]uen`, `uou`, `[^gq]uity$`, `[^gct]eous`, // annual, influence, continuous
		`isms?$`, `thms?$`, // mechanism, algorithm
		`[aeiou]y(a|o|ee|er|e[lnst])`,                                      // beyond, employee
		`^co(op|ord)`, `^crea[^m]`, `^re(as[^o]|ap|ar[mr]|en|es|i[mns]|o)`, // create, reassess
		`[^aeiou]ea$`, // area
	)
)

func patterns(list ...string) []*regexp.Regexp {
	var compiled []*regexp.Regexp
	for _, p := range list {
		compiled = append(compiled, regexp.MustCompile(p))
	}
	return compiled
}

func silent(word string) int { return -matches(lost, word) }

func split(word string) int { return matches(gained, word) }

func matches(list []*regexp.Regexp, word string) int {
	n := 0
	for _, p := range list {
		n += len(p.FindAllStringIndex(word, -1))
	}
	return n
}

// irregular are the syllables of words that no rule counts right, most of them
// compounds that hide a silent e.
var irregular = counts(map[int]string{
	2: "baseline baselines business foresaw foresee forecast forecasts framework frameworks milestone milestones safeguard safeguards therefore timezone wednesday elsewhere something sometimes somehow someone homepage lifetime whereas",
	3: "anyone beforehand businesses everything everyone likelihood safeguarded safeguarding somebody spokesperson whoever",
	4: "everybody",
})

func counts(lists map[int]string) map[string]int {
	all := map[string]int{}
	for n, list := range lists {
		for _, word := range strings.Fields(list) {
			all[word] = n
		}
	}
	return all
}
