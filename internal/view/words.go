package view

import (
	"fmt"
	"slices"
	"strings"

	"concordat/internal/money"
)

// list is items in words: "a", "a and b", "a, b and c".
func list(items []string, last string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	n := len(items) - 1
	return strings.Join(items[:n], ", ") + " " + last + " " + items[n]
}

// word is how a word of an agreement file is printed in a sentence. A word
// without one is a defect: the words of the model are a closed set.
func word(words map[string]string, key string) string {
	if w, ok := words[key]; ok {
		return w
	}
	panic(fmt.Sprintf("view: no words for %q", key))
}

var partyWords = map[string]string{
	"provider": "Provider",
	"customer": "Customer",
}

var classWords = map[string]string{
	"standard":  "standard change",
	"normal":    "normal change",
	"major":     "major change",
	"emergency": "emergency change",
}

// Each completes "needs ...".
var approvalWords = map[string]string{
	"pre_approved":   "no further approval",
	"contact":        "the written approval of the Customer's primary contact or deputy",
	"executive":      "the written approval of the Security Executive",
	"after_the_fact": "no approval in advance, but a report afterwards",
}

var spendingWords = map[string]string{
	"ticket": "by ticket",
	"email":  "by e-mail",
	"signed": "by signature",
}

var channelWords = map[string]string{
	"phone": "phone",
	"email": "e-mail",
}

// Each names a document, and on what it decides.
var precedenceWords = map[string]string{
	"msa_liability":         "the MSA, on liability and indemnities",
	"regulatory_agreements": "an agreement that a law requires the Parties to make, on the subject of that law",
	"this_agreement":        "this Agreement",
	"msa_other":             "the rest of the MSA, and the orders under it",
}

// Each completes "it counts as received ...".
var deemedWords = map[string]string{
	"":                  "on the next Business Day",
	"next_business_day": "on the next Business Day",
	"same_day":          "on the day on which it is sent",
	"confirmed":         "when the receiver has confirmed it",
}

// posted completes "a letter counts as received ...".
func posted(days int) string {
	switch days {
	case 0:
		return "when it is delivered"
	case 1:
		return "when it is delivered, or 1 day after it is posted if that is earlier"
	default:
		return fmt.Sprintf("when it is delivered, or %d days after it is posted if that is earlier", days)
	}
}

// Each completes "the Provider’s ...".
var contactWords = map[string]string{
	"primary":      "Primary Contact",
	"deputy":       "deputy contact",
	"after_hours":  "contact for after hours",
	"escalation_1": "contact for escalation",
}

var meetingWords = map[string]string{
	"weekly":    "each week",
	"monthly":   "each month",
	"quarterly": "each quarter",
}

var scaleWords = map[string]string{
	"implementation-1-4": "the four-step implementation scale",
	"capability-0-5":     "the six-step capability scale",
	"csf-tier-1-4":       "the four tiers of the NIST Cybersecurity Framework",
	"c2m2-mil-0-3":       "the maturity indicator levels of C2M2",
}

var methodWords = map[string]string{
	"self":        "a self-assessment by the Customer",
	"provider":    "an assessment by the Provider",
	"independent": "an independent assessment",
}

// Each completes "as a ...".
var hipaaWords = map[string]string{
	"covered_entity":     "covered entity",
	"business_associate": "business associate",
}

// Each completes "as a ...".
var pciWords = map[string]string{
	"merchant":         "merchant",
	"service_provider": "service provider",
}

// Each completes "the Customer is ...".
var entityWords = map[string]string{
	"essential": "an essential entity",
	"important": "an important entity",
	"none":      "neither an essential nor an important entity",
}

// Each completes "the law is ...".
var lawStatusWords = map[string]string{
	"in_force": "in force",
	"pending":  "pending and not yet in force",
	"repealed": "no longer in force",
}

// Each completes "the Provider handles personal data as ...", but for the one
// of a provider that handles none.
var processorWords = map[string]string{
	"processor":        "a processor",
	"controller":       "a controller",
	"service_provider": "a service provider",
	"none":             "",
}

var (
	weekdays     = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	weekdayWords = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)

// days is days of the week in words. Three or more that follow each other, also
// over the weekend, are a range: "Monday to Friday", "Sunday to Thursday".
func days(short []string) string {
	var names []string
	starts, first := 0, 0
	for i, day := range weekdays {
		if !slices.Contains(short, day) {
			continue
		}
		names = append(names, weekdayWords[i])
		if !slices.Contains(short, weekdays[(i+6)%7]) {
			starts, first = starts+1, i
		}
	}
	if n := len(names); starts < 2 && n > 2 {
		return weekdayWords[first] + " to " + weekdayWords[(first+n-1)%7]
	}
	return list(names, "and")
}

// notice is a number of business days of notice in words.
func notice(n int) string {
	switch n {
	case 0:
		return "no notice"
	case 1:
		return "1 Business Day of notice"
	default:
		return fmt.Sprintf("%d Business Days of notice", n)
	}
}

// thousands is a count with its thousands separated: "1,900".
func thousands(n int) string { return money.FromInt(n).Digits(money.Currency{}) }
