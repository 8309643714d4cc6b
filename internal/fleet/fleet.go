// Package fleet makes the documents of many agreements in one output folder,
// and says beforehand what that would change.
//
// It is for operators, who regenerate all customers when a clause, a layout or a
// shared file has changed. Its promises: a document that would be the same is not
// made again; one that was sent or signed is never overwritten; an agreement with
// errors stops no other; the files are the same whatever the number of workers,
// and however the work is split between processes.
package fleet

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/manifest"
	"concordat/internal/outdir"
	"concordat/internal/plan"
	"concordat/internal/provenance"
	"concordat/internal/source"
)

// Agreement is one agreement file.
type Agreement struct {
	Path   string   // of the operating system, as messages name the file
	Name   string   // from the folder of all agreements, with slashes
	Output string   // what the names of its files begin with; empty when the file does not say it
	SHA256 [32]byte // of the file, when it was found
}

// Pipeline makes the document of one agreement. Several goroutines use it.
type Pipeline interface {
	// Same reports whether a document would be made of what the entry says it was
	// made of: the same bytes by the same program. It is false where only Make can
	// tell.
	Same(a Agreement, e manifest.Entry, words manifest.Words) bool

	// Make examines the agreement. The result is nil when the list has an error.
	Make(a Agreement) (*Made, diag.List, error)
}

// Made is the document of an agreement, before it is written.
type Made struct {
	Statement provenance.Statement // without its outputs
	Document  []byte               // of the statement, as doc.Encode writes it
	Telling   bool                 // Same can tell whether it would be made of the same
	State     plan.State           // of the present version, as the record says
	Issued    []Issued             // rows of the record; where State is not Unsent at least one is about the present version

	// Draft is the same document as a draft, which may be what was sent. It is nil
	// where the document is a draft itself, or all are made for signature.
	Draft *Made

	// Files are the names of the files that Write makes, in this order. They begin
	// with the agreement's Output.
	Files []string
	Write func() ([]outdir.File, error)
}

// Issued is one row of a record: a version was sent, or signed.
type Issued struct {
	Version string
	Signed  bool   // else sent
	Date    string // as 2006-01-02
	SHA256  string // of the file; may be empty
	Span    source.Span
}

// rows are those about the present version.
func (m *Made) rows() []Issued {
	return slices.DeleteFunc(slices.Clone(m.Issued), func(row Issued) bool { return row.Version != m.Statement.Version })
}

// Shard is the agreements of one of several processes.
func Shard(all []Agreement, shard manifest.Shard) []Agreement {
	var own []Agreement
	for _, a := range all {
		if InShard(a.Name, shard) {
			own = append(own, a)
		}
	}
	return own
}

// InShard reports whether an agreement belongs to a process: its name alone tells, the
// same whichever others there are.
func InShard(agreement string, shard manifest.Shard) bool {
	hash := sha256.Sum256([]byte(agreement))
	return binary.BigEndian.Uint64(hash[:8])%uint64(shard.Count) == uint64(shard.Number-1)
}

// CheckOutputs reports agreements whose files would have the names of another's,
// also where that is so only on a disk that ignores case, and names that not every
// system takes. It looks at all agreements, also those of other shards. The
// agreements that can be made are given in order.
func CheckOutputs(all []Agreement) ([]Agreement, diag.List) {
	first := make(map[string]int, len(all))
	wrong := map[int]bool{}
	var list diag.List
	at := func(i int) source.Span { return source.New(all[i].Path, nil).Span(0, 0) }
	for i, a := range all {
		if a.Output == "" {
			continue // making it says what is wrong
		}
		if err := outdir.CheckName(a.Output + ".md"); err != nil {
			wrong[i] = true
			list.Errorf(codeName, at(i), "give the agreement another id", "no file can have the name that the agreement asks for: %v", err)
			continue
		}
		key := strings.ToLower(a.Output)
		k, taken := first[key]
		if !taken {
			first[key] = i
			continue
		}
		same := func(n, other int) {
			if !wrong[n] {
				wrong[n] = true
				list = append(list, diag.Diagnostic{
					Code: codeSameOutput, Severity: diag.Error, Span: at(n), Hint: "give each agreement an id of its own",
					Message: fmt.Sprintf("the files %q would also be those of another agreement; none of them is made", all[n].Output+".*"),
					Notes:   []diag.Note{{Span: at(other), Message: "another agreement"}},
				})
			}
		}
		same(k, i)
		same(i, k)
	}
	list = list.Sorted()
	var good []Agreement
	for i, a := range all {
		if !wrong[i] {
			good = append(good, a)
		}
	}
	return good, list
}
