package record

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

const (
	baseName = "testdata/agreement.yaml"
	examples = "../../examples/"
)

// readAgreement reads an agreement with the files that it uses, after changes to
// its own text: each an old part, which stands there once, and a new one.
func readAgreement(t testing.TB, name string, changes ...string) *agreement.Agreement {
	t.Helper()
	a, _ := checkAgreement(t, name, changes...)
	return a
}

// checkAgreement is readAgreement with the warnings of its rules.
func checkAgreement(t testing.TB, name string, changes ...string) (*agreement.Agreement, diag.List) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := string(text)
	for i := 0; i < len(changes); i += 2 {
		if strings.Count(changed, changes[i]) != 1 {
			t.Fatalf("%s: expected once %q", name, changes[i])
		}
		changed = strings.Replace(changed, changes[i], changes[i+1], 1)
	}
	resolved, list, err := workspace.NewReader().Read(source.New(name, []byte(changed)))
	if err != nil || resolved == nil {
		t.Fatal(err, printed(t, list))
	}
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, list := agreement.LoadTree(resolved.Tree, frameworks)
	if a == nil {
		t.Fatal(printed(t, list))
	}
	return a, list
}

// readRecord reads a record without its first two lines; "" is no record.
func readRecord(t testing.TB, a *agreement.Agreement, text string) *Record {
	t.Helper()
	if text == "" {
		return nil
	}
	r, list := Load(source.New("sample.record.yaml", []byte("schema: "+schema+"\nagreement: "+a.Info.ID+"\n"+text)), a)
	if r == nil {
		t.Fatal(printed(t, list))
	}
	return r
}

// TestDays walks over the boundary of each finding: on the day itself and on the
// day before there is none, on the day after there is one, in exactly this
// sentence.
func TestDays(t *testing.T) {
	const (
		cmmc      = examples + "manufacturer-cmmc.yaml"
		locations = "    locations: [United States]\n    service_description_ref"
		plan      = "    poam: [{control: MP.L2-3.8.4, from: 2027-10-01, close_by: 2028-01-15"
		later     = "    poam: [{control: MP.L2-3.8.4, from: 2028-03-01, close_by: 2028-07-15, commitment: B-C12}]"
		notes     = "\n    locations: [United States]\n    service_description_ref"
		deferred  = "reason: nobody works at night}"
		phone     = "\n  - {id: DR-LOGS, recommendation: central logs, presented: 2027-02-01, decision: deferred, decided_by: P-FAY, date: 2027-02-28, consequence: no trace is left, consequence_explained: true"
		logs      = "declined_recommendations:\n  - {recommendation: central logs, presented: 2027-03-01, consequence: no trace is left, "
		done      = ", status: done, since: 2027-01-15, evidence: [{reference: report, date: 2027-01-15, by: P-FAY}]}\n"
		held      = "reviews:\n  - {review: V-QUARTER, attendees: [P-TED], minutes: kept, date: "
		restored  = "restore_tests:\n  - {backup: B-TAX, by: P-TED, reference: ticket 1, "
	)
	maturity := []string{"  - {id: V-RISK,", "  - {id: V-MAT, kind: maturity, every_months: 24, first: 2027-06-01, owner: P-FAY}\n  - {id: V-RISK,"}
	noAnswer := func(presented string) []string {
		return []string{"presented: 2026-10-01, decision: declined, decided_by: P-FAY, date: 2026-10-15", "presented: " + presented + ", decision: no_answer"}
	}
	for _, tc := range []struct {
		code    string
		name    string   // of the agreement; "" is testdata/agreement.yaml
		changes []string // to its text
		record  string
		day     string // the last day without the finding
		want    string // what is said on the next day
		not     string // what the finding would be about that is not there on the next day
	}{
		{code: codeUnsigned, day: "2026-12-31", want: `the term has begun on 2027-01-01, and no signature of "P-FAY" under version 1.0.0 is recorded`},
		{code: codeUnsigned, day: "2026-12-31", record: "signed:\n  - {version: 1.0.0, person: P-FAY, date: 2026-12-15, how: ink}\n", want: `the term has begun on 2027-01-01, and no signature of "P-PAM" under version 1.0.0 is recorded`},

		{code: codeLate, day: "2027-01-31", want: `commitment "C-PLAN" is planned, 1 day after it was due, without a delay that lasts`},
		{code: codeLate, day: "2027-01-31", record: "commitments:\n  - {commitment: C-PLAN" + done, not: "C-PLAN"},
		{code: codeLate, day: "2027-01-31", record: "commitments:\n  - {commitment: C-PLAN, status: in_progress, since: 2027-01-04, delays: [{cause: testing, since: 2027-01-20}]}\n", not: "C-PLAN"},
		// A delay that has ended explains nothing from the next day on.
		{code: codeLate, day: "2027-02-10", record: "commitments:\n  - {commitment: C-PLAN, status: in_progress, since: 2027-01-04, delays: [{cause: testing, since: 2027-01-20, until: 2027-02-10}]}\n",
			want: `commitment "C-PLAN" is in_progress, 11 days after it was due, without a delay that lasts`},

		{code: codeInterim, day: "2027-05-31", record: "commitments:\n  - {commitment: C-BACKUP, status: in_progress, since: 2027-02-01, delays: [{cause: testing, since: 2027-05-20}]}\n",
			want: `the interim control of commitment "C-BACKUP" ended on 2027-05-31, 1 day ago, and the commitment is in_progress`},
		{code: codeInterim, day: "2027-05-31", record: "commitments:\n  - {commitment: C-BACKUP" + strings.Replace(done, "2027-01-15", "2027-02-15", 2), not: "C-BACKUP"},
		// Of a commitment that is late it is a note.
		{code: codeInterim, day: "2027-05-31", not: "C-BACKUP"},

		{code: codeUnended, day: "2027-06-30", want: `acceptance "R-LOGS" expired on 2027-06-30, 1 day ago, and nobody says what became of it`},
		{code: codeUnended, day: "2027-06-30", record: "acceptances:\n  - {acceptance: R-LOGS, ended: closed, date: 2027-06-01, by: P-FAY, reason: logs are collected}\n", not: "R-LOGS"},
		{code: codeUnended, day: "2027-06-30", changes: []string{"    review: 2027-06-01\n", "    supersedes: R-LOGS\n"}, not: "R-LOGS"},

		{code: codeRiskReview, day: "2027-06-01", want: `acceptance "R-TEST" was to be looked at again on 2027-06-01, 1 day ago, and no review of the risks since then is recorded`},
		{code: codeRiskReview, day: "2027-06-01", record: "reviews:\n  - {review: V-RISK, attendees: [P-TED], minutes: kept, date: 2027-05-18}\n", not: "R-TEST"},
		{code: codeRiskReview, day: "2027-06-01", record: "reviews:\n  - {review: V-RISK, attendees: [P-TED], minutes: kept, date: 2027-05-17}\n", want: `acceptance "R-TEST" was to be looked at again on 2027-06-01, 1 day ago, and no review of the risks since then is recorded`},
		{code: codeRiskReview, day: "2027-06-01", record: "acceptances:\n  - {acceptance: R-TEST, ended: closed, date: 2027-05-01, by: P-FAY, reason: a test is made}\n", not: "R-TEST"},

		{code: codeReview, day: "2027-04-19", want: `review "V-QUARTER" has been due since 2027-04-19 (1 day), and none is recorded`},
		{code: codeReview, day: "2027-07-19", record: held + "2027-04-19}\n", want: `review "V-QUARTER" has been due since 2027-07-19 (1 day), and the last one recorded was held on 2027-04-19`},
		// Up to two weeks early counts for the date, three weeks do not.
		{code: codeReview, day: "2027-07-19", record: held + "2027-04-05}\n", want: `review "V-QUARTER" has been due since 2027-07-19 (1 day), and the last one recorded was held on 2027-04-05`},
		{code: codeReview, day: "2027-04-19", record: held + "2027-04-04}\n", want: `review "V-QUARTER" has been due since 2027-04-19 (1 day), and the last one recorded was held on 2027-04-04`},
		// One that was held late moves no date.
		{code: codeReview, day: "2027-07-19", record: held + "2027-06-30}\n", want: `review "V-QUARTER" has been due since 2027-07-19 (1 day), and the last one recorded was held on 2027-06-30`},
		// One that is recorded for a later day has not been held.
		{code: codeReview, day: "2027-04-19", record: held + "2072-04-19}\n", want: `review "V-QUARTER" has been due since 2027-04-19 (1 day), and none is recorded`},
		// The end of a month, and of a February in a leap year.
		{code: codeReview, changes: []string{"first: 2027-04-19", "first: 2027-08-31"}, record: held + "2027-11-30}\n", day: "2028-02-29", want: `review "V-QUARTER" has been due since 2028-02-29 (1 day), and the last one recorded was held on 2027-11-30`},
		{code: codeReview, changes: []string{"first: 2027-04-19", "first: 2027-08-31"}, record: held + "2028-02-29}\n", day: "2028-05-31", want: `review "V-QUARTER" has been due since 2028-05-31 (1 day), and the last one recorded was held on 2028-02-29`},
		// Dates before the term are promised by nobody.
		{code: codeReview, changes: []string{"first: 2027-04-19", "first: 2026-10-19"}, day: "2027-01-19", want: `review "V-QUARTER" has been due since 2027-01-19 (1 day), and none is recorded`},
		{code: codeReview, changes: []string{"first: 2027-04-19", "first: 2026-10-01"}, day: "2027-01-01", want: `review "V-QUARTER" has been due since 2027-01-01 (1 day), and none is recorded`},

		{code: codeRestore, day: "2027-07-01", want: `a restore test of backup "B-TAX" has been due since 2027-07-01 (1 day), and none is recorded`},
		{code: codeRestore, day: "2027-07-01", record: restored + "date: 2027-03-01, result: partial}\n", want: `a restore test of backup "B-TAX" has been due since 2027-07-01 (1 day), and none that passed is recorded`},
		{code: codeRestore, day: "2028-02-29", record: restored + "date: 2027-08-31, result: passed}\n  - {backup: B-MAIL, by: P-TED, reference: ticket 2, date: 2027-08-31, result: passed}\n",
			want: `a restore test of backup "B-TAX" has been due since 2028-02-29 (1 day), and the last one that passed was made on 2027-08-31`},

		{code: codeConnection, day: "2027-06-01", want: `a check of connection "CON-RMM" has been due since 2027-06-01 (1 day)`},
		{code: codeConnection, day: "2027-07-01", changes: []string{"last_verified: 2026-12-01, ", ""}, want: `a check of connection "CON-RMM" has been due since 2027-07-01 (1 day)`},
		{code: codeConnection, day: "2027-02-28", changes: []string{"last_verified: 2026-12-01", "last_verified: 2026-08-31"}, want: `a check of connection "CON-RMM" has been due since 2027-02-28 (1 day)`},
		// It was due when the term began: that is a rule's to say.
		{code: codeConnection, day: "2027-01-01", changes: []string{"last_verified: 2026-12-01", "last_verified: 2026-06-30"}, not: "CON-RMM"},

		{code: codeLapsed, day: "2027-06-30", changes: []string{"limit: 1000000, certificate_ref: policy 1, expires: 2027-06-30", "limit: 1000000, certificate_ref: policy 1, expires: 2029-12-31"}, want: `assurance "AS-AUDIT" expired on 2027-06-30, 1 day ago`},
		{code: codeLapsed, day: "2027-06-30", changes: []string{"issued: 2026-06-30, expires: 2027-06-30", "issued: 2026-06-30"}, want: `insurance "INS-CYBER" of the customer expired on 2027-06-30, 1 day ago`},
		{code: codeLapsed, day: "2027-03-31", changes: []string{"scope: service desk, expires: 2028-05-31", "scope: service desk, expires: 2027-03-31"}, want: `the certificate "Sample Certificate" expired on 2027-03-31, 1 day ago`},
		{code: codeLapsed, day: "2027-01-01", changes: []string{"issued: 2026-06-30, expires: 2027-06-30", "issued: 2026-06-30, expires: 2026-12-31"}, not: "AS-AUDIT"},
		{code: codeLapsed, day: "2027-01-01", changes: []string{"issued: 2026-06-30, expires: 2027-06-30", "issued: 2026-06-30, expires: 2027-01-01"}, want: `assurance "AS-AUDIT" expired on 2027-01-01, 1 day ago`},

		{code: codeQuote, day: "2027-02-15", want: `budget line "L-INSURANCE" rests on quote "Q-1", which expired on 2027-02-15, 1 day ago; its charges begin in 2027-03`},
		// Its charges have begun.
		{code: codeQuote, day: "2027-02-28", changes: []string{"Q-1, expires: 2027-02-15", "Q-1, expires: 2027-02-28"}, not: "L-INSURANCE"},

		{code: codeStale, day: "2027-10-01", want: `the capability statement of 2026-10-01 is older than 12 months`},
		{code: codeStale, day: "2027-11-02", changes: []string{"      date: 2026-10-01\n", "      date: 2026-12-31\n", "{date: 2026-10-15, by:", "{date: 2026-12-31, by:"}, record: "", want: `the facts for "glba" are of 2026-11-02, older than 12 months`},
		{code: codeStale, day: "2027-01-01", changes: []string{"      date: 2026-10-01\n", "      date: 2025-12-31\n"}, not: "capability"},

		{code: codeStale, changes: maturity, record: "reviews:\n  - {review: V-MAT, attendees: [P-TED], minutes: kept, date: 2027-06-01}\n", day: "2028-06-01", want: `the maturity was last assessed on 2027-06-01, more than 12 months ago`},
		// A review of the maturity is overdue, which says it already.
		{code: codeStale, changes: maturity, day: "2027-11-02", not: "maturity"},

		{code: codeMilestone, name: cmmc, day: "2027-06-30", want: `the score of 65 was to be reached by 2027-06-30, 1 day ago, and the record shows 0 of the 11 requirements that it counts with; open: IA.L2-3.5.3, IR.L2-3.6.1, CM.L2-3.4.1 and 8 more`},
		{code: codePlan, name: cmmc, changes: []string{locations, plan + "}]" + notes}, day: "2028-01-15", want: `item "MP.L2-3.8.4" of the plan of action was to be closed by 2028-01-15, 1 day ago, and nothing recorded shows it`},
		{code: codePlan, name: cmmc, changes: []string{locations, plan + "}]" + notes}, day: "2028-01-15", record: "evidence:\n  - {control: MP.L2-3.8.4, reference: photo, date: 2028-01-15, by: P-EVE}\n", not: "MP.L2-3.8.4"},

		{code: codePlan, name: cmmc, changes: []string{locations, plan + "}]" + notes}, day: "2028-01-15", record: "evidence:\n  - {control: MP.L2-3.8.4, reference: photo, date: 2028-01-17, by: P-EVE}\n  - {control: MP.L2-3.8.9, reference: photo, date: 2027-01-17, by: P-EVE}\n",
			want: `item "MP.L2-3.8.4" of the plan of action was to be closed by 2028-01-15, 1 day ago, and nothing recorded shows it`},
		{code: codePlan, name: cmmc, changes: []string{locations, later + notes}, day: "2028-07-15", want: `item "MP.L2-3.8.4" of the plan of action was to be closed by 2028-07-15, 1 day ago, and nothing recorded shows it`},
		{code: codePlan, name: cmmc, changes: []string{locations, later + notes}, day: "2028-07-15", record: "commitments:\n  - {commitment: B-C12, status: done, since: 2028-06-30, evidence: [{reference: list, date: 2028-06-30, by: P-EVE}]}\n", not: "MP.L2-3.8.4"},

		{code: codeUndecided, changes: []string{deferred, deferred + phone + "}"}, day: "2028-02-28", want: `recommendation "DR-LOGS" has been put off since 2027-02-28, for more than 12 months`},
		{code: codeUndecided, changes: []string{deferred, deferred + phone + ", risk_acceptance: R-TEST}"}, day: "2028-02-28", not: "recommendation"},
		{code: codeUndecided, changes: []string{deferred, deferred + phone + "}"}, day: "2028-02-28", record: logs + "decision: declined, decided_by: P-FAY, date: 2027-03-02}\n", not: "recommendation"},
		{code: codeUndecided, record: logs + "decision: deferred, decided_by: P-FAY, date: 2027-03-02}\n", day: "2028-03-02", want: `the recommendation of 2027-03-01 has been put off since 2027-03-02, for more than 12 months`},
		{code: codeUndecided, record: logs + "decision: no_answer}\n", day: "2027-03-16", want: `the recommendation of 2027-03-01 has had no answer for 16 days`},
		{code: codeUndecided, changes: noAnswer("2026-12-17"), day: "2027-01-01", want: `recommendation "DR-PHONE" has had no answer for 16 days`},
		// It waited too long when the term began: that is a rule's to say.
		{code: codeUndecided, changes: noAnswer("2026-12-16"), day: "2027-01-01", not: "DR-PHONE"},
		{code: codeUndecided, record: logs + "decision: no_answer}\n  - {recommendation: central logs, presented: 2027-03-08, consequence: no trace is left, decision: declined, decided_by: P-FAY, date: 2027-03-09}\n", day: "2027-03-16", not: "recommendation"},
		// The agreement has taken the row over: what it says last counts.
		{code: codeUndecided, changes: []string{deferred, deferred + phone + ", risk_acceptance: R-TEST}"}, record: logs[:strings.Index(logs, "2027-03-01")] + "2027-02-01, consequence: no trace is left, decision: deferred, decided_by: P-FAY, date: 2027-02-28}\n", day: "2028-02-28", not: "recommendation"},

		// The record says more, later, or of something else.
		{code: codeUndecided, changes: []string{deferred, deferred + phone + ", risk_acceptance: R-TEST}"}, record: logs + "decision: deferred, decided_by: P-FAY, date: 2027-03-02}\n", day: "2028-03-02", want: `the recommendation of 2027-03-01 has been put off since 2027-03-02, for more than 12 months`},
		{code: codeUndecided, changes: []string{deferred, deferred + phone + ", risk_acceptance: R-TEST}"}, record: "declined_recommendations:\n  - {recommendation: a firewall, presented: 2027-02-01, consequence: none stops an intruder, decision: deferred, decided_by: P-FAY, date: 2027-02-02}\n", day: "2028-02-02",
			want: `the recommendation of 2027-02-01 has been put off since 2027-02-02, for more than 12 months`},

		{code: codeRenewal, day: "2029-09-01", want: "the renewal review begins by 2029-10-02, in 30 days; the term ends on 2029-12-31"},
		{code: codeRenewal, changes: []string{"renewal: {kind: by_review, notice_days: 90}", "renewal: {kind: none}"}, day: "2029-11-30", want: "the term ends on 2029-12-31, in 30 days, and is not renewed"},
		{code: codeEnded, day: "2029-12-31", want: "the term ended on 2029-12-31, 1 day ago"},
	} {
		name := tc.name
		if name == "" {
			name = baseName
		}
		t.Run(fmt.Sprintf("%s/%s", tc.code, tc.day), func(t *testing.T) {
			a := readAgreement(t, name, tc.changes...)
			r := readRecord(t, a, tc.record)
			last := date(t, tc.day)
			next := map[string]bool{}
			for _, d := range Due(a, r, last.AddDays(1)) {
				if d.Code == tc.code {
					next[d.Message] = true
				}
			}
			if tc.want != "" && !next[tc.want] {
				t.Errorf("on the next day expected\n%s\nfound\n%v", tc.want, next)
			}
			for message := range next {
				if tc.not != "" && strings.Contains(message, tc.not) {
					t.Errorf("on the next day: %s", message)
				}
			}
			subject, _, _ := strings.Cut(tc.want, ",")
			for _, day := range []calendar.Date{last.AddDays(-1), last} {
				for _, d := range Due(a, r, day) {
					if d.Code == tc.code && tc.want != "" && strings.HasPrefix(d.Message, subject) {
						t.Errorf("on %s already: %s", day, d.Message)
					}
				}
			}
		})
	}
}

// TestSaidOnce: what is out of date when the term begins is said by a rule on
// every day, and what is a day younger by Due from the next day on.
func TestSaidOnce(t *testing.T) {
	for _, tc := range []struct{ rule, code, old, format, last, next string }{
		{"R28", codeStale, "      date: 2026-10-01\n", "      date: %s\n", "2025-12-31", "2026-01-01"},
		{"R30", codeLapsed, "issued: 2026-06-30, expires: 2027-06-30", "issued: 2026-06-30, expires: %s", "2026-12-31", "2027-01-01"},
		{"R30", codeLapsed, "scope: service desk, expires: 2028-05-31", "scope: service desk, expires: %s", "2026-12-31", "2027-01-01"},
		{"R37", codeConnection, "last_verified: 2026-12-01", "last_verified: %s", "2026-06-30", "2026-07-01"},
		{"R41", codeStale, "{date: 2026-11-02, assessor", "{date: %s, assessor", "2025-12-31", "2026-01-01"},
		{"R69", codeUndecided, "presented: 2026-10-01, decision: declined, decided_by: P-FAY, date: 2026-10-15", "presented: %s, decision: no_answer", "2026-12-16", "2026-12-17"},
		{"R96", codeStale, "P-FAY, as_of: 2026-11-02", "P-FAY, as_of: %s", "2025-12-31", "2026-01-01"},
		{"R108", codeQuote, "Q-1, expires: 2027-02-15", "Q-1, expires: %s", "2026-12-31", "2027-01-01"},
	} {
		for d, byRule := range map[string]bool{tc.last: true, tc.next: false} {
			a, rules := checkAgreement(t, baseName, tc.old, fmt.Sprintf(tc.format, d))
			told := map[string]bool{}
			for _, x := range append(rules, Due(a, nil, a.Term.Effective.AddDays(1))...) {
				told[x.Code] = true
			}
			if told[tc.rule] != byRule || told[tc.code] == byRule {
				t.Errorf("%s of %s: by the rule %t, by %s %t", tc.rule, d, told[tc.rule], tc.code, told[tc.code])
			}
		}
	}
}

// TestNoRecord: no record says the same as an empty one, on any day.
func TestNoRecord(t *testing.T) {
	a := readAgreement(t, baseName)
	empty := readRecord(t, a, "reviews: []\n")
	found := 0
	for day := date(t, "2026-11-01"); day.Before(date(t, "2030-02-01")); day = day.AddDays(7) {
		without, with := Due(a, nil, day), Due(a, empty, day)
		if got, want := printed(t, without), printed(t, with); got != want {
			t.Fatalf("on %s without a record\n%s\nwith an empty one\n%s", day, got, want)
		}
		checkLaws(t, without)
		switch {
		case without.HasErrors():
			t.Errorf("%s: a day makes errors", day)
		case day.Before(a.Term.Effective) && len(without) > 0:
			t.Errorf("on %s, before the term:\n%s", day, printed(t, without))
		case day.After(a.Term.End) && (len(without) != 1 || without[0].Code != codeEnded):
			t.Errorf("on %s, after the term:\n%s", day, printed(t, without))
		}
		found += len(without)
	}
	if found < 1000 {
		t.Errorf("found %d problems only", found)
	}
}

// TestExamplesByDay holds what is due in the examples to its goldens, each
// example with its record where it has one.
func TestExamplesByDay(t *testing.T) {
	for _, name := range []string{"accounting-firm", "medical-office", "manufacturer-cmmc"} {
		a := readAgreement(t, examples+name+".yaml")
		var r *Record
		if _, err := os.Stat(examples + FileName(name)); err == nil {
			var list diag.List
			if r, list = Load(readFile(t, examples+FileName(name)), a); r == nil {
				t.Fatal(printed(t, list))
			}
		}
		var got strings.Builder
		for _, day := range []string{"2026-11-21", "2027-01-01", "2027-07-01", "2028-01-01", "2030-01-01"} {
			list := Due(a, r, date(t, day))
			checkLaws(t, list)
			fmt.Fprintf(&got, "== %s: %d\n", day, len(list))
			if err := (diag.Printer{}).Print(&got, list); err != nil {
				t.Fatal(err)
			}
		}
		golden := "testdata/due/" + name + ".txt"
		text := strings.ReplaceAll(got.String(), examples, "")
		if *update {
			if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(readFile(t, golden).Text(), text); diff != "" {
			t.Errorf("%s (-want +got):\n%s", golden, diff)
		}
	}
}

// BenchmarkDue is what the day adds to the check of one customer with a record.
func BenchmarkDue(b *testing.B) {
	a := loadAgreement(b)
	r, list := Load(readFile(b, "testdata/ok/full.yaml"), a)
	if r == nil {
		b.Fatal(printed(b, list))
	}
	day := date(b, "2028-01-01")
	b.ReportAllocs()
	for b.Loop() {
		if len(Due(a, r, day)) == 0 {
			b.Fatal("nothing is due")
		}
	}
}
