package generate_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"concordat/internal/agreement"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/framework"
	"concordat/internal/generate"
	"concordat/internal/markdown"
	"concordat/internal/pdf"
	"concordat/internal/source"
)

var (
	allStrings = flag.Bool("all", false, "put every string of the corpora into every field")
	every      = flag.Int("every", 16, "put one of so many strings of the corpora into a field")
	alone      = flag.Bool("alone", false, "give each value a document of its own: hours of work")
)

// TestHostileFields puts strings that break programs into each text field of
// the model: each is refused with an error at its place, or stands in Markdown
// and on the pages exactly, and nothing else of the document changes.
//
// A case is one value in one field of an agreement: what a document for it alone
// would show (with -alone each has one). Many fields of one document hold values at
// once, each another one; those that are refused give way to harmless words
// until the document is accepted. It is then compared with the document in which
// all fields hold harmless words.
func TestHostileFields(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	all := hostileStrings(t)
	step := *every
	if *allStrings {
		step = 1
	}
	h := newFieldTester(t)
	for _, base := range h.bases {
		n := 0
		for first := 0; first < len(all); first += step {
			h.run(t, base, all, first)
			n++
		}
		t.Logf("%s: %d rounds", base.name, n)
	}
	h.wait()
	t.Logf("%d strings, %d fields; %d cases: %d refused at their place, %d printed exactly, %d accepted by fields that no document of them prints; %d documents checked, %d of them written and compared",
		len(all), len(h.tried), h.refused+h.exact+h.silent, h.refused, h.exact, h.silent, h.checked, h.written)
	if h.exact == 0 || h.refused == 0 {
		t.Error("nothing was tested")
	}
	var never []string
	for _, b := range h.bases {
		for _, l := range b.leaves {
			if h.tried[l.field] == 0 {
				never = append(never, l.field)
			}
		}
	}
	if len(never) > 0 {
		t.Errorf("no string was put into %v", never)
	}
}

// hostileStrings are the strings of the shared corpora, each once: two lists of
// strings, and the inputs of the YAML test suite, also as one line.
func hostileStrings(t *testing.T) []string {
	t.Helper()
	folder := os.Getenv("CONCORDAT_CORPORA")
	if folder == "" {
		t.Skip("CONCORDAT_CORPORA names no folder")
	}
	var all []string
	for _, name := range []string{"hostile-strings.json", "blns.json"} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		if err := json.Unmarshal(data, &list); err != nil {
			t.Fatal(err)
		}
		all = append(all, list...)
	}
	names, err := filepath.Glob(filepath.Join(folder, "yaml-test-suite", "*.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%v, %d files", err, len(names))
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ToValidUTF8(string(data), "\ufffd")
		all = append(all, text, strings.Join(strings.Fields(text), " "))
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}

// alike are fields whose values must be found again in others of them: those of
// the same words are one leaf.
var alike = map[string]string{
	"CMMC.Locations": "place", "Subcontractor.Locations": "place",
	"Option.Name": "option", "OptionsPresented.Chosen": "option",
}

// leaf is a text of an agreement: one that stands for itself, or an id together
// with all that name it.
type leaf struct {
	field string   // such as "Third.Name"; of an id the field that has it
	also  []string // fields that name the same
	at    [][2]int // bytes of the base's text
	kind  leafKind
	words string // what stands there in the harmless document
}

// leafKind says which words a leaf takes. Leaves of one kind are replaced
// together.
type leafKind int

const (
	free   leafKind = iota + 1 // any words; the harmless ones stand nowhere else
	id                         // an id; the harmless one stands nowhere else
	closed                     // few words, such as those of a list, or an id of another row
)

// fieldBase is an agreement whose texts are replaced.
type fieldBase struct {
	name, text string
	leaves     []leaf

	plain, stopped made // of the harmless document, and of one whose free words end with a full stop
}

// made is what a person sees of a document, by three ways.
type made struct {
	document string   // as JSON
	read     string   // its Markdown, read back, as JSON
	flows    []string // the texts of its pages
}

type fieldTester struct {
	generator *generate.Generator
	fonts     *pdf.Fonts
	bases     []*fieldBase
	cmark     string // the path of another parser of Markdown, or empty

	work chan func()
	wg   sync.WaitGroup

	sync.Mutex
	refused, exact, silent, checked, written, opinions int
	tried                                              map[string]int
}

// few are tags of fields that take few words; a made word is none of them.
var few = regexp.MustCompile(`oneof=|eq=|semver|clock|sha256|timezone|email|bcp47|language|iso|currency`)

// wordy are fields of any words without a greatest length.
var wordy = map[string]bool{
	"Info.Title": true, "Info.Purpose": true, "MSA.Title": true, "MSA.Liability": true, "Capability.Summary": true, "Suppression.At": true,
	"ProviderParty.Address": true, "CustomerParty.Address": true, "Notice.Address": true, "OptionsPresented.Chosen": true, "Option.Name": true,
}

// chosen are fields without such a tag that take few words too: the library, a
// framework or a rule says which.
var chosen = map[string]bool{
	"SetParameter.ID": true, "SetParameter.Value": true, "ExcludedClause.ID": true,
}

func newFieldTester(t *testing.T) *fieldTester {
	t.Helper()
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	h := &fieldTester{generator: newGenerator(t), fonts: fonts, tried: map[string]int{}, work: make(chan func())}
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for f := range h.work {
				f()
			}
		}()
	}
	t.Cleanup(func() { close(h.work) })
	if path, err := exec.LookPath("cmark-gfm"); err == nil {
		h.cmark = path
	} else if os.Getenv("CI") == "true" {
		t.Error("cmark-gfm is not installed")
	}
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	archive, err := txtar.ParseFile("testdata/hostile/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	standalone, err := txtar.ParseFile("testdata/hostile/standalone.txtar")
	if err != nil {
		t.Fatal(err)
	}
	load := func(name string) string {
		data, err := os.ReadFile("../agreement/testdata/ok/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	h.bases = []*fieldBase{
		{name: "base.yaml", text: edited(t, "base.txtar", load("base.yaml"), archive.Files)},
		{name: "cmmc.yaml", text: load("cmmc.yaml")},
		{name: "alone.yaml", text: edited(t, "standalone.txtar", load("base.yaml"), standalone.Files)},
	}
	covered := map[string]bool{}
	for i, b := range h.bases {
		a, list := agreement.Load(source.New(b.name, []byte(b.text)), frameworks)
		if a == nil {
			t.Fatal(printed(list))
		}
		b.leaves = leavesOf(t, a, b.text, func(field string) bool { return i == 0 || !covered[field] })
		for _, l := range b.leaves {
			for _, field := range append(l.also, l.field) {
				covered[field] = true
			}
		}
		b.plain, b.stopped = h.harmless(t, b, false), h.harmless(t, b, true)
	}
	var missing []string
	textFields(reflect.TypeFor[agreement.Agreement](), map[reflect.Type]bool{}, func(field string) {
		if !covered[field] {
			missing = append(missing, field)
		}
	})
	slices.Sort(missing)
	if len(missing) > 0 {
		t.Errorf("no base has the fields %v", missing)
	}
	return h
}

// textFields calls f with each field of a type, and of those below it, that
// holds text or a list of texts.
func textFields(x reflect.Type, seen map[reflect.Type]bool, f func(field string)) {
	switch x.Kind() {
	case reflect.Pointer, reflect.Slice:
		textFields(x.Elem(), seen, f)
	case reflect.Struct:
		if seen[x] {
			return
		}
		seen[x] = true
		for field := range x.Fields() {
			if !field.IsExported() {
				continue
			}
			e := field.Type
			for e.Kind() == reflect.Slice || e.Kind() == reflect.Pointer {
				e = e.Elem()
			}
			if e.Kind() == reflect.String {
				f(x.Name() + "." + field.Name)
			}
			textFields(field.Type, seen, f)
		}
	default:
	}
}

// leavesOf are the texts of an agreement in the fields that want asks for.
func leavesOf(t *testing.T, a *agreement.Agreement, text string, want func(field string) bool) []leaf {
	t.Helper()
	type found struct {
		field, tag, value string
		at                [2]int
	}
	var all []found
	ids := map[string]string{} // the field that has an id
	var visit func(v reflect.Value, path, field, tag string)
	visit = func(v reflect.Value, path, field, tag string) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				visit(v.Elem(), path, field, tag)
			}
		case reflect.Slice:
			for i := range v.Len() {
				visit(v.Index(i), fmt.Sprintf("%s[%d]", path, i), field, tag)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					visit(v.Field(i), strings.TrimPrefix(path+"."+f.Name, "."), v.Type().Name()+"."+f.Name, f.Tag.Get("validate"))
				}
			}
		case reflect.String:
			if v.String() == "" {
				return
			}
			s := a.Span(path)
			if s.IsZero() || s.File.Text() != text {
				t.Fatalf("%s has no place", path)
			}
			all = append(all, found{field, tag, v.String(), [2]int{s.Start, s.End}})
			if strings.Contains(tag, "required,id") {
				ids[v.String()] = field
			}
		default:
		}
	}
	visit(reflect.ValueOf(a).Elem(), "", "", "")
	var leaves []leaf
	named := map[string]int{}
	for _, x := range all {
		l := leaf{field: x.field, at: [][2]int{x.at}, words: x.value, kind: closed}
		isID := strings.Contains(x.tag, "required,id")
		_, isName := ids[x.value]
		i, known := named[x.value]
		if isID || isName && !strings.Contains(x.tag, "max=") && !few.MatchString(x.tag) {
			if !known {
				i = len(leaves)
				named[x.value] = i
				leaves = append(leaves, leaf{field: ids[x.value], kind: id})
			}
			leaves[i].at = append(leaves[i].at, x.at)
			if isID {
				continue
			}
		}
		if group := alike[x.field]; group != "" && want(x.field) {
			key := group + " " + x.value
			if i, known := named[key]; known {
				leaves[i].at = append(leaves[i].at, x.at)
				leaves[i].also = append(leaves[i].also, x.field)
				continue
			}
			named[key] = len(leaves)
		}
		if want(x.field) {
			if (strings.Contains(x.tag, "max=") || x.tag == "dive,required" || wordy[x.field]) && !few.MatchString(x.tag) && !chosen[x.field] {
				l.kind = free
			}
			if x.field == "Info.ID" {
				l.kind = id
			}
			leaves = append(leaves, l)
		}
	}
	for i := range leaves {
		switch l := leaves[i]; l.kind {
		case free:
			leaves[i].words = fmt.Sprintf("Words%04dq", i)
		case id:
			leaves[i].words = fmt.Sprintf("ZQ%04dX", i)
			if l.field == "Info.ID" {
				leaves[i].words = "zq-agreement"
			}
		case closed:
		}
	}
	return leaves
}

// value is what a leaf holds in one document, where it is not harmless.
type value struct {
	leaf int
	text string
}

// stop is whether a text ends a sentence: schedules put no second full stop
// after it.
func (v value) stop() bool { return strings.HasSuffix(v.text, ".") }

// harmlessWords are the words of a leaf in the one or the other harmless document.
func (l leaf) harmlessWords(stopped bool) string {
	if stopped && l.kind == free {
		return l.words + "."
	}
	return l.words
}

// written is the text of a base with the words of its leaves but for some
// values, and the places of these.
func (b *fieldBase) written(values []value, stopped bool) (text string, places [][][2]int) {
	type edit struct {
		at    [2]int
		with  string
		value int
	}
	var edits []edit
	hostile := map[int]int{}
	for i, v := range values {
		hostile[v.leaf] = i
	}
	for i, l := range b.leaves {
		with, k := l.harmlessWords(stopped), -1
		if at, ok := hostile[i]; ok {
			with, k = values[at].text, at
		} else if l.kind == closed {
			continue
		}
		quoted, err := json.Marshal(with)
		if err != nil {
			panic(err)
		}
		for _, at := range l.at {
			edits = append(edits, edit{at, string(quoted), k})
		}
	}
	// An id and a field that names it share a place: the value counts.
	slices.SortStableFunc(edits, func(a, b edit) int {
		if a.at[0] != b.at[0] {
			return a.at[0] - b.at[0]
		}
		return b.value - a.value
	})
	edits = slices.CompactFunc(edits, func(a, b edit) bool { return a.at == b.at })
	places = make([][][2]int, len(values))
	var w strings.Builder
	last := 0
	for _, e := range edits {
		w.WriteString(b.text[last:e.at[0]])
		from := w.Len()
		w.WriteString(e.with)
		if e.value >= 0 {
			places[e.value] = append(places[e.value], [2]int{from, w.Len()})
		}
		last = e.at[1]
	}
	w.WriteString(b.text[last:])
	return w.String(), places
}

// harmless makes a document that others are compared with.
func (h *fieldTester) harmless(t *testing.T, b *fieldBase, stopped bool) made {
	t.Helper()
	text, _ := b.written(nil, stopped)
	checked, list := h.generator.Check(source.New(b.name, []byte(text)))
	if checked == nil {
		t.Fatal(printed(errorsOf(list)))
	}
	return h.made(t, checked.Document)
}

func (h *fieldTester) made(t *testing.T, d doc.Document) made {
	t.Helper()
	encode := func(d doc.Document) string {
		data, err := doc.Encode(d)
		if err != nil {
			t.Error(err)
		}
		return strings.ReplaceAll(strings.TrimSuffix(string(data), "\n"), `{"kind":`, "\n"+`{"kind":`)
	}
	blocks, list := markdown.Parse(source.New("written.md", markdown.Write(d)))
	if len(list) > 0 {
		t.Errorf("what was written does not read back:\n%s", printed(list))
	}
	if h.cmark != "" && h.asked() {
		secondOpinion(t, h.cmark, "hostile.md", markdown.Write(d))
	}
	m := made{document: encode(d), read: encode(doc.Document{Meta: doc.Meta{Paper: doc.Letter}, Blocks: blocks})}
	plan := h.fonts.Layout(d)
	if err := plan.Verify(h.fonts, d); err != nil {
		t.Error(err)
	}
	for _, page := range plan.Pages {
		for _, r := range page.Runs {
			if r.Role != pdf.RoleBody {
				continue
			}
			for len(m.flows) <= r.Flow {
				m.flows = append(m.flows, "")
			}
			m.flows[r.Flow] += r.Text
		}
	}
	return m
}

// run puts strings into all leaves of a base, one kind after the other: leaf i
// gets string first+i, so that each document has each string once.
func (h *fieldTester) run(t *testing.T, b *fieldBase, all []string, first int) {
	sets := map[string][]value{}
	for i, l := range b.leaves {
		v := value{i, all[(first+i)%len(all)]}
		key := fmt.Sprint(l.kind, l.kind == free && v.stop())
		if *alone {
			key = fmt.Sprint(i)
		}
		sets[key] = append(sets[key], v)
	}
	for _, values := range sets {
		h.start(func() { h.settle(t, b, values, b.leaves[values[0].leaf].kind == free && values[0].stop()) })
	}
}

func (h *fieldTester) start(f func()) {
	h.wg.Add(1)
	h.work <- func() {
		defer h.wg.Done()
		f()
	}
}

func (h *fieldTester) wait() { h.wg.Wait() }

// settle takes values out that are refused until what remains is accepted, and
// compares that.
func (h *fieldTester) settle(t *testing.T, b *fieldBase, values []value, stopped bool) {
	for len(values) > 0 {
		text, places := b.written(values, stopped)
		checked, list := h.check(source.New(b.name, []byte(text)))
		if checked != nil && len(values) > 1 && b.leaves[values[0].leaf].kind == closed {
			for _, v := range values { // the harmless words of one stand elsewhere too
				h.settle(t, b, []value{v}, stopped)
			}
			return
		}
		tooLarge := slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == "yaml-too-large" })
		if tooLarge && len(values) == 1 { // a long id, written many times
			h.count(b, 1, 0, values)
			return
		}
		if tooLarge {
			h.settle(t, b, values[:len(values)/2], stopped)
			h.settle(t, b, values[len(values)/2:], stopped)
			return
		}
		if checked != nil {
			h.compare(t, b, values, stopped, checked)
			return
		}
		var left []value
		for i, v := range values {
			if !slices.ContainsFunc(places[i], func(at [2]int) bool { return slices.ContainsFunc(list, refusedAt(at)) }) {
				left = append(left, v)
			}
		}
		h.count(b, len(values)-len(left), 0, values)
		if len(left) == len(values) {
			t.Errorf("%s: refused, and not at the place of a value:\n%.3000s", b.name, printed(errorsOf(list)))
			return
		}
		values = left
	}
}

// asked is true for one document in four: those that the other parser reads.
func (h *fieldTester) asked() bool {
	h.Lock()
	defer h.Unlock()
	h.opinions++
	return h.opinions%4 == 1
}

func errorsOf(list diag.List) diag.List {
	return slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
}

// refusedAt tells errors that lie in the bytes of a value.
func refusedAt(at [2]int) func(diag.Diagnostic) bool {
	return func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && d.Span.Valid() && d.Span.Start < at[1] && d.Span.End >= at[0] && d.Span.Start >= at[0]
	}
}

func (h *fieldTester) check(file *source.File) (checked *generate.Checked, list diag.List) {
	checked, list = h.generator.Check(file)
	h.Lock()
	defer h.Unlock()
	h.checked++
	return checked, list
}

func (h *fieldTester) count(b *fieldBase, refused, exact int, values []value) {
	h.Lock()
	defer h.Unlock()
	h.refused += refused
	h.exact += exact
	if exact > 0 {
		h.written++
		for _, v := range values {
			if !strings.Contains(b.plain.document, b.leaves[v.leaf].words) {
				h.exact--
				h.silent++
			}
		}
	}
	for _, v := range values {
		h.tried[b.leaves[v.leaf].field]++
	}
}

// compare holds a document to the harmless one, in which the values take the
// place of its words.
func (h *fieldTester) compare(t *testing.T, b *fieldBase, values []value, stopped bool, checked *generate.Checked) {
	var inJSON, onPages []string
	for _, v := range values {
		l := b.leaves[v.leaf]
		if l.kind == closed {
			h.compareClosed(t, b, v, checked)
			return
		}
		quoted, err := json.Marshal(v.text)
		if err != nil {
			t.Error(err)
			return
		}
		inner := unescaped.Replace(string(quoted[1 : len(quoted)-1]))
		if strings.Contains(v.text, "\n") { // an address: a line break between its lines
			inner = strings.ReplaceAll(strings.TrimRight(v.text, "\n"), "\n", brokenLine)
			quoted, err := json.Marshal(inner)
			if err != nil {
				t.Error(err)
				return
			}
			inner = strings.ReplaceAll(unescaped.Replace(string(quoted[1:len(quoted)-1])), brokenLine, "\"},\n{\"kind\":\"line-break\"},\n{\"kind\":\"text\",\"value\":\"")
		}
		inJSON = append(inJSON, l.harmlessWords(stopped), inner)
		onPages = append(onPages, l.harmlessWords(stopped), v.text)
	}
	noEmpty := strings.NewReplacer("\n{\"kind\":\"text\"},", "", "\n{\"kind\":\"text\",\"value\":\"\"},", "") // of empty lines
	got, base := h.made(t, checked.Document), b.plain
	if stopped {
		base = b.stopped
	}
	differ := func(what, got, want string) {
		t.Errorf("%s: %s changes:\n%s", b.name, what, firstDifference(got, want))
	}
	if want := noEmpty.Replace(strings.NewReplacer(inJSON...).Replace(base.document)); noEmpty.Replace(got.document) != want {
		differ("the document", noEmpty.Replace(got.document), want)
	}
	if want := noEmpty.Replace(strings.NewReplacer(inJSON...).Replace(base.read)); noEmpty.Replace(got.read) != want {
		differ("the Markdown", noEmpty.Replace(got.read), want)
	}
	shown := strings.NewReplacer(onPages...)
	if g, w := len(got.flows), len(base.flows); g != w {
		t.Errorf("%s: %d texts on the pages, expected %d", b.name, g, w)
		return
	}
	for i := range got.flows {
		if g, w := pageWords(got.flows[i]), pageWords(shown.Replace(base.flows[i])); g != w {
			differ(fmt.Sprintf("text %d of the pages", i), g, w)
			break
		}
	}
	h.count(b, 0, len(values), values)
}

// compareClosed holds a document with one other word of few to the harmless one:
// where they differ the word stands in the place of the other.
func (h *fieldTester) compareClosed(t *testing.T, b *fieldBase, v value, checked *generate.Checked) {
	l := b.leaves[v.leaf]
	got, want := strings.Split(h.made(t, checked.Document).document, "\n"), strings.Split(b.plain.document, "\n")
	if len(got) != len(want) {
		t.Errorf("%s: %s as %q changes the document: %d parts, expected %d", b.name, l.field, v.text, len(got), len(want))
		return
	}
	for i := range got {
		if l.field == "SetParameter.Value" { // a number, and after it "day" or "days"
			got[i], want[i] = strings.ReplaceAll(got[i], "Days", "Day"), strings.ReplaceAll(want[i], "Days", "Day")
		}
		if got[i] != want[i] && got[i] != strings.ReplaceAll(want[i], l.words, v.text) && got[i] != strings.Replace(want[i], l.words, v.text, 1) {
			t.Errorf("%s: %s as %q: %s", b.name, l.field, v.text, firstDifference(got[i], want[i]))
		}
	}
	h.count(b, 0, 1, []value{v})
}

// brokenLine stands for a line break until JSON is written.
const brokenLine = "<line break>"

// unescaped are characters that JSON need not escape, as doc.Encode writes them.
var unescaped = strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&")

// pageWords are the words of a text with one space between them.
func pageWords(s string) string { return strings.Join(strings.Fields(s), " ") }
