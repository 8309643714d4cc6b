package outdir

import (
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold gives two names the same text when a file system that ignores case, or
// writes letters with their marks apart, takes them for one.
func fold(name string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFD.String(name)))
}
