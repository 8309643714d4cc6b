package framework

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// requirements are the CMMC ids of numbers of NIST SP 800-171 r2.
func requirements(t *testing.T, f *Framework, numbers string) []string {
	t.Helper()
	var ids []string
	for _, number := range strings.Fields(numbers) {
		id := f.Hint(number)
		if id == "" {
			t.Fatalf("no requirement %s", number)
		}
		ids = append(ids, id)
	}
	return ids
}

func TestCMMCWeights(t *testing.T) {
	f := find(t, "cmmc-2-l2")
	weights := map[int]int{}
	sum, waiting := 0, 0
	for _, item := range f.Items {
		weights[item.Weight]++
		sum += item.Weight
		if item.PlanOfAction != "" {
			waiting++
		}
		if item.Weight > 1 && item.PlanOfAction == PlanAllowed {
			t.Errorf("%s weighs %d and may wait", item.ID, item.Weight)
		}
	}
	t.Logf("%d requirements: %d weigh 5, %d weigh 3, %d weigh 1, %d none; sum %d; %d may wait",
		len(f.Items), weights[5], weights[3], weights[1], weights[0], sum, waiting)
	if weights[5] != 44 || weights[3] != 14 || weights[1] != 51 || weights[0] != 1 || len(weights) != 4 || sum != 313 || waiting != 47 {
		t.Errorf("weights %v, sum %d, %d may wait", weights, sum, waiting)
	}
	if got, want := byFunction(f), "AC 22, AT 3, AU 9, CM 9, IA 11, IR 3, MA 6, MP 9, PS 2, PE 6, RA 3, CA 4, SC 16, SI 7"; got != want {
		t.Errorf("by domain: %s, want %s", got, want)
	}
	var barred []string
	for _, item := range f.Items {
		if item.Weight <= 1 && item.PlanOfAction == "" {
			barred = append(barred, item.ID)
		}
	}
	if want := requirements(t, f, "3.1.20 3.1.22 3.10.3 3.10.4 3.10.5 3.12.4"); !slices.Equal(barred, want) {
		t.Errorf("barred from a plan of action: %q, want %q", barred, want)
	}
}

// The manufacturer's assessment and milestones: one row is the requirements
// closed by a date.
func TestCMMCScore(t *testing.T) {
	f := find(t, "cmmc-2-l2")
	open := requirements(t, f, `3.5.3 3.13.11 3.3.1 3.3.5 3.6.1 3.11.2 3.12.1 3.4.1 3.1.12 3.2.2
		3.1.5 3.3.2 3.11.1 3.12.2 3.13.8 3.14.7
		3.3.3 3.3.4 3.3.6 3.3.8 3.3.9 3.4.3 3.4.4 3.4.9 3.6.3 3.8.4 3.8.9 3.10.4 3.1.21 3.5.6 3.11.3 3.13.16`)
	for _, step := range []struct {
		closes      string
		score       int
		conditional bool
	}{
		{"", 26, false},
		{"3.5.3 3.6.1 3.4.1 3.1.12 3.2.2 3.12.1 3.11.1 3.12.2 3.6.3 3.4.3 3.4.4", 65, false},
		{"3.13.11 3.3.1 3.3.5 3.11.2 3.1.5 3.3.2 3.13.8 3.14.7 3.3.3 3.3.4 3.3.8 3.13.16 3.8.9 3.11.3 3.10.4", 104, true},
		{"3.3.6 3.3.9 3.4.9 3.8.4 3.1.21 3.5.6", 110, true},
	} {
		for _, id := range requirements(t, f, step.closes) {
			i := slices.Index(open, id)
			if i < 0 {
				t.Fatalf("%s was not open", id)
			}
			open = slices.Delete(open, i, i+1)
		}
		score, err := f.Score(open, nil)
		conditional, _ := f.Conditional(open, nil)
		t.Logf("%d open: score %d, conditional status %v", len(open), score, conditional)
		if err != nil || score != step.score || conditional != step.conditional {
			t.Errorf("Score = %d, %v, conditional %v; want %d, %v", score, err, conditional, step.score, step.conditional)
		}
	}
}

func TestScoreBounds(t *testing.T) {
	f := find(t, "cmmc-2-l2")
	const plan = "CA.L2-3.12.4"
	all := slices.DeleteFunc(f.ItemIDs(), func(id string) bool { return id == plan })
	partly := []string{"IA.L2-3.5.3", "SC.L2-3.13.11"}
	rest := slices.DeleteFunc(slices.Clone(all), func(id string) bool { return slices.Contains(partly, id) })
	for _, test := range []struct {
		notMet, partly []string
		want           int
	}{
		{nil, nil, 110},
		{all, nil, -203},
		{rest, partly, -199},
		{nil, partly, 104},
		{partly, nil, 100},
		{nil, []string{"AC.L2-3.1.1"}, 105}, // a part counts as nothing
	} {
		if got, err := f.Score(test.notMet, test.partly); err != nil || got != test.want {
			t.Errorf("%d not met, %q partly: %d, %v; want %d", len(test.notMet), test.partly, got, err, test.want)
		}
	}
	for _, test := range []struct {
		notMet, partly []string
		want           bool
	}{
		{nil, []string{"SC.L2-3.13.11"}, true},
		{[]string{"SC.L2-3.13.11"}, nil, false},
		{nil, []string{"IA.L2-3.5.3"}, false},
		{[]string{"PE.L2-3.10.4"}, nil, false},
		{[]string{"PE.L2-3.10.6"}, nil, true},
	} {
		if got, err := f.Conditional(test.notMet, test.partly); err != nil || got != test.want {
			t.Errorf("%q not met, %q partly: conditional %v, %v; want %v", test.notMet, test.partly, got, err, test.want)
		}
	}
	if _, err := f.Score([]string{plan}, nil); !errors.Is(err, ErrNoScore) {
		t.Errorf("without a plan: %v", err)
	}
	if _, err := f.Conditional(nil, []string{plan}); !errors.Is(err, ErrNoScore) {
		t.Errorf("with a plan in part: %v", err)
	}
	for want, lists := range map[string][2][]string{
		`unknown item "3.1.1" of cmmc-2-l2`: {{"3.1.1"}, nil},
		`item "AC.L2-3.1.1" stands twice`:   {{"AC.L2-3.1.1"}, {"AC.L2-3.1.1"}},
	} {
		if _, err := f.Score(lists[0], lists[1]); err == nil || err.Error() != want {
			t.Errorf("Score = %v, want %s", err, want)
		}
	}
	if _, err := find(t, "cisa-cpg-2.0").Score(nil, nil); err == nil || err.Error() != `the framework "cisa-cpg-2.0" has no score` {
		t.Errorf("Score of goals: %v", err)
	}
}
