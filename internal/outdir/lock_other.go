//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd || windows)

package outdir

import (
	"errors"
	"os"
)

// lockFile refuses: a run that cannot know of others must not begin.
func lockFile(*os.File, bool) error { return errors.ErrUnsupported }
