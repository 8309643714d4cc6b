package customers

import "strings"

// Each name that must be found again is one invented word of eight letters.
// There are 2^24 words: 2^21 customers with eight kinds of name have one each, so
// that no word belongs to two customers, and, being of one length, none is part
// of another.
const (
	maxCustomers = 1 << 21
	wordBits     = 24
	wordMask     = 1<<wordBits - 1
)

// kind is what a word names.
type kind int

const (
	firmWord kind = iota
	executiveWord
	deputyWord
	managerWord
	streetWord
	systemWord
	serverWord
	deviceWord
)

const (
	consonants = "bdfgklmnprstvz"
	vowels     = "aeiou"
)

// syllables are the 64 syllables of the words.
var syllables = func() (all [64]string) {
	for i := range all {
		all[i] = string(consonants[i/len(vowels)]) + string(vowels[i%len(vowels)])
	}
	return all
}()

// word is the word of a customer for one kind of name. Each step can be undone,
// so that no two customers and kinds have one word.
func word(seed uint64, i int, k kind) string {
	x := (uint32(k)<<21 | uint32(i)) ^ 0x5a3c69
	x = (x*0x9e3779 + uint32(seed)) & wordMask
	x ^= x >> 13
	x = (x*0x85ebcb + uint32(seed>>32)) & wordMask
	x ^= x >> 11
	var b strings.Builder
	for shift := 18; shift >= 0; shift -= 6 {
		b.WriteString(syllables[x>>shift&63])
	}
	return b.String()
}

// accents takes letters outside ASCII in place of some.
var accents = strings.NewReplacer("a", "á", "e", "é", "i", "í", "o", "ö", "u", "ů", "s", "š", "z", "ž", "n", "ň")

// name is a word as people write it, with letters outside ASCII in a foreign one.
func name(word string, foreign bool) string {
	first, rest := strings.ToUpper(word[:1]), word[1:]
	if foreign {
		rest = rest[:2] + accents.Replace(rest[2:])
	}
	return first + rest
}

// firstNames are given names; their ids are none of the provider's.
var firstNames = [...]string{
	"Ada", "Amos", "Bea", "Ben", "Cleo", "Cole", "Dina", "Drew", "Edda", "Ezra", "Fay", "Finn", "Gus", "Greta",
	"Hal", "Hope", "Ida", "Ira", "Jude", "June", "Kit", "Kara", "Lars", "Lena", "Mae", "Milo", "Nell", "Noel",
	"Olga", "Otto", "Pia", "Quinn", "Rita", "Ruth", "Saul", "Tess", "Theo", "Uma", "Vera", "Walt", "Xenia", "Zoe",
}

// place is a state with a town that is invented.
type place struct {
	code, state, town, zone string
	area                    int // of its telephone numbers
}

// places are where customers are. Folders of a workspace have their codes as
// names.
var places = [...]place{
	{"AZ", "Arizona", "Placeholder Mesa", "America/Phoenix", 602},
	{"CO", "Colorado", "Invented Springs", "America/Denver", 303},
	{"GA", "Georgia", "Nowhere", "America/New_York", 404},
	{"IL", "Illinois", "Sampleton", "America/Chicago", 312},
	{"MN", "Minnesota", "Lake Fictional", "America/Chicago", 612},
	{"NY", "New York", "Exampleville", "America/New_York", 518},
	{"OH", "Ohio", "Mockup Falls", "America/New_York", 614},
	{"OR", "Oregon", "Port Specimen", "America/Los_Angeles", 503},
	{"TX", "Texas", "Anytown", "America/Chicago", 512},
	{"VT", "Vermont", "East Imaginary", "America/New_York", 802},
}

// domains are reserved: nobody has them.
var domains = [...]string{".example", ".example.com", ".example.org", ".example.net"}

// numbers are small numbers in words, as they stand in sentences.
var numbers = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
