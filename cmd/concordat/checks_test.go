package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/cli"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/generate"
	"concordat/internal/record"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

const (
	checksName = "../../docs/checks.md"
	rulesDir   = "../../internal/agreement/testdata/rules/"
	baseName   = "../../internal/agreement/testdata/ok/base.yaml"
)

// described are the codes that no short example can show: their entries have
// words in place of an example that runs. Where make is not nil it makes the
// input that the words are about.
func described() []description {
	repeat := strings.Repeat
	body := func(text string) func(*testCase) {
		return func(c *testCase) { c.add(snippet{"markdown", "", text}) }
	}
	whole := func(text string) func(*testCase) {
		return func(c *testCase) { c.agreement = text }
	}
	return []description{
		{"R100", nil},
		{"R109", nil}, // a whole matrix of CMMC level 2
		{"yaml-too-large", func(c *testCase) { c.agreement += "# " + repeat("x", 256*1024) + "\n" }},
		{"yaml-too-deep", whole("tags: " + repeat("[", 34) + "a" + repeat("]", 34) + "\n")},
		{"yaml-too-many-values", whole("tags: [" + repeat("a, ", 20_000) + "a]\n")},
		{"yaml-too-many-problems", whole("tags: [" + repeat("010, ", 600) + "a]\n" + repeat("tags: a\n", 600))},
		{"agreement-too-many-problems", func(c *testCase) {
			c.agreement = strings.Replace(c.agreement, "  - {id: G-LOGS,", repeat("  - {}\n", 600)+"  - {id: G-LOGS,", 1)
		}},
		{"clause-too-large", body(repeat("The parties shall agree.\n", 3000))},
		{"clause-no-library", func(c *testCase) { c.noLibrary = true }},
		{"assemble-too-much", func(c *testCase) {
			for i := range 12 {
				c.add(snippet{"markdown", fmt.Sprintf("aa-%02d.md", i), "{{ range 90000 }}{{ end }}The parties agree.\n"})
			}
		}},
		{"clause-link", nil}, // see internal/clause
		{"clause-too-many", func(c *testCase) {
			for i := range 1001 {
				c.clauses[fmt.Sprintf("aa-%04d.txt", i)] = ""
			}
		}},
		{"clause-unexpected-file", func(c *testCase) { c.clauses["bkp-01.markdown"] = "" }},
		{"clause-condition-long", func(c *testCase) {
			c.add(snippet{"yaml", "sample-01.md", "when: backups.count > 0" + repeat(" and backups.count > 0", 25) + "\n"})
		}},
		{"expand-too-large", nil},     // the file would be too large before
		{"expand-reserved", nil},      // the file would be refused before
		{"expand-missing-value", nil}, // the view has no such field today
		{"expand-too-deep", body(repeat("{{ if .Facts.Budget.Present }}", 65) + "a" + repeat("{{ end }}", 65) + "\n")},
		{"expand-output-size", body("{{ range 100000000000 }}" + repeat("x", 60_000) + "{{ end }}\n")},
		{"markdown-table-columns", body(repeat("| a ", 33) + "|\n" + repeat("|---", 33) + "|\n")},
		{"markdown-nesting", body(repeat("> ", 33) + "deep\n")},
		{"markdown-too-large", body("{{ range 10000 }}The parties agree. {{ end }}\n")},
		{"markdown-value-lines", nil}, // the view has no value of several lines today
		{"markdown-lost-text", nil},   // a net below the other checks: no input is known
		// An agreement shows none of these: they are in files beside it.
		{"framework-field", nil},
		{"framework-count", nil},
		{"framework-duplicate-id", nil},
		{"framework-group", nil},
		{"framework-weight", nil},
		{"framework-known-id", nil},
		{"oscal-format", nil},
		{"oscal-kind", nil},
		{"oscal-shape", nil},
		{"oscal-duplicate-id", nil},
		{"oscal-too-large", nil},
		{"oscal-unmarked-withdrawn", nil},
		{"use-unreadable", nil}, // these three: see internal/workspace
		{"use-too-many", nil},
		{"workspace-file", nil},
		{"workspace-left-out", nil}, // see TestFind
		{"map-schema", nil},         // from here on: see testdata/import in internal/draft
		{"map-section", nil},
		{"map-field", nil},
		{"map-values", nil},
		{"csv-encoding", nil},
		{"csv-syntax", nil},
		{"csv-column", nil},
		{"csv-value", nil},
		{"csv-formula", nil},
		{"csv-duplicate", nil},
		{"csv-same-id", nil},
		{"csv-orphan", nil},
		{"csv-rows", nil},
		{"csv-too-large", nil},  // see testdata/script/init.txtar
		{"file-too-large", nil}, // from here on: see TestChecksOfFiles
		{"cli-same-id", nil},
		{"cli-record", nil},
		{"cli-layout", nil},
		{"fleet-same-id", nil},
		{"fleet-name", nil},
		{"fleet-id", nil}, // these four: see internal/fleet
		{"fleet-issued", nil},
		{"fleet-lost", nil},
		{"fleet-unknown", nil},
		{"assemble-unapproved", nil}, // these three are of documents for signature: see internal/assemble
		{"assemble-not-in-force", nil},
		{"assemble-old-law", nil},
		{"workspace-lock", nil}, // from here on: see testdata/script/lock.txtar and internal/lock
		{"lock-schema", nil},
		{"lock-damaged", nil},
		{"lock-name", nil},
		{"lock-missing", nil},
		{"lock-behind", nil},
		{"lock-schedule-words", nil},
		{"record-milestone", nil}, // these two: see internal/record; the base has no such level
		{"record-plan-of-action", nil},
	}
}

type description struct {
	code string
	make func(*testCase)
}

// TestChecksDescribed makes the inputs that are too large for an example.
func TestChecksDescribed(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	base := readText(t, baseName)
	plain := newCase(base).generator(t)
	for _, d := range described() {
		if d.make == nil {
			continue
		}
		c := newCase(base)
		d.make(c)
		if list := c.problems(t, plain); !slices.ContainsFunc(list, func(x diag.Diagnostic) bool { return x.Code == d.code }) {
			t.Errorf("%s: not given, but:\n%s", d.code, printedList(list[:min(len(list), 5)]))
		}
	}
}

// TestChecksOfFiles finds the problems that only the command line can have.
func TestChecksOfFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	base := readText(t, baseName)
	large := write("large.yaml", base+"# "+strings.Repeat("x", 256*1024)+"\n")
	a, b := write("a.yaml", base), write("b.yaml", base)
	kept := write("a.record.yaml", "")
	if err := os.Mkdir(filepath.Join(dir, "typo"), 0o700); err != nil {
		t.Fatal(err)
	}
	write("typo/concordat.yaml", "schema: concordat/workspace/v1\nlayout: owner-page\n")
	typo := write("typo/a.yaml", base)
	for _, sub := range []string{"twins", "device"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write("twins/a.yaml", base)
	write("twins/b.yaml", base)
	write("device/a.yaml", regexp.MustCompile(`(?m)^  id: .*$`).ReplaceAllString(base, "  id: nul"))
	for code, args := range map[string][]string{
		"fleet-same-id":  {"batch", "-o", filepath.Join(dir, "out"), filepath.Join(dir, "twins")},
		"fleet-name":     {"plan", "-o", filepath.Join(dir, "out"), filepath.Join(dir, "device")},
		"cli-layout":     {"generate", "-o", filepath.Join(dir, "out"), typo},
		"file-too-large": {"check", large},
		"cli-same-id":    {"generate", "--format", "md", "-o", filepath.Join(dir, "out"), a, b},
		"cli-record":     {"check", kept},
	} {
		want := 1
		if code == "cli-record" {
			want = 0 // a warning
		}
		var stdout, stderr strings.Builder
		status := cli.Main(t.Context(), args, cli.Streams{Out: &stdout, Err: &stderr}, clock)
		if status != want || !strings.Contains(stderr.String(), "["+code+"]") {
			t.Errorf("%s: status %d, %s", code, status, stderr.String())
		}
	}
}

// TestChecksAreDocumented demands an entry in docs/checks.md for each code of
// the program, and a code for each entry.
func TestChecksAreDocumented(t *testing.T) {
	codes := collectCodes(t)
	rules := map[string]agreement.Rule{}
	for _, r := range agreement.Rules() {
		codes[r.ID] = codeSource{"agreement", r.ID}
		rules[r.ID] = r
	}
	var documented []string
	for _, e := range readEntries(t) {
		if slices.Contains(documented, e.code) {
			t.Errorf("docs/checks.md has two entries for %s", e.code)
		}
		documented = append(documented, e.code)
		if _, ok := codes[e.code]; !ok {
			t.Errorf("docs/checks.md has an entry for %s, which is no code of the program", e.code)
		}
		r, isRule := rules[e.code]
		if strings.HasSuffix(e.what, " Settle it before the agreement is signed.") != r.Final {
			t.Errorf("%s: expected the sentence that it has to be settled before the agreement is signed: %t", e.code, r.Final)
		}
		if isRule && strings.HasPrefix(e.what, "Warning: ") != (r.Severity == diag.Warning) {
			t.Errorf("%s: the entry and the table of rules differ about whether it is a warning only", e.code)
		}
	}
	for code, from := range codes {
		if !slices.Contains(documented, code) {
			t.Errorf("docs/checks.md has no entry for %s of %s", code, from.pkg)
		}
	}
	for _, d := range described() {
		if _, ok := codes[d.code]; !ok {
			t.Errorf("%s is described, but is no code of the program", d.code)
		}
	}
}

// TestChecksNumbers holds that each number from R01 to the last one is a rule,
// or is explained in docs/checks.md with codes or words that exist.
func TestChecksNumbers(t *testing.T) {
	codes := collectCodes(t)
	_, table, ok := strings.Cut(readText(t, checksName), "\n## Numbers that are not rules\n")
	if !ok {
		t.Fatal("docs/checks.md has no such section")
	}
	table, _, _ = strings.Cut(table, "\n## ")
	explained := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\| (R\d+) \|[^|]+\|([^|]+)\|$`).FindAllStringSubmatch(table, -1) {
		if explained[m[1]] {
			t.Errorf("%s stands there twice", m[1])
		}
		explained[m[1]] = true
		for _, code := range regexp.MustCompile("`([a-z]+-[a-z-]+)`").FindAllStringSubmatch(m[2], -1) {
			if _, ok := codes[code[1]]; !ok {
				t.Errorf("%s: no code %q", m[1], code[1])
			}
		}
	}
	rules, last := map[string]bool{}, 0
	for _, r := range agreement.Rules() {
		rules[r.ID] = true
		n, err := strconv.Atoi(strings.TrimPrefix(r.ID, "R"))
		if err != nil {
			t.Fatal(err)
		}
		last = max(last, n)
	}
	for n := 1; n <= last; n++ {
		if id := fmt.Sprintf("R%02d", n); rules[id] == explained[id] {
			t.Errorf("%s: a rule: %t, explained as none: %t", id, rules[id], explained[id])
		}
	}
	if last != len(rules)+len(explained) {
		t.Errorf("%d numbers, %d rules, %d explained", last, len(rules), len(explained))
	}
}

// TestChecksContents holds the contents of docs/checks.md to its entries.
func TestChecksContents(t *testing.T) {
	text := readText(t, checksName)
	_, contents, ok := strings.Cut(text, "\n## Contents\n")
	if !ok {
		t.Fatal(`docs/checks.md has no heading "## Contents"`)
	}
	contents, _, _ = strings.Cut(contents, "\n## ")
	var listed []string
	for _, m := range regexp.MustCompile("\\[`([^`]+)`\\]\\(#([^)]+)\\)").FindAllStringSubmatch(contents, -1) {
		listed = append(listed, m[1])
		if m[2] != strings.ToLower(m[1]) {
			t.Errorf("the contents link %s to #%s", m[1], m[2])
		}
	}
	var documented []string
	for _, e := range readEntries(t) {
		documented = append(documented, e.code)
	}
	if !slices.Equal(listed, documented) {
		t.Errorf("the contents list\n%v\nthe entries are\n%v", listed, documented)
	}
}

// TestChecksHaveFixtures demands a broken fixture for each code beside its
// package: for rules and fields of agreements a file of that name, for others a
// test that names the code or an expected output that has it. Above are those of
// large inputs and of the command line.
func TestChecksHaveFixtures(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	codes := collectCodes(t)
	for _, r := range agreement.Rules() {
		codes[r.ID] = codeSource{"agreement", r.ID}
	}
	proofs := map[string]string{}
	for code, from := range codes {
		if from.pkg == "cli" || slices.ContainsFunc(described(), func(d description) bool { return d.code == code && d.make != nil }) {
			continue
		}
		if from.pkg == "agreement" {
			names, err := filepath.Glob(rulesDir + code + "*.txtar")
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(names, func(name string) bool {
				base := strings.TrimSuffix(filepath.Base(name), ".txtar")
				return base == code || strings.HasPrefix(base, code+"-")
			}) {
				t.Errorf("%s has no fixture in internal/agreement/testdata/rules", code)
			}
			continue
		}
		if _, ok := proofs[from.pkg]; !ok {
			proofs[from.pkg] = readProofs(t, from.pkg)
		}
		named := regexp.MustCompile(`(^|[^A-Za-z-])(` + regexp.QuoteMeta(code) + `|` + from.name + `)([^A-Za-z-]|$)`)
		if !named.MatchString(proofs[from.pkg]) {
			t.Errorf("%s: no test and no expected output of internal/%s names it", code, from.pkg)
		}
	}
	fixtures, err := filepath.Glob(rulesDir + "*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	good := 0
	for _, name := range fixtures {
		if strings.Contains(readText(t, name), "\n-- good --\n") {
			good++
		}
	}
	t.Logf("%d rules, %d codes documented, %d fixtures of agreements, %d of them with a good side", len(agreement.Rules()), len(codes), len(fixtures), good)
}

// TestChecksExamples runs the examples of docs/checks.md: Bad gives the code,
// Good does not and has no error.
func TestChecksExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	base := readText(t, baseName)
	plain := newCase(base).generator(t)
	if _, list := plain.Check(source.New("agreement.yaml", []byte(base))); len(list) > 0 {
		t.Fatalf("the base of the examples has problems:\n%s", printedList(list))
	}
	for _, e := range readEntries(t) {
		if e.what == "" || e.why == "" || len(e.bad) == 0 || len(e.good) == 0 {
			t.Errorf("%s: expected a sentence, Bad and Good each with an example, and Why", e.code)
			continue
		}
		inWords := slices.ContainsFunc(described(), func(d description) bool { return d.code == e.code })
		if inWords != e.isText() {
			t.Errorf("%s: an example in words: %t, expected %t", e.code, e.isText(), inWords)
		}
		if e.isText() {
			continue
		}
		bad, good := newCase(base), newCase(base)
		if strings.HasPrefix(e.code, "lint-") {
			bad.lint, good.lint = e.code, e.code
		}
		for _, s := range e.good {
			if s.inAgreement() {
				continue // the base has it; see patch
			}
			good.add(s)
		}
		if err := bad.addBad(e); err != nil {
			t.Errorf("%s: %v", e.code, err)
			continue
		}
		list := bad.problems(t, plain)
		given := slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return d.Code != e.code })
		if len(given) == 0 {
			t.Errorf("%s: Bad does not give it, but:\n%s", e.code, printedList(list))
		} else if strings.HasPrefix(e.what, "Warning: ") == given.HasErrors() {
			t.Errorf("%s: a sentence about a warning, and no other, begins with \"Warning: \"; Bad gives:\n%s", e.code, printedList(given))
		}
		list = good.problems(t, plain)
		if good.whole { // a whole agreement in a few lines: its shape is good, its fields are not
			list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return !strings.HasPrefix(d.Code, "yaml-") })
		}
		if list.HasErrors() || slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == e.code }) {
			t.Errorf("%s: Good gives:\n%s", e.code, printedList(list))
		}
	}
}

// TestLinks demands that each link between the project's own texts leads to a
// file that exists and, where it names a heading, to a heading.
func TestLinks(t *testing.T) {
	names, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"} {
		if _, err := os.Stat("../../" + name); err == nil {
			names = append(names, "../../"+name)
		}
	}
	for _, name := range names {
		// A link may have a code span as its text, but stands in none.
		text := regexp.MustCompile("`[^`\n]*`").ReplaceAllString(withoutFences(readText(t, name)), "code")
		for _, m := range regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], ":") {
				continue // an address on the web
			}
			path, heading, _ := strings.Cut(m[1], "#")
			target := name
			if path != "" {
				target = filepath.Join(filepath.Dir(name), filepath.FromSlash(path))
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: the link %q leads to no file", name, m[1])
			} else if heading != "" && !slices.Contains(anchors(readText(t, target)), heading) {
				t.Errorf("%s: the link %q leads to no heading", name, m[1])
			}
		}
	}
}

// codeSource is where a code is written: a package in internal, and the name
// of its constant, or the code itself where it is written as a literal.
type codeSource struct{ pkg, name string }

// collectCodes reads the codes from the source of all packages: constants whose
// name begins with "code", and literals where a diagnostic is made.
func collectCodes(t *testing.T) map[string]codeSource {
	names, err := filepath.Glob("../../internal/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]codeSource{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		pkg := filepath.Base(filepath.Dir(name))
		add := func(x ast.Expr, constant string) {
			lit, ok := x.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return
			}
			code, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			if !regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`).MatchString(code) {
				t.Errorf("%s: the code %q is not small words with hyphens", name, code)
			}
			if constant == "" {
				constant = code
			}
			codes[code] = codeSource{pkg, constant}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, id := range n.Names {
					if strings.HasPrefix(strings.ToLower(id.Name), "code") && i < len(n.Values) {
						add(n.Values[i], id.Name)
					}
				}
			case *ast.CallExpr:
				f, ok := n.Fun.(*ast.SelectorExpr)
				if !ok || f.Sel.Name != "Errorf" && f.Sel.Name != "Warnf" || len(n.Args) == 0 {
					return true
				}
				if x, ok := f.X.(*ast.Ident); !ok || x.Name != "fmt" {
					add(n.Args[0], "")
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
					add(n.Value, "")
				}
			}
			return true
		})
	}
	if len(codes) == 0 {
		t.Fatal("no codes found")
	}
	return codes
}

// readProofs is the text of all tests and fixtures of a package.
func readProofs(t *testing.T, pkg string) string {
	var text strings.Builder
	add := func(name string) {
		text.WriteString(readText(t, name))
		text.WriteByte('\n')
	}
	root := "../../internal/" + pkg
	tests, err := filepath.Glob(root + "/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range tests {
		add(name)
	}
	if _, err := os.Stat(root + "/testdata"); err != nil {
		return text.String()
	}
	err = filepath.WalkDir(root+"/testdata", func(name string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			add(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// An entry is the section of one code in docs/checks.md.
type entry struct {
	code      string
	what      string // one sentence
	bad, good []snippet
	why       string
}

// isText reports whether the entry describes its examples in words.
func (e entry) isText() bool {
	return slices.ContainsFunc(e.bad, func(s snippet) bool { return s.language == "text" })
}

// A snippet is a fenced example. Its language, and the name of a file after it,
// say what it is a part of:
//
//	yaml                   lines of the base agreement
//	yaml agreement.yaml    a whole agreement
//	yaml customers/a.yaml  lines at the end of the base agreement
//	yaml alone.yaml        the same, without its "msa" and "governing_law"
//	yaml provider.yaml     a shared file; package.yaml is another one
//	yaml concordat.yaml    the workspace file
//	yaml record.yaml       a record, without its first two lines where these are right;
//	                       a comment "# checked on 2027-07-02" names another day than usual
//	yaml library.yaml      the library's list of articles
//	yaml NAME.md           fields of the front matter of a clause, term or layout
//	markdown               the text of the clause sample-01.md
//	markdown NAME.md       a whole file when it begins with "---", else its text
//	text                   words, which are not run
//
// A reader does not see the name, so YAML of a library begins with a comment
// that has it.
type snippet struct{ language, file, text string }

func (s snippet) inAgreement() bool { return s.language == "yaml" && s.file == "" }

// readEntries reads the sections of docs/checks.md, in order.
func readEntries(t *testing.T) []entry {
	var entries []entry
	var e *entry
	part, fence, end := "", (*snippet)(nil), ""
	for i, line := range strings.Split(readText(t, checksName), "\n") {
		switch {
		case fence != nil && line == end:
			if fence.language == "yaml" && fence.file != "" && fence.file != "agreement.yaml" && !strings.HasPrefix(fence.text, "# "+fence.file+"\n") {
				t.Errorf("docs/checks.md:%d: expected the comment %q at the top of the example", i+1, "# "+fence.file)
			}
			switch {
			case e != nil && part == "Bad":
				e.bad = append(e.bad, *fence)
			case e != nil && part == "Good":
				e.good = append(e.good, *fence)
			case e != nil:
				t.Errorf("docs/checks.md:%d: an example outside of Bad and Good", i+1)
			}
			fence = nil
		case fence != nil:
			fence.text += line + "\n"
		case strings.HasPrefix(line, "```"):
			info := strings.TrimLeft(line, "`")
			end = strings.TrimSuffix(line, info)
			language, file, _ := strings.Cut(info, " ")
			if !slices.Contains([]string{"yaml", "markdown", "text"}, language) {
				t.Errorf("docs/checks.md:%d: an example in %q", i+1, language)
			}
			fence = &snippet{language: language, file: file}
		case strings.HasPrefix(line, "### "):
			entries = append(entries, entry{code: strings.TrimPrefix(line, "### ")})
			e, part = &entries[len(entries)-1], "What"
		case strings.HasPrefix(line, "#"):
			e = nil
		case e == nil || line == "":
		case line == "**Bad**" || line == "**Good**":
			part = strings.Trim(line, "*")
		case strings.HasPrefix(line, "**Why** "):
			part = "Why"
			e.why = strings.TrimPrefix(line, "**Why** ")
		case part == "What":
			e.what = strings.TrimSpace(e.what + " " + line)
		case part == "Why":
			e.why += " " + line
		default:
			t.Errorf("docs/checks.md:%d: text between the parts of %s", i+1, e.code)
		}
	}
	if fence != nil || len(entries) == 0 {
		t.Fatal("docs/checks.md has no entries, or an example that does not end")
	}
	return entries
}

// A testCase is the files of one run: an agreement, a library and a layout.
type testCase struct {
	agreement string
	record    string            // text of its record, if it has one
	shared    map[string]string // the workspace file and shared files, by path
	whole     bool              // the agreement takes the place of the base
	clauses   map[string]string // by name; without "library.yaml" one is made that lists all clauses
	layout    map[string]string
	noLibrary bool   // there is no library.yaml
	lint      string // a code of lint: the library is examined, and no agreement
}

func newCase(base string) *testCase {
	return &testCase{
		agreement: base,
		shared: map[string]string{
			"concordat.yaml": "schema: concordat/workspace/v1\n",
			"provider.yaml":  "schema: concordat/shared/v1\n",
			"package.yaml":   "schema: concordat/shared/v1\n",
		},
		clauses: map[string]string{"sample-01.md": defaultText("sample-01.md")},
		layout:  map[string]string{"layout.md": defaultText("layout.md")},
	}
}

// defaultText is a valid file to which an example makes a change.
func defaultText(name string) string {
	id := strings.TrimSuffix(filepath.Base(name), ".md")
	switch {
	case name == "layout.md":
		return "---\nid: layout\ntitle: Sample\nversion: 1.0.0\n---\n# Sample\n\n{{ articles }}\n\n{{ signatures }}\n"
	case strings.HasPrefix(name, "terms/"):
		return "---\nid: " + id + "\nterm: " + id + "\nversion: 1.0.0\nstatus: draft\n---\na thing.\n"
	default:
		return "---\nid: " + id + "\ntitle: Sample\nversion: 1.0.0\nstatus: draft\nbinds: both\nplain: A sample.\n---\nThe parties shall agree.\n"
	}
}

// add puts a snippet of a library or a layout, or a whole agreement, in place.
func (c *testCase) add(s snippet) {
	files, name := c.clauses, s.file
	switch name {
	case "agreement.yaml":
		c.agreement, c.whole = s.text, true
		return
	case "customers/a.yaml":
		c.agreement += s.text
		return
	case "alone.yaml":
		c.agreement = regexp.MustCompile(`(?m)^(msa|governing_law):.*\n( .*\n)*`).ReplaceAllString(c.agreement, "") + s.text
		return
	case "concordat.yaml", "provider.yaml", "package.yaml":
		c.shared[name] = s.text
		return
	case "record.yaml":
		c.record = s.text
		if !strings.Contains(s.text, "schema: ") {
			c.record = "schema: concordat/record/v1\nagreement: sample-books-2027\n" + s.text
		}
		return
	case "layout.md":
		files = c.layout
	case "":
		name = "sample-01.md"
	}
	old, ok := files[name]
	if !ok && filepath.Base(name) != "library.yaml" {
		old = defaultText(name)
	}
	switch {
	case filepath.Base(name) == "library.yaml" || s.language == "markdown" && strings.HasPrefix(s.text, "---\n"):
		files[name] = s.text
	case s.language == "markdown":
		end := strings.LastIndex(old, "\n---\n") + len("\n---\n")
		files[name] = old[:end] + s.text
	default:
		for line := range strings.Lines(s.text) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			key, _, _ := strings.Cut(line, ":")
			field := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(key) + `:.*\n`)
			if field.MatchString(old) {
				old = field.ReplaceAllLiteralString(old, line)
			} else {
				old = strings.Replace(old, "\n---\n", "\n"+line+"---\n", 1)
			}
		}
		files[name] = old
	}
}

// addBad puts the bad examples in place. In the base agreement each takes the
// place of the good one beside it.
func (c *testCase) addBad(e entry) error {
	var good []snippet
	for _, s := range e.good {
		if s.inAgreement() {
			good = append(good, s)
		}
	}
	for _, s := range e.bad {
		if !s.inAgreement() {
			c.add(s)
			continue
		}
		if len(good) == 0 {
			return fmt.Errorf("more parts of the agreement in Bad than in Good")
		}
		text, err := patch(c.agreement, good[0].text, s.text)
		if err != nil {
			return err
		}
		c.agreement, good = text, good[1:]
	}
	if len(good) > 0 {
		return fmt.Errorf("more parts of the agreement in Good than in Bad")
	}
	return nil
}

// patch replaces lines that stand once in the text, at any indentation, by
// other lines at the same indentation.
func patch(text, old, replacement string) (string, error) {
	found, n := "", 0
	for spaces := range 12 {
		indent := strings.Repeat(" ", spaces)
		if k := strings.Count("\n"+text, "\n"+indented(old, indent)); k > 0 {
			found, n = indent, n+k
		}
	}
	if n != 1 {
		return "", fmt.Errorf("expected Good once in the base agreement, found it %d times:\n%s", n, old)
	}
	return strings.TrimPrefix(strings.Replace("\n"+text, "\n"+indented(old, found), "\n"+indented(replacement, found), 1), "\n"), nil
}

func indented(text, indent string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(indent + line)
	}
	return b.String()
}

// problems are those of the library and, when it has no error, of the
// agreement. plain is the generator of the library that no example changed.
func (c *testCase) problems(t *testing.T, plain *generate.Generator) diag.List {
	if c.lint != "" {
		return c.lintProblems(t)
	}
	same := newCase("")
	g, list := plain, diag.List(nil)
	if c.noLibrary || !maps.Equal(c.clauses, same.clauses) || !maps.Equal(c.layout, same.layout) {
		g, list = c.load(t)
	}
	if g == nil {
		return list
	}
	list = append(list, c.check(t, g)...)
	if c.record == "" {
		return list
	}
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	named := "2027-07-01"
	if m := regexp.MustCompile(`(?m)^# checked on (.*)$`).FindStringSubmatch(c.record); m != nil {
		named = m[1]
	}
	day, err := calendar.ParseDate(named)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := agreement.Load(source.New("agreement.yaml", []byte(c.agreement)), frameworks)
	r, problems := record.Load(source.New("record.yaml", []byte(c.record)), a)
	list = append(list, problems...)
	if r != nil {
		list = append(list, record.Due(a, r, day)...)
	}
	return list
}

// check lays the agreement with its shared files into a workspace and checks it.
func (c *testCase) check(t *testing.T, g *generate.Generator) diag.List {
	dir := t.TempDir()
	name := filepath.Join(dir, "customers", "a.yaml")
	if err := os.Mkdir(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, text := range c.shared {
		if err := os.WriteFile(filepath.Join(dir, path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	resolved, list, err := workspace.NewReader().Read(source.New(name, []byte(c.agreement)))
	if err != nil {
		t.Fatal(err)
	}
	if resolved == nil {
		return list
	}
	_, problems := g.CheckTree(resolved.Tree)
	return append(list, problems...)
}

func (c *testCase) generator(t *testing.T) *generate.Generator {
	g, list := c.load(t)
	if len(list) > 0 {
		t.Fatalf("the library of the examples has problems:\n%s", printedList(list))
	}
	return g
}

// load reads the library and the layout.
func (c *testCase) load(t *testing.T) (*generate.Generator, diag.List) {
	layers, layouts := c.files()
	g, list, err := generate.New(generate.Library{Clauses: layers, Layouts: layouts, Layout: "layout.md"})
	if err != nil {
		t.Fatal(err)
	}
	return g, list
}

// files are the layers of the library, and the folder of the layout.
func (c *testCase) files() ([]clause.Layer, fstest.MapFS) {
	clauses, above, layouts := fstest.MapFS{}, fstest.MapFS{}, fstest.MapFS{}
	var ids []string
	for name, text := range c.clauses {
		if name, ok := strings.CutPrefix(name, "layer/"); ok {
			above[name] = &fstest.MapFile{Data: []byte(text)}
			continue
		}
		clauses[name] = &fstest.MapFile{Data: []byte(text)}
		if id, ok := strings.CutSuffix(name, ".md"); ok && !strings.Contains(id, "/") {
			ids = append(ids, id)
		}
	}
	if _, ok := c.clauses["library.yaml"]; !ok && !c.noLibrary {
		slices.Sort(ids)
		clauses["library.yaml"] = &fstest.MapFile{Data: []byte("id: sample\ntitle: Sample\nversion: 1.0.0\nlicence: CC0-1.0\narticles:\n  - id: all\n    title: All\n    clauses: [" + strings.Join(ids, ", ") + "]\n")}
	}
	for name, text := range c.layout {
		layouts[name] = &fstest.MapFile{Data: []byte(text)}
	}
	layers := []clause.Layer{{FS: clauses}}
	if len(above) > 0 {
		if _, ok := above["library.yaml"]; !ok {
			above["library.yaml"] = &fstest.MapFile{Data: []byte("id: layer\nextends: sample\ntitle: Layer\nversion: 1.0.0\nlicence: CC0-1.0\n")}
		}
		layers = append(layers, clause.Layer{FS: above, Prefix: "layer/"})
	}
	return layers, layouts
}

func printedList(list diag.List) string {
	var b strings.Builder
	if err := (diag.Printer{Excerpts: true}).Print(&b, list); err != nil {
		panic(err)
	}
	return b.String()
}

func readText(t *testing.T, name string) string {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// withoutFences is Markdown without its fenced blocks.
func withoutFences(text string) string {
	var b strings.Builder
	end := "" // of the block in which a line stands
	for line := range strings.Lines(text) {
		bare := strings.TrimSuffix(line, "\n")
		switch {
		case end != "" && bare == end:
			end = ""
		case end != "":
		case strings.HasPrefix(bare, "```"):
			end = strings.TrimSuffix(bare, strings.TrimLeft(bare, "`"))
		default:
			b.WriteString(line)
		}
	}
	return b.String()
}

// anchors are the names by which links reach the headings of a text: small
// letters, digits and hyphens.
func anchors(text string) []string {
	var list []string
	for _, m := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(withoutFences(text), -1) {
		name := regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(m[1]), "")
		list = append(list, strings.ReplaceAll(name, " ", "-"))
	}
	return list
}
