package cli

import (
	"slices"
	"strings"

	"concordat/docs"
	"concordat/internal/diag"
)

// ruleInfos tells of each code in a report what docs/checks.md says about it.
func ruleInfos(files []diag.FileReport) []diag.RuleInfo {
	severities := map[string]diag.Severity{}
	var codes []string
	for _, file := range files {
		for _, d := range file.Diagnostics {
			severity, seen := severities[d.Code]
			if !seen {
				codes = append(codes, d.Code)
			}
			if !seen || d.Severity < severity {
				severities[d.Code] = d.Severity
			}
		}
	}
	slices.Sort(codes)
	var infos []diag.RuleInfo
	for _, code := range codes {
		help := checkEntry(code)
		title, _, _ := strings.Cut(help, "\n\n")
		infos = append(infos, diag.RuleInfo{
			Code: code, Severity: severities[code],
			Title: strings.Join(strings.Fields(title), " "), Help: help,
		})
	}
	return infos
}

// checkEntry is the entry of a code in docs/checks.md, without its heading.
func checkEntry(code string) string {
	_, rest, found := strings.Cut(docs.Checks, "\n### "+code+"\n")
	if !found {
		return ""
	}
	if end := strings.Index(rest, "\n##"); end >= 0 {
		rest = rest[:end]
	}
	return strings.TrimSpace(rest)
}
