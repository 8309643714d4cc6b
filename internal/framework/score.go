package framework

import (
	"errors"
	"fmt"
)

// Scoring is the score of a framework that has one: it begins at Highest and
// loses the weight of each item that is not met.
type Scoring struct {
	Highest     int `yaml:"highest"`     // all items are met
	Conditional int `yaml:"conditional"` // the least score with which open items may wait on a plan of action
	Lowest      int `yaml:"lowest"`      // no item with a weight is met
}

// ErrNoScore tells that an item is not met without which there is no score,
// such as the system security plan of CMMC.
var ErrNoScore = errors.New("no score can be given")

// Score is the score when the items notMet are not met, those of partly are
// met in part and all others are met. An item that does not apply is met. An
// unknown item, an item named twice and a framework without scoring are
// errors; ErrNoScore is one too.
func (f *Framework) Score(notMet, partly []string) (int, error) {
	if f.Scoring == nil {
		return 0, fmt.Errorf("the framework %q has no score", f.ID)
	}
	score := f.Scoring.Highest
	seen := map[string]bool{}
	open := func(id string, partly bool) error {
		item, ok := f.Item(id)
		switch {
		case !ok:
			return fmt.Errorf("unknown item %q of %s", id, f.ID)
		case seen[id]:
			return fmt.Errorf("item %q stands twice", id)
		case item.Weight == 0:
			return fmt.Errorf("%w: %q is not met", ErrNoScore, id)
		case partly && item.PartialWeight > 0:
			score -= item.PartialWeight
		default:
			score -= item.Weight
		}
		seen[id] = true
		return nil
	}
	for _, id := range notMet {
		if err := open(id, false); err != nil {
			return 0, err
		}
	}
	for _, id := range partly {
		if err := open(id, true); err != nil {
			return 0, err
		}
	}
	return score, nil
}

// Conditional reports whether a framework with the items notMet and partly
// open can reach a conditional status: the score is high enough, and each open
// item may wait on a plan of action.
func (f *Framework) Conditional(notMet, partly []string) (bool, error) {
	score, err := f.Score(notMet, partly)
	if err != nil {
		return false, err
	}
	waits := func(ids []string, partly bool) bool {
		for _, id := range ids {
			if item, _ := f.Item(id); !item.MayWait(partly) {
				return false
			}
		}
		return true
	}
	return score >= f.Scoring.Conditional && waits(notMet, false) && waits(partly, true), nil
}
