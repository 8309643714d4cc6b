package schema_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"concordat/internal/schema"
)

// serverVariable names the program yaml-language-server. "make editor" installs
// it in a temporary folder and sets the variable.
const serverVariable = "CONCORDAT_YAML_LANGUAGE_SERVER"

// patience ends a test whose server does not answer.
const patience = 60 * time.Second

// server is a yaml-language-server at work, spoken to as an editor speaks to it.
type server struct {
	t      *testing.T
	in     io.Writer
	from   chan message
	nextID int
}

type message struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// finding is a diagnostic that the editor shows.
type finding struct {
	Range struct {
		Start position `json:"start"`
	} `json:"range"`
	Message string `json:"message"`
}

// completion is an entry of the list that an editor offers.
type completion struct {
	Label         string          `json:"label"`
	Documentation json.RawMessage `json:"documentation"`
}

func startServer(t *testing.T) *server {
	t.Helper()
	program := os.Getenv(serverVariable)
	if program == "" {
		t.Skip(serverVariable + " does not name a yaml-language-server: run make editor")
	}
	cmd := exec.Command(program, "--stdio")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, in: in, from: make(chan message, 100)}
	go s.listen(bufio.NewReader(out))
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Process.Kill(); err == nil {
			cmd.Wait()
		}
	})
	s.call("initialize", map[string]any{
		"processId": os.Getpid(), "rootUri": nil,
		"capabilities": map[string]any{
			"workspace":    map[string]any{"configuration": true},
			"textDocument": map[string]any{"completion": map[string]any{"completionItem": map[string]any{"documentationFormat": []string{"plaintext"}}}},
		},
	})
	s.notify("initialized", map[string]any{})
	return s
}

// listen takes in what the server says, until it says no more.
func (s *server) listen(out *bufio.Reader) {
	defer close(s.from)
	for {
		header, err := textproto.NewReader(out).ReadMIMEHeader()
		if err != nil {
			return
		}
		size, err := strconv.Atoi(header.Get("Content-Length"))
		if err != nil {
			return
		}
		text := make([]byte, size)
		if _, err := io.ReadFull(out, text); err != nil {
			return
		}
		var m message
		if json.Unmarshal(text, &m) != nil {
			return
		}
		s.from <- m
	}
}

func (s *server) send(fields map[string]any) {
	s.t.Helper()
	fields["jsonrpc"] = "2.0"
	text, err := json.Marshal(fields)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(text), text); err != nil {
		s.t.Fatal(err)
	}
}

func (s *server) notify(method string, params any) {
	s.t.Helper()
	s.send(map[string]any{"method": method, "params": params})
}

// until reads on until a message is wanted, and answers what the server asks.
func (s *server) until(wanted func(message) bool) message {
	s.t.Helper()
	late := time.After(patience)
	for {
		select {
		case m, ok := <-s.from:
			if !ok {
				s.t.Fatal("the server has ended")
			}
			if wanted(m) {
				return m
			}
			if m.Method != "" && m.ID != nil {
				s.send(map[string]any{"id": m.ID, "result": answer(m)})
			}
		case <-late:
			s.t.Fatal("the server does not answer")
		}
	}
}

// answer is that of an editor with the settings as they come, but without the
// schemas of the internet.
func answer(m message) any {
	if m.Method != "workspace/configuration" {
		return nil
	}
	var asked struct {
		Items []struct {
			Section string `json:"section"`
		} `json:"items"`
	}
	if json.Unmarshal(m.Params, &asked) != nil {
		return nil
	}
	var settings []any
	for _, item := range asked.Items {
		if item.Section == "yaml" {
			settings = append(settings, map[string]any{
				"validate": true, "completion": true, "hover": true, "schemaStore": map[string]any{"enable": false},
			})
			continue
		}
		settings = append(settings, map[string]any{})
	}
	return settings
}

func (s *server) call(method string, params any) json.RawMessage {
	s.t.Helper()
	s.nextID++
	id := strconv.Itoa(s.nextID)
	s.send(map[string]any{"id": s.nextID, "method": method, "params": params})
	m := s.until(func(m message) bool { return m.Method == "" && string(m.ID) == id })
	if m.Error != nil {
		s.t.Fatalf("%s: %s", method, m.Error)
	}
	return m.Result
}

// open shows a file to the server and gives what it finds.
func (s *server) open(name, text string) []finding {
	s.t.Helper()
	s.notify("textDocument/didOpen", map[string]any{
		"textDocument": map[string]any{"uri": uri(name), "languageId": "yaml", "version": 1, "text": text},
	})
	var shown struct {
		URI         string    `json:"uri"`
		Diagnostics []finding `json:"diagnostics"`
	}
	s.until(func(m message) bool {
		return m.Method == "textDocument/publishDiagnostics" && json.Unmarshal(m.Params, &shown) == nil && shown.URI == uri(name)
	})
	return shown.Diagnostics
}

// complete is what the server offers at a place.
func (s *server) complete(name string, at position) []completion {
	s.t.Helper()
	var list struct {
		Items []completion `json:"items"`
	}
	result := s.call("textDocument/completion", map[string]any{"textDocument": map[string]any{"uri": uri(name)}, "position": at})
	if err := json.Unmarshal(result, &list); err != nil {
		s.t.Fatal(err)
	}
	return list.Items
}

func uri(name string) string { return "file://" + filepath.ToSlash(name) }

// at is the place of the first character of a piece of text, or behind it.
func at(t *testing.T, text, piece string, behind bool) position {
	t.Helper()
	i := strings.Index(text, piece)
	if i < 0 {
		t.Fatalf("no %q", piece)
	}
	if behind {
		i += len(piece)
	}
	line := text[:i]
	return position{strings.Count(line, "\n"), len(line) - 1 - strings.LastIndexByte(line, '\n')}
}

// TestEditor drives the program behind the YAML support of most editors.
func TestEditor(t *testing.T) {
	s := startServer(t)
	// The examples, and files with one mistake each, in a folder of their own.
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../examples")); err != nil {
		t.Fatal(err)
	}
	for _, k := range schema.Kinds() {
		if err := os.WriteFile(filepath.Join(dir, k.FileName()), schema.JSON(k), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	t.Run("examples", func(t *testing.T) {
		s.t = t
		names, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		more, err := filepath.Glob(filepath.Join(dir, "*", "*.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, more...)
		for _, name := range names {
			for _, f := range s.open(name, file(t, name).Text()) {
				t.Errorf("%s:%d: %s", filepath.Base(name), f.Range.Start.Line+1, f.Message)
			}
		}
		t.Logf("%d files without a finding", len(names))
	})

	text := file(t, filepath.Join(dir, "accounting-firm.yaml")).Text()
	for _, x := range []struct{ name, old, mistaken, message string }{
		{"unknown key", "    legal_name: Example", "    legl_name: Example", "legl_name"},
		{"wrong word", "  paper: letter", "  paper: legal", `"letter", "a4"`},
		{"wrong type", "    employees: 5", "    employees: five", "integer"},
		{"out of range", "  variance_percent: 10", "  variance_percent: 101", "100"},
		{"text where a number stands", `  version: "1.0.0"`, "  version: 1.0", "string"},
		{"missing key", "  end: 2029-12-31\n", "", `"end"`},
		{"wrong date", "  effective: 2027-01-01", "  effective: 2027-02-30", "expected a date such as 2027-03-31"},
		{"wrong id", "{id: P-FAY,", "{id: p-fay,", "expected an id such as C-07"},
	} {
		t.Run(x.name, func(t *testing.T) {
			s.t = t
			if strings.Count(text, x.old) != 1 {
				t.Fatalf("the example has %q %d times", x.old, strings.Count(text, x.old))
			}
			mistaken := strings.Replace(text, x.old, x.mistaken, 1)
			want := at(t, text, strings.TrimLeft(x.old, " {"), false).Line
			if x.mistaken == "" {
				want = at(t, text, "term:", false).Line // where it is missing
			}
			name := filepath.Join(dir, strings.ReplaceAll(x.name, " ", "-")+".yaml")
			var found []string
			for _, f := range s.open(name, mistaken) {
				found = append(found, fmt.Sprintf("%d: %s", f.Range.Start.Line+1, f.Message))
				if f.Range.Start.Line == want && strings.Contains(f.Message, x.message) {
					want = -1
				}
			}
			if want >= 0 {
				t.Errorf("expected a finding with %q on line %d, found %q", x.message, want+1, found)
			}
			t.Logf("%q", found)
		})
	}

	for _, x := range []struct {
		name, old, typed, label, words string
	}{
		{"missing key of a mapping", "  end: 2029-12-31\n", "  \n", "end", "End: last day. A date such as 2027-03-31."},
		{"missing key of the file", "training: {initial_days: 14, every_months: 12, run_by: customer, attendance_by: customer}\n", "\n", "training", "Training: how the customer's people learn about security."},
		{"missing key that a used file could give", "incident: {command: {business_lead: P-FAY, technical_lead: P-LEE}}\n", "\n", "incident", "Incident: how incidents are handled."},
		{"missing key of a row", "  - {role: primary, person: P-FAY, hours: business}", "  - role: primary\n    person: P-FAY\n    ", "hours", "Hours. One of: business, 24x7."},
		// Between braces the server wants the first letter.
		{"missing key in braces", "{role: primary, person: P-FAY, hours: business}", "{role: primary, person: P-FAY, h}", "hours", "Hours. One of: business, 24x7."},
		{"word in braces", "{role: primary, person: P-FAY, hours: business}", "{role: primary, person: P-FAY, hours: ", "business", ""},
		{"words of a field", "  paper: letter", "  paper: ", "a4", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			s.t = t
			if !strings.Contains(text, x.old) {
				t.Fatalf("the example has no %q", x.old)
			}
			typed := strings.Replace(text, x.old, x.typed, 1)
			i := strings.Index(text, x.old) + len(strings.TrimRight(x.typed, "}\n"))
			where := position{strings.Count(typed[:i], "\n"), i - 1 - strings.LastIndexByte(typed[:i], '\n')}
			name := filepath.Join(dir, strings.ReplaceAll(x.name, " ", "-")+"-typed.yaml")
			s.open(name, typed)
			items := s.complete(name, where)
			n := slices.IndexFunc(items, func(c completion) bool { return c.Label == x.label })
			if n < 0 {
				var labels []string
				for _, c := range items {
					labels = append(labels, c.Label)
				}
				t.Fatalf("%q is not offered, only %q", x.label, labels)
			}
			if !strings.Contains(string(items[n].Documentation), strings.Trim(mustJSON(t, x.words), `"`)) {
				t.Errorf("%q is explained by %s", x.label, items[n].Documentation)
			}
		})
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
