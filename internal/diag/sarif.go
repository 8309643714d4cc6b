package diag

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"concordat/internal/source"
)

// The parts of SARIF 2.1.0 that a report uses, in the order of its schema.
type (
	sarifLog struct {
		Version string     `json:"version"`
		Schema  string     `json:"$schema"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		Bases      sarifBases    `json:"originalUriBaseIds"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID            string             `json:"id"`
		Short         sarifText          `json:"shortDescription"`
		Full          sarifText          `json:"fullDescription"`
		Help          sarifText          `json:"help"`
		HelpURI       string             `json:"helpUri,omitempty"`
		Configuration sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifBases struct {
		Root sarifBase `json:"%SRCROOT%"`
	}
	sarifBase struct {
		Description sarifText `json:"description"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints sarifFingerprints `json:"partialFingerprints"`
		Properties   sarifProperties   `json:"properties"`
	}
	sarifFingerprints struct {
		Result string `json:"concordatResult/v1"`
		Line   string `json:"primaryLocationLineHash,omitempty"`
	}
	sarifProperties struct {
		Message string   `json:"message"`
		Hint    string   `json:"hint,omitempty"`
		Notes   []string `json:"notes,omitempty"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
		Context  *sarifRegion  `json:"contextRegion,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int        `json:"startLine"`
		StartColumn int        `json:"startColumn,omitempty"`
		EndLine     int        `json:"endLine,omitempty"`
		EndColumn   int        `json:"endColumn,omitempty"`
		Snippet     *sarifText `json:"snippet,omitempty"`
	}
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifRoot   = "%SRCROOT%"
)

// writeSARIF writes one run. Everything that a viewer needs stands where
// viewers look: what GitHub requires is always there, and hints and notes are
// part of the message, for no viewer shows them elsewhere. The exact words of
// a diagnostic are in the properties of its result.
func (r Report) writeSARIF(w io.Writer) error {
	findings := r.findings()
	rules := r.sarifRules(findings)
	prints := fingerprints{excerpts: r.Excerpts, count: map[string]int{}, lines: map[*source.File][]string{}}
	results := []sarifResult{}
	for _, f := range findings {
		index, _ := slices.BinarySearchFunc(rules, f.Code, func(rule sarifRule, code string) int { return cmp.Compare(rule.ID, code) })
		result := sarifResult{
			RuleID:       f.Code,
			RuleIndex:    index,
			Level:        f.Severity.String(),
			Message:      sarifText{Text: sarifMessage(f.Diagnostic)},
			Fingerprints: prints.of(f),
			Properties:   sarifProperties{Message: f.Message, Hint: f.Hint},
		}
		if f.Span.IsZero() {
			// GitHub refuses a log in which a result has no file and line.
			result.Locations = []sarifLocation{{Physical: sarifPhysical{Artifact: artifact(f.file), Region: sarifRegion{StartLine: 1}}}}
		} else {
			result.Locations = []sarifLocation{{Physical: r.sarifPlace(f.Span)}}
		}
		for i, n := range f.Notes {
			result.Properties.Notes = append(result.Properties.Notes, n.Message)
			if !n.Span.IsZero() {
				message := &sarifText{Text: cmp.Or(unlinked(n.Message), f.Code)}
				result.Related = append(result.Related, sarifLocation{i + 1, r.sarifPlace(n.Span), message})
			}
		}
		results = append(results, result)
	}
	return encode(w, sarifLog{
		Version: "2.1.0",
		Schema:  sarifSchema,
		Runs: []sarifRun{{
			Tool:       sarifTool{sarifDriver{"concordat", r.Version, rules}},
			Bases:      sarifBases{sarifBase{sarifText{Text: "the folder in which concordat was run"}}},
			ColumnKind: "utf16CodeUnits",
			Results:    results,
		}},
	})
}

// sarifRules are the rules in order of their codes, each once. A code that
// nothing describes describes itself.
func (r Report) sarifRules(findings []finding) []sarifRule {
	rules := []sarifRule{}
	for _, info := range r.Rules {
		title := cmp.Or(info.Title, info.Code)
		description := cmp.Or(info.Description, title)
		help := sarifText{Text: description}
		if info.Help != "" {
			help = sarifText{info.Help, info.Help}
		}
		rules = append(rules, sarifRule{info.Code, sarifText{Text: title}, sarifText{Text: description}, help, info.HelpURI, sarifConfiguration{info.Severity.String()}})
	}
	for _, f := range findings {
		text := sarifText{Text: f.Code}
		rules = append(rules, sarifRule{f.Code, text, text, text, "", sarifConfiguration{f.Severity.String()}})
	}
	slices.SortStableFunc(rules, func(a, b sarifRule) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(rules, func(a, b sarifRule) bool { return a.ID == b.ID })
}

// sarifMessage is what a viewer shows: message, notes and hint, each on a line
// of its own. A note ends in a link to its place, for GitHub shows related
// places by links only. Braces stand as they are, though the standard would
// have them doubled: the viewers that people have would show two.
func sarifMessage(d Diagnostic) string {
	var b strings.Builder
	b.WriteString(cmp.Or(unlinked(d.Message), d.Code))
	for i, n := range d.Notes {
		b.WriteString("\nnote: " + unlinked(n.Message))
		if !n.Span.IsZero() {
			fmt.Fprintf(&b, " ([%s](%d))", linkText.Replace(n.Span.String()), i+1)
		}
	}
	if d.Hint != "" {
		b.WriteString("\nhint: " + unlinked(d.Hint))
	}
	return b.String()
}

// linkText is the escape of text between the brackets of a link.
var linkText = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)

// unlinked parts what a viewer would take for a link, "[text](address)", with a
// space: a value that a message quotes never becomes one.
func unlinked(s string) string { return strings.ReplaceAll(s, "](", "] (") }

func artifact(name string) sarifArtifact {
	uri, relative := fileURI(name, filepath.Separator)
	if !relative {
		return sarifArtifact{URI: uri}
	}
	return sarifArtifact{uri, sarifRoot}
}

func (r Report) sarifPlace(s source.Span) sarifPhysical {
	start, end := extent(s)
	from, to := s.File.Position(start).Line, s.File.Position(end).Line
	physical := sarifPhysical{
		Artifact: artifact(s.File.Name()),
		Region: sarifRegion{
			StartLine: from, StartColumn: utf16Column(s.File, from, start),
			EndLine: to, EndColumn: utf16Column(s.File, to, end),
		},
	}
	if !r.Excerpts {
		return physical
	}
	text := s.File.Text()
	if 0 < end-start && end-start <= maxShown {
		physical.Region.Snippet = &sarifText{Text: text[start:end]}
	}
	lineStart, lineEnd := s.File.LineStart(from), s.File.LineStart(to)+len(s.File.Line(to))
	// The standard wants more around a region than the region itself.
	if lineEnd-lineStart > end-start && lineEnd-lineStart <= maxShown {
		physical.Context = &sarifRegion{StartLine: from, EndLine: to, Snippet: &sarifText{Text: text[lineStart:lineEnd]}}
	}
	return physical
}

// utf16Column is the column of a byte offset in a line, counted from 1 in
// UTF-16 code units. A byte order mark is no part of the text.
func utf16Column(f *source.File, line, offset int) int {
	text := f.Text()[f.LineStart(line):offset]
	if line == 1 {
		text = strings.TrimPrefix(text, "\ufeff")
	}
	column := 1
	for _, r := range text {
		column++
		if r > 0xffff {
			column++
		}
	}
	return column
}
