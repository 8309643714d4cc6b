package framework

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// contents is what each built-in framework holds: items, functions and
// categories, and the items of each function.
var contents = []struct {
	id, counts, functions string
}{
	{"cis-controls-8.1", "153 in 18, 0 categories", "1 5, 2 7, 3 14, 4 12, 5 6, 6 8, 7 7, 8 12, 9 7, 10 7, 11 5, 12 8, 13 11, 14 9, 15 7, 16 14, 17 9, 18 5"},
	{"cisa-cpg-1.0.1", "38 in 5, 0 categories", "Identify 9, Protect 24, Detect 1, Respond 3, Recover 1"},
	{"cisa-cpg-2.0", "34 in 6, 0 categories", "Govern 5, Identify 5, Protect 19, Detect 2, Respond 2, Recover 1"},
	{"cmmc-2-l1", "15 in 6, 0 categories", "AC 4, IA 2, MP 1, PE 2, SC 2, SI 4"},
	{"cmmc-2-l2", "110 in 14, 0 categories", "AC 22, AT 3, AU 9, CM 9, IA 11, IR 3, MA 6, MP 9, PS 2, PE 6, RA 3, CA 4, SC 16, SI 7"},
	{"hipaa-security-rule", "65 in 5, 0 categories", "164.308 30, 164.310 12, 164.312 12, 164.314 6, 164.316 5"},
	{"nist-csf-2.0", "106 in 6, 22 categories", "GV 31, ID 21, PR 22, DE 11, RS 13, RC 8"},
	{"pci-dss-4.0.1", "7 in 2, 0 categories", "12.8 5, 12.9 2"},
	{"sp800-171-r3", "97 in 17, 0 categories", "03.01 16, 03.02 2, 03.03 8, 03.04 10, 03.05 8, 03.06 5, 03.07 3, 03.08 7, 03.09 2, 03.10 5, 03.11 3, 03.12 4, 03.13 10, 03.14 5, 03.15 3, 03.16 3, 03.17 3"},
}

func TestContents(t *testing.T) {
	set := load(t)
	var ids []string
	total := 0
	for _, want := range contents {
		ids = append(ids, want.id)
		f, ok := set.Find(want.id)
		if !ok {
			t.Errorf("%s is not found", want.id)
			continue
		}
		counts := fmt.Sprintf("%d in %d, %d categories", len(f.Items), len(f.Functions), len(f.Categories))
		t.Logf("%-20s %s: %s", f.ID, counts, byFunction(f))
		if counts != want.counts || byFunction(f) != want.functions {
			t.Errorf("%s has %s: %s, want %s: %s", f.ID, counts, byFunction(f), want.counts, want.functions)
		}
		total += len(f.Items)
	}
	t.Logf("%d frameworks with %d items", len(ids), total)
	if got := set.IDs(); !slices.Equal(got, ids) {
		t.Errorf("IDs() = %q, want %q", got, ids)
	}
}

// The form of ids is what people find them by in the official texts.
func TestForms(t *testing.T) {
	forms := map[string]string{
		"cis-controls-8.1":    `[1-9][0-9]?\.[1-9][0-9]?`,
		"cisa-cpg-1.0.1":      `[1-5]\.[A-X]`,
		"cisa-cpg-2.0":        `[1-6]\.[A-S]`,
		"cmmc-2-l1":           `(AC|IA|MP|PE|SC|SI)\.L1-b\.1\.[ivx]+`,
		"cmmc-2-l2":           `[A-Z]{2}\.L2-3\.([1-9]|1[0-4])\.[1-9][0-9]?`,
		"hipaa-security-rule": `164\.3(08|10|12|14|16)\([a-e]\)(\([1-8]\)(\(i{1,3}\)|\(iv\))?)?(\([A-H]\))?`,
		"nist-csf-2.0":        `(GV|ID|PR|DE|RS|RC)\.[A-Z]{2}-(0[1-9]|1[0-2])`,
		"pci-dss-4.0.1":       `12\.(8\.[1-5]|9\.[12])`,
		"sp800-171-r3":        `03\.(0[1-9]|1[0-7])\.(0[1-9]|1[0-9]|2[0-9])`,
	}
	for _, want := range contents {
		form := regexp.MustCompile("^" + forms[want.id] + "$")
		f := find(t, want.id)
		for _, item := range f.Items {
			if !form.MatchString(item.ID) {
				t.Errorf("%s: the id %q has another form than %s", f.ID, item.ID, form)
			}
			if titled := item.Title != ""; titled == (f.ID == "cis-controls-8.1") {
				t.Errorf("%s: %s is titled %q", f.ID, item.ID, item.Title)
			}
			if strings.TrimSpace(item.Title) != item.Title || strings.HasSuffix(item.Title, ".") {
				t.Errorf("%s: %s is titled %q", f.ID, item.ID, item.Title)
			}
		}
	}
}

func TestCategories(t *testing.T) {
	f := find(t, "nist-csf-2.0")
	var ids []string
	for _, c := range f.Categories {
		ids = append(ids, fmt.Sprintf("%s %d", c.ID, len(f.Within(c.ID))))
	}
	want := "GV.OC 5, GV.RM 7, GV.RR 4, GV.PO 2, GV.OV 3, GV.SC 10, ID.AM 7, ID.RA 10, ID.IM 4, PR.AA 6, PR.AT 2, PR.DS 4, PR.PS 6, PR.IR 4, DE.CM 5, DE.AE 6, RS.MA 5, RS.AN 4, RS.CO 2, RS.MI 2, RC.RP 6, RC.CO 2"
	if got := strings.Join(ids, ", "); got != want {
		t.Errorf("categories: %s, want %s", got, want)
	}
	if got := len(f.ScoreIDs()); got != 106+6+22 {
		t.Errorf("%d ids can be scored, want 134", got)
	}
	if got := f.Within("PR.AT"); len(got) != 2 || got[0].ID != "PR.AT-01" || got[1].ID != "PR.AT-02" {
		t.Errorf("Within(PR.AT) = %v", got)
	}
	if got := f.Within("PR.AT-02"); len(got) != 1 || got[0].ID != "PR.AT-02" {
		t.Errorf("Within(PR.AT-02) = %v", got)
	}
	for _, id := range []string{"", "PR.AC", "Protect"} {
		if got := f.Within(id); len(got) != 0 {
			t.Errorf("Within(%q) = %v, want none", id, got)
		}
	}
}

func TestKinds(t *testing.T) {
	counts := map[Kind]int{}
	for _, item := range find(t, "hipaa-security-rule").Items {
		counts[item.Kind]++
	}
	t.Logf("kinds of the HIPAA Security Rule: %v", counts)
	if counts[Standard] != 22 || counts[Required] != 21 || counts[Addressable] != 22 || len(counts) != 3 {
		t.Errorf("kinds %v", counts)
	}
}

func TestHint(t *testing.T) {
	for _, test := range []struct{ framework, id, want string }{
		{"cmmc-2-l1", "AC.L1-3.1.1", "AC.L1-b.1.i"},
		{"cmmc-2-l1", "PE.L1-3.10.4", "PE.L1-b.1.ix"},
		{"cmmc-2-l1", "3.14.5", "SI.L1-b.1.xv"},
		{"cmmc-2-l1", "AC.L1-3.1.3", ""}, // not of this level
		{"cmmc-2-l2", "3.1.20", "AC.L2-3.1.20"},
		{"cmmc-2-l2", "3.1.2", "AC.L2-3.1.2"},
		{"cmmc-2-l2", "AC.L1-3.1.1", "AC.L2-3.1.1"},
		{"cmmc-2-l2", "3.1.23", ""},
		{"cmmc-2-l2", "", ""},
		{"cmmc-2-l2", "AC.L2-", ""},
		{"cisa-cpg-2.0", "1.A", ""},
	} {
		if got := find(t, test.framework).Hint(test.id); got != test.want {
			t.Errorf("%s: Hint(%q) = %q, want %q", test.framework, test.id, got, test.want)
		}
	}
}
