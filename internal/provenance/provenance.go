// Package provenance says what one document was made of: which files, clauses
// and program went in, which values and sums it states, which files came out,
// and the document itself.
//
// It is for those who make many documents: by a statement they know later
// whether a document would be another now, and in what. Its promise: two
// documents whose inputs have one digest were made of the same bytes by the
// same program, and so are the same; Decode(Encode(s)) = s, but for origins and
// how the texts of its document are divided.
package provenance

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"concordat/internal/doc"
)

// Schema names the form of an encoded Statement.
const Schema = "concordat/document/v1"

// Statement is what is known of one document.
type Statement struct {
	ID       string       // of the agreement, which begins the names of its files
	Version  string       // of the agreement, such as "1.0.0"
	Inputs   Inputs       // what it was made of
	Values   []Value      // of the agreement with all files it uses, in the order of the merged files
	Sums     []Sum        // that the program computed from them
	Outputs  []Output     // the files that hold the document, in the order of their formats
	Document doc.Document // without origins
}

// Inputs is everything that a document depends on.
type Inputs struct {
	Program string `json:"program"` // version of concordat
	Build   string `json:"build"`   // SHA-256 of its executable: with it fonts, frameworks and words of schedules
	Printed string `json:"printed"` // SHA-256 of the words that the program itself prints
	Final   bool   `json:"final"`   // made for signature; else a draft
	Layout  Text   `json:"layout"`
	Library string `json:"library"` // SHA-256 of what selects, orders and names clauses, also of those that are not used
	Clauses []Text `json:"clauses"` // of the document, in its order
	Terms   []Text `json:"terms"`   // that the document defines, in order of their ids
	Files   []File `json:"files"`   // the agreement first, then all it uses
}

// Text is the file of a clause, term or layout.
type Text struct {
	ID       string `json:"id"`
	Version  string `json:"version"`
	SHA256   string `json:"sha256"`             // of the whole file
	Words    string `json:"words,omitempty"`    // SHA-256 of the file without its status and approval, which an approval states
	Material bool   `json:"material,omitempty"` // counsel calls the change to this version material
	Reason   string `json:"reason,omitempty"`   // why this version exists, as counsel wrote
	Approved bool   `json:"approved,omitempty"` // somebody approved exactly these words
}

// File is a file of the agreements' folder.
type File struct {
	Path   string `json:"path"` // from the folder of the agreements, with slashes
	SHA256 string `json:"sha256"`
}

// Value is one value of an agreement.
type Value struct {
	Path string `json:"path"`           // such as "budget.lines[BL-01].charges[0].amount": rows with an id by it, others by their number from 0
	Text string `json:"text"`           // as written, without quotes
	File int    `json:"file,omitempty"` // that states it, as an index of Inputs.Files
}

// Sum is one computed amount.
type Sum struct {
	Name   string `json:"name"`   // such as "budget 2027"
	Amount string `json:"amount"` // such as "USD 13,180.00"
}

// Output is a file that holds the document.
type Output struct {
	Name   string `json:"name"` // such as "lodz.pdf"
	Size   int64  `json:"size"` // in bytes
	SHA256 string `json:"sha256"`
}

// Digest is the SHA-256, in hexadecimal digits, of all that can change a
// document.
func (in *Inputs) Digest() string { return Digest(in.Texts(), in.Files) }

// Texts is the SHA-256, in hexadecimal digits, of what many documents share: the
// program and the texts of the library.
func (in *Inputs) Texts() string {
	hash := sha256.New()
	fmt.Fprintf(hash, "%s\n%t\n%s %s\n%s\n", in.Build, in.Final, in.Layout.ID, in.Layout.SHA256, in.Library)
	for _, t := range in.Clauses {
		fmt.Fprintf(hash, "clause %s %s\n", t.ID, t.SHA256)
	}
	for _, t := range in.Terms {
		fmt.Fprintf(hash, "term %s %s\n", t.ID, t.SHA256)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// Digest is that of inputs with these texts and files; see Inputs.Texts.
func Digest(texts string, files []File) string {
	text := append(make([]byte, 0, 1024), texts...)
	for _, f := range files {
		text = strconv.AppendQuote(append(append(text, "\nfile "...), f.SHA256...), f.Path)
	}
	hash := sha256.Sum256(text)
	return hex.EncodeToString(hash[:])
}

// head is a statement without its document.
type head struct {
	Schema  string   `json:"schema"`
	ID      string   `json:"id"`
	Version string   `json:"version"`
	Inputs  Inputs   `json:"inputs"`
	Values  []Value  `json:"values"`
	Sums    []Sum    `json:"sums"`
	Outputs []Output `json:"outputs"`
}

// headSize is the room that a head gets at first: what many need, so that few are
// copied while they grow.
const headSize = 112 << 10

const documentKey = `,"document":`

// Encode writes a statement as JSON. document is that of s as doc.Encode writes
// it, which callers have already.
func Encode(s *Statement, document []byte) []byte {
	b := bytes.NewBuffer(make([]byte, 0, headSize+len(document)))
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(head{Schema, s.ID, s.Version, s.Inputs, s.Values, s.Sums, s.Outputs}); err != nil {
		panic(fmt.Sprintf("provenance: %v", err))
	}
	b.Truncate(b.Len() - len("}\n"))
	b.WriteString(documentKey)
	b.Write(bytes.TrimSpace(document))
	b.WriteString("}\n")
	return b.Bytes()
}

// Decode reads what Encode has written. It refuses everything else.
func Decode(text []byte) (*Statement, error) {
	// A string of JSON holds no quotation mark as it is, and nothing before the
	// document has a field of this name: the first one is it.
	before, after, ok := bytes.Cut(text, []byte(documentKey))
	rest, ended := bytes.CutSuffix(after, []byte("}\n"))
	if !ok || !ended {
		return nil, errors.New("expected a statement that ends with its document")
	}
	var form head
	decoder := json.NewDecoder(bytes.NewReader(append(slices.Clip(before), '}')))
	decoder.DisallowUnknownFields()
	switch err := decoder.Decode(&form); {
	case err != nil:
		return nil, err
	case form.Schema != Schema:
		return nil, fmt.Errorf("expected the schema %q, found %q", Schema, form.Schema)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something stands between the statement and its document")
	}
	for _, v := range form.Values {
		if v.File < 0 || v.File >= len(form.Inputs.Files) {
			return nil, fmt.Errorf("the value %q is of no file", v.Path)
		}
	}
	document, err := doc.Decode(rest)
	if err != nil {
		return nil, err
	}
	return &Statement{form.ID, form.Version, form.Inputs, form.Values, form.Sums, form.Outputs, document}, nil
}
