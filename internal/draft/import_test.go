package draft_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"concordat/internal/diag"
	"concordat/internal/draft"
	"concordat/internal/source"
)

// imported reads the files of an import and says what comes of it.
func imported(t testing.TB, files map[string]string) (customers []draft.Customer, list diag.List) {
	open := func(name string) *source.File {
		text, ok := files[name]
		if !ok {
			return nil
		}
		return source.New(name, []byte(text))
	}
	var given []string
	for _, name := range []string{"people", "assets", "services"} {
		if open(name+".csv") != nil {
			given = append(given, name)
		}
	}
	m, list := draft.ReadMap(open("map.yaml"), given, files["provider.yaml"] == "")
	if m == nil {
		return nil, list
	}
	im, problems := m.Open(draft.Tables{Companies: open("companies.csv"), People: open("people.csv"), Assets: open("assets.csv"), Services: open("services.csv")}, date(t, "2026-11-21"))
	if list = append(list, problems...); im == nil {
		return nil, list
	}
	im.Taken = func(path string) bool { return path == "taken.yaml" }
	im.Known = func(x draft.Customer) []draft.Problem {
		if x.Package == "gold" {
			return []draft.Problem{{Field: draft.CustomerPackage, Message: "there is no packages/gold.yaml"}}
		}
		return nil
	}
	im.Letters = func(text string) string {
		if strings.Contains(text, "ש") {
			return "it cannot be printed"
		}
		return ""
	}
	problems, err := im.Each(func(x draft.Customer) error {
		customers = append(customers, x)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return customers, append(list, problems...)
}

// TestImport goes through testdata/import: each archive has the files of an import,
// and in "want" what comes of it. In a file, \xNN stands for a byte.
func TestImport(t *testing.T) {
	names, err := filepath.Glob("testdata/import/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(err, "no archives")
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{"map.yaml": usualMap}
		want := -1
		for i, f := range archive.Files {
			if f.Name == "want" {
				want = i
				continue
			}
			files[f.Name] = bytesOf(string(f.Data))
		}
		customers, list := imported(t, files)
		var got strings.Builder
		for _, d := range list {
			if !d.Span.Valid() {
				t.Errorf("%s: a span outside of its file: %v", name, d)
			}
		}
		got.WriteString(printed(list))
		for _, x := range customers {
			fmt.Fprintf(&got, "%+v\n", x)
		}
		if *update {
			archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got.String())})
			if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if want < 0 || string(archive.Files[want].Data) != got.String() {
			t.Errorf("%s: not as expected:\n%s", name, got.String())
		}
	}
}

// usualMap is the map of archives that have none.
const usualMap = `schema: concordat/map/v1
companies:
  key: ID
  fields:
    - {field: customer.legal_name, column: Legal}
    - {field: customer.short_name, column: Short}
    - {field: customer.employees, column: People}
    - {field: customer.sector, column: Trade, values: [{from: CPA, to: accounting}], other: general}
    - {field: customer.package, value: essential}
    - {field: security_executive.name, column: Owner}
    - {field: security_executive.email, column: Mail}
`

// bytesOf puts bytes in place of \xNN.
func bytesOf(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		var c byte
		if strings.HasPrefix(text[i:], `\x`) && len(text) >= i+4 {
			if _, err := fmt.Sscanf(text[i+2:i+4], "%02X", &c); err == nil {
				b.WriteByte(c)
				i += 3
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// rows is an export of many companies.
func rows(n int) map[string]string {
	var companies, people strings.Builder
	companies.WriteString("ID,Legal,Short,People,Trade,Owner,Mail\n")
	people.WriteString("Company,Name\n")
	for i := range n {
		fmt.Fprintf(&companies, "%d,\"Company %d, Inc.\",Company %d,%d,CPA,Owner %d,owner%d@example.com\n", i, i, i, i%40+1, i, i)
		fmt.Fprintf(&people, "%d,Person %d\n", i, i)
	}
	return map[string]string{
		"provider.yaml": "there", "companies.csv": companies.String(), "people.csv": people.String(),
		"map.yaml": usualMap + "people:\n  key: Company\n  fields: [{field: name, column: Name}]\n",
	}
}

func TestManyRows(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	customers, list := imported(t, rows(50_000))
	if len(customers) != 50_000 || len(list) > 0 {
		t.Errorf("%d customers, %s", len(customers), printed(list[:min(len(list), 3)]))
	}
}

// TestStop ends an import when the caller cannot go on.
func TestStop(t *testing.T) {
	files := rows(3)
	m, _ := draft.ReadMap(source.New("map.yaml", []byte(files["map.yaml"])), []string{"people"}, false)
	im, _ := m.Open(draft.Tables{Companies: source.New("c", []byte(files["companies.csv"])), People: source.New("p", []byte(files["people.csv"]))}, date(t, "2026-11-21"))
	stop, calls := errors.New("stop"), 0
	if _, err := im.Each(func(draft.Customer) error { calls++; return stop }); !errors.Is(err, stop) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

func BenchmarkImport(b *testing.B) {
	files := rows(50_000)
	b.ReportAllocs()
	for b.Loop() {
		if customers, list := imported(b, files); len(customers) != 50_000 || len(list) > 0 {
			b.Fatal(len(customers))
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("ID,Legal,Short,People,Trade,Owner,Mail\n1,\"A, Inc.\",A,1,CPA,Ann,ann@a.example\n")
	f.Add("\ufeffID;Legal;Short;People;Trade;Owner;Mail\r\n1;\"A \"\"x\"\"\";A;1;CPA;Ann;ann@a.example\r\n1;x\n\"")
	f.Add("ID\tLegal\n\x00")
	f.Fuzz(func(t *testing.T, text string) {
		customers, list := imported(t, map[string]string{"map.yaml": usualMap, "companies.csv": text, "provider.yaml": "there"})
		for _, d := range list {
			if !d.Span.Valid() || d.Span.IsZero() {
				t.Errorf("a span outside of its file: %v", d)
			}
		}
		for _, x := range customers {
			if !strings.Contains(text, x.ShortName) || len(x.Problems()) > 0 {
				t.Errorf("%q is not in %q", x.ShortName, text)
			}
		}
	})
}
