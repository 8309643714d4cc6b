package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strconv"
	"strings"
	"unicode/utf16"

	"concordat/internal/source"
)

// fileURI is the URI of a file whose name has the given separator between
// folders, and whether it is relative. Each byte that is no unreserved
// character is escaped, so a name of any bytes is a valid URI and reads back.
func fileURI(name string, separator rune) (uri string, relative bool) {
	prefix := ""
	if separator == '\\' {
		name = strings.ReplaceAll(name, `\`, "/")
		switch {
		case strings.HasPrefix(name, "//"):
			return "file:" + percent(name), false
		case len(name) > 2 && name[1:3] == ":/" && ('a' <= name[0]|0x20 && name[0]|0x20 <= 'z'):
			prefix, name = "/"+name[:2], name[2:]
		}
	}
	name = path.Clean(name)
	if !path.IsAbs(name) {
		return percent(name), true
	}
	return "file://" + prefix + percent(name), false
}

func percent(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~/", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// fingerprints tell a problem again in a later version of its file.
type fingerprints struct {
	excerpts bool
	count    map[string]int
	lines    map[*source.File][]string
}

// of makes two fingerprints. The first is of what the result says and does not
// move with its line. The second is the one that GitHub compares; it is made
// from the text of the line, from which short text can be found by trial, so
// it is left out without excerpts: the action that uploads a file to GitHub
// then adds it.
func (p fingerprints) of(f finding) sarifFingerprints {
	name := f.file
	if !f.Span.IsZero() {
		name = f.Span.File.Name()
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", f.Code, artifact(name).URI, f.Message))
	key := hex.EncodeToString(sum[:16])
	p.count[key]++
	out := sarifFingerprints{Result: fmt.Sprintf("%s:%d", key, p.count[key])}
	if !p.excerpts || f.Span.IsZero() {
		return out
	}
	if p.lines[f.Span.File] == nil {
		p.lines[f.Span.File] = lineHashes(f.Span.File.Text())
	}
	start, _ := extent(f.Span)
	if line := f.Span.File.Position(start).Line; line <= len(p.lines[f.Span.File]) {
		out.Line = p.lines[f.Span.File][line-1]
	}
	return out
}

// lineHashes are the hashes that GitHub calls primaryLocationLineHash, one a
// line: of the hundred characters from the line's start, in UTF-16, without
// spaces, with all line breaks alike, and of how often the hash came before.
func lineHashes(text string) []string {
	const window, factor, endOfFile = 100, 37, 0xffff
	var units []uint16
	var starts []int
	add := func(unit uint16) {
		if len(units) == 0 || units[len(units)-1] == '\n' {
			starts = append(starts, len(units))
		}
		units = append(units, unit)
	}
	afterReturn := false
	for _, r := range text {
		skip := r == ' ' || r == '\t' || afterReturn && r == '\n'
		afterReturn = r == '\r'
		switch {
		case skip:
		case r == '\r':
			add('\n')
		default:
			for _, unit := range utf16.Encode([]rune{r}) {
				add(unit)
			}
		}
	}
	add(endOfFile)
	units = append(units, make([]uint16, window)...)
	count := map[uint64]int{}
	hashes := make([]string, len(starts))
	for i, start := range starts {
		var hash uint64
		for _, unit := range units[start : start+window] {
			hash = hash*factor + uint64(unit)
		}
		count[hash]++
		hashes[i] = strconv.FormatUint(hash, 16) + ":" + strconv.Itoa(count[hash])
	}
	return hashes
}
