package diag

import (
	"encoding/json"
	"io"

	"concordat/internal/source"
)

// reportSchema names the shape of JSON reports. A field may be added to the
// shape; a change to one that exists makes a new version.
const reportSchema = "concordat/report/v1"

type jsonReport struct {
	Schema string     `json:"schema"`
	Tool   jsonTool   `json:"tool"`
	Files  []jsonFile `json:"files"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonFile struct {
	File        string           `json:"file"`
	ID          string           `json:"id,omitempty"`
	Status      string           `json:"status"`
	Diagnostics []jsonDiagnostic `json:"diagnostics"`
	Summary     json.Marshaler   `json:"summary,omitempty"`
}

type jsonDiagnostic struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	jsonPlace
	Excerpt string     `json:"excerpt,omitempty"`
	Notes   []jsonNote `json:"notes,omitempty"`
}

type jsonNote struct {
	Message string `json:"message"`
	jsonPlace
}

// jsonPlace is empty for a problem of no place.
type jsonPlace struct {
	File  string        `json:"file,omitempty"`
	Start *jsonPosition `json:"start,omitempty"`
	End   *jsonPosition `json:"end,omitempty"`
}

// jsonPosition counts lines and columns from 1, columns in code points, and
// the offset in bytes from 0.
type jsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Offset int `json:"offset"`
}

func (r Report) writeJSON(w io.Writer) error {
	report := jsonReport{Schema: reportSchema, Tool: jsonTool{"concordat", r.Version}, Files: []jsonFile{}}
	for _, f := range r.Files {
		file := jsonFile{File: f.File, ID: f.ID, Status: f.status(), Diagnostics: []jsonDiagnostic{}, Summary: f.Summary}
		for _, d := range f.Diagnostics {
			file.Diagnostics = append(file.Diagnostics, r.jsonDiagnostic(d))
		}
		report.Files = append(report.Files, file)
	}
	return encode(w, report)
}

func (r Report) jsonDiagnostic(d Diagnostic) jsonDiagnostic {
	out := jsonDiagnostic{Code: d.Code, Severity: d.Severity.String(), Message: d.Message, Hint: d.Hint, jsonPlace: jsonPlaceOf(d.Span)}
	if r.Excerpts && !d.Span.IsZero() {
		if line := d.Span.File.Line(out.Start.Line); len(line) <= maxShown {
			out.Excerpt = line
		}
	}
	for _, n := range d.Notes {
		out.Notes = append(out.Notes, jsonNote{n.Message, jsonPlaceOf(n.Span)})
	}
	return out
}

func jsonPlaceOf(s source.Span) jsonPlace {
	if s.IsZero() {
		return jsonPlace{}
	}
	position := func(offset int) *jsonPosition {
		p := s.File.Position(offset)
		return &jsonPosition{p.Line, p.Column, offset}
	}
	return jsonPlace{s.File.Name(), position(s.Start), position(s.End)}
}
