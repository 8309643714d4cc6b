package cli

import (
	"context"
	"strings"
	"testing"
	"time"
)

// A panic in any command is a defect, with its status and in words.
func TestDefect(t *testing.T) {
	for _, args := range [][]string{{"lint"}, {"check", "x.yaml"}, {"init", "--id", "x"}} {
		var out, errs strings.Builder
		broken := func() time.Time { panic("the clock is broken") }
		status := Main(context.Background(), args, Streams{Out: &out, Err: &errs}, broken)
		if status != exitDefect || !strings.Contains(errs.String(), "concordat: "+strings.Join(args, " ")+": the clock is broken: this is a defect of concordat") {
			t.Errorf("%q: status %d\n%s", args, status, errs.String())
		}
	}
}
