package framework

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/source"
)

// Imported is a framework made of an OSCAL catalog.
type Imported struct {
	Framework *Framework
	Text      []byte // the framework file, as Set.With reads it
	Withdrawn int    // controls left out because they are no longer in force
}

// Import makes a framework of an OSCAL catalog, or of a profile that was
// resolved into one, in JSON of at most MaxOSCAL bytes. The framework has the
// ids and titles of the catalog and none of its prose. An empty id is made of
// the catalog's title and version; an id that known has is refused.
//
// Each control is an item, enhancements too, under its label (such as
// "AC-2(1)") where all labels differ, else under its OSCAL id. A control of
// class "category" is a category of the controls inside it. Withdrawn controls
// are left out with all inside them. The result is nil when the list has
// errors. The same file gives the same bytes.
func Import(file *source.File, id string, known *Set) (*Imported, diag.List) {
	c, list := readCatalog(file)
	if list.HasErrors() {
		return nil, list
	}
	i := &importer{file: file, list: list, framework: &Framework{}}
	i.number(c)
	if unmarked := i.unmarked(c, known); len(unmarked) > 0 {
		i.leaveOut(c, unmarked)
	}
	i.metadata(c, id, known)
	i.entries(c)
	f := i.framework
	f.Count = len(f.Items)
	if i.withdrawn > 0 {
		f.Note = fmt.Sprintf("imported; left out: %d withdrawn", i.withdrawn)
	}
	if len(f.Items) == 0 {
		i.list.Errorf(codeShape, file.Span(0, 0), "import a catalog with controls", "the catalog has no controls in force")
	}
	if i.list.HasErrors() {
		return nil, i.list.Sorted()
	}
	text := f.write()
	i.readBack(text)
	if i.list.HasErrors() {
		return nil, i.list.Sorted()
	}
	return &Imported{Framework: f, Text: text, Withdrawn: i.withdrawn}, i.list.Sorted()
}

// importer turns a catalog into a framework.
type importer struct {
	file      *source.File
	list      diag.List
	framework *Framework
	byOSCALID bool // labels do not serve as ids
	withdrawn int
}

// categoryClass is the class of controls that only hold others.
const categoryClass = "category"

// number decides how entries are named: by their labels where each has one of
// its own, else by their OSCAL ids.
func (i *importer) number(c *catalog) {
	used := map[string]bool{}
	claim := func(id string) {
		if used[id] && id != "" {
			i.byOSCALID = true
		}
		used[id] = true
	}
	var controls func([]control)
	controls = func(list []control) {
		for _, x := range list {
			if !x.withdrawn {
				claim(i.name(x.id, x.label))
				controls(x.controls)
			}
		}
	}
	var groups func([]group)
	groups = func(list []group) {
		for _, g := range list {
			claim(i.groupID(g))
			controls(g.controls)
			groups(g.groups)
		}
	}
	groups(c.groups)
	controls(c.controls)
}

// name is the id of an entry in the framework.
func (i *importer) name(id, label text) string {
	if !i.byOSCALID && entryIDForm.MatchString(label.value) {
		return label.value
	}
	return id.value
}

// groupID is the id of a group, which OSCAL does not demand.
func (i *importer) groupID(g group) string {
	if id := i.name(g.id, g.label); id != "" {
		return id
	}
	return slug(g.title.value)
}

// counterpart is the built-in framework that says which controls of a catalog
// are in force. Catalog 1.0.0 of the Cybersecurity Framework 2.0 lists those of
// version 1.1 beside them without calling them withdrawn.
func counterpart(c *catalog) string {
	if slices.Contains(c.identifiers, "CSF_2_0_0") {
		return "nist-csf-2.0"
	}
	return ""
}

// unmarked are the controls that a catalog lists as if in force although they
// are withdrawn, by id.
func (i *importer) unmarked(c *catalog, known *Set) []string {
	f, ok := known.Find(counterpart(c))
	if !ok {
		return nil
	}
	inForce := f.ScoreIDs()
	var absent, present []string
	var walk func([]control)
	walk = func(list []control) {
		for _, x := range list {
			if x.withdrawn {
				continue
			}
			id := i.name(x.id, x.label)
			switch {
			case slices.Contains(inForce, id):
				present = append(present, id)
			case x.class.value != categoryClass:
				absent = append(absent, id)
			}
			walk(x.controls)
		}
	}
	for _, g := range c.groups {
		walk(g.controls)
	}
	if len(present) == 0 || len(absent) == 0 {
		return nil // not the catalog that it says to be, or one without faults
	}
	i.list.Warnf(codeUnmarked, c.title.span, "use a later catalog, which calls them withdrawn",
		"left out %d controls that %s has not, %q to %q: the catalog lists what was withdrawn as if it were in force", len(absent), f.ID, absent[0], absent[len(absent)-1])
	return absent
}

// leaveOut marks controls as withdrawn.
func (i *importer) leaveOut(c *catalog, ids []string) {
	var walk func([]control)
	walk = func(list []control) {
		for j := range list {
			if slices.Contains(ids, i.name(list[j].id, list[j].label)) {
				list[j].withdrawn = true
			}
			walk(list[j].controls)
		}
	}
	for _, g := range c.groups {
		walk(g.controls)
	}
}

// metadata takes what the catalog says about itself.
func (i *importer) metadata(c *catalog, id string, known *Set) {
	f := i.framework
	f.Title = i.clean(c.title)
	f.Version = i.clean(c.version)
	f.Published = i.date(c.published)
	if c.published.span.IsZero() {
		f.AsOf = i.date(c.modified)
	}
	f.Origin = "OSCAL catalog in " + cleanName(filepath.Base(i.file.Name()))
	if uuid := i.clean(c.uuid); uuid != "" {
		f.Origin = "OSCAL catalog " + uuid + " in " + cleanName(filepath.Base(i.file.Name()))
	}
	f.Licence = "that of the publisher of the catalog, which this file does not repeat"
	f.ID = id
	if id == "" {
		f.ID = slug(c.title.value + " " + c.version.value)
	}
	hint := "give an id by --id"
	if !frameworkIDForm.MatchString(f.ID) {
		i.list.Errorf(codeField, c.title.span, hint+", in small letters, digits, points and hyphens", "the id %q has another form than ids of frameworks have", clip(f.ID))
	} else if _, ok := known.Find(f.ID); ok {
		i.list.Errorf(codeKnownID, c.title.span, hint, "another framework has the id %q", f.ID)
	}
}

// date is the day of a date with time, as it is written.
func (i *importer) date(t text) calendar.Date {
	if t.span.IsZero() {
		return calendar.Date{}
	}
	day, _, _ := strings.Cut(t.value, "T")
	date, err := calendar.ParseDate(day)
	if err != nil {
		i.list.Errorf(codeShape, t.span, "", "expected a date and time such as 2027-01-31T12:00:00Z, found %q", clip(t.value))
	}
	return date
}

// entries makes functions, categories and items.
func (i *importer) entries(c *catalog) {
	for _, g := range inOrder(c.groups, func(g group) string { return g.sortID.value }) {
		function := Function{ID: i.groupID(g), Title: i.clean(g.title)}
		before := len(i.framework.Items)
		i.controls(g.controls, function.ID, "")
		i.subgroups(g.groups, function.ID, "")
		if len(i.framework.Items) > before {
			i.check(function.ID, g.span)
			i.framework.Functions = append(i.framework.Functions, function)
		}
	}
	if len(c.controls) == 0 {
		return
	}
	const others = "other"
	before := len(i.framework.Items)
	i.controls(c.controls, others, "")
	if len(i.framework.Items) > before {
		i.framework.Functions = append(i.framework.Functions, Function{ID: others, Title: "Other controls"})
	}
}

// subgroups makes categories of the groups in a function. What is deeper stands
// in the category around it.
func (i *importer) subgroups(list []group, function, category string) {
	for _, g := range inOrder(list, func(g group) string { return g.sortID.value }) {
		inside := category
		if category == "" {
			inside = i.groupID(g)
		}
		before := len(i.framework.Items)
		i.controls(g.controls, function, inside)
		i.subgroups(g.groups, function, inside)
		if category == "" && len(i.framework.Items) > before {
			i.check(inside, g.span)
			i.framework.Categories = append(i.framework.Categories, Category{ID: inside, Function: function, Title: i.clean(g.title)})
		}
	}
}

// controls makes items.
func (i *importer) controls(list []control, function, category string) {
	for _, x := range inOrder(list, func(x control) string { return x.sortID.value }) {
		id := i.name(x.id, x.label)
		switch {
		case x.withdrawn:
			i.withdrawn += items(x)
		case x.class.value == categoryClass && category == "":
			before := len(i.framework.Items)
			i.controls(x.controls, function, id)
			if len(i.framework.Items) > before {
				i.check(id, x.span)
				i.framework.Categories = append(i.framework.Categories, Category{ID: id, Function: function, Title: i.titleOr(x, id)})
			}
		default:
			i.check(id, x.span)
			item := Item{ID: id, Function: function, Category: category, Title: i.title(x)}
			if x.id.value != id {
				item.Numbers = []string{x.id.value}
			}
			i.framework.Items = append(i.framework.Items, item)
			i.controls(x.controls, function, category)
		}
	}
}

// items is how many items a control and those inside it would be.
func items(x control) int {
	n := 0
	if x.class.value != categoryClass {
		n = 1
	}
	for _, inner := range x.controls {
		n += items(inner)
	}
	return n
}

// check reports an id that no framework can have.
func (i *importer) check(id string, span source.Span) {
	if !entryIDForm.MatchString(id) {
		i.list.Errorf(codeShape, span, "", "the id %q has another form than ids have: letters, digits and . ( ) _ - only", clip(id))
	}
}

// title is the title of a control, or empty where it only repeats the id.
func (i *importer) title(x control) string {
	title := i.clean(x.title)
	if title == x.id.value || title == x.label.value {
		return ""
	}
	return title
}

func (i *importer) titleOr(x control, other string) string {
	if title := i.title(x); title != "" {
		return title
	}
	return other
}

// clean is a text on one line. Characters that no value may hold are reported.
func (i *importer) clean(t text) string {
	value := strings.Join(strings.Fields(t.value), " ")
	for _, fault := range source.Faults(value, false) {
		i.list.Errorf(codeShape, t.span, "tell the publisher of the catalog", "%s", fault.Message)
		break
	}
	return value
}

// cleanName is the name of a file without what a value may not hold.
func cleanName(name string) string {
	if len(source.Faults(name, false)) > 0 {
		return "a file"
	}
	return name
}

// slug is a text as an id: small letters, digits and points, hyphens for all
// else.
func slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.' && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	const most = 80
	id := b.String()
	return strings.TrimRight(id[:min(len(id), most)], "-.")
}

// readBack holds the result to what Set.With will read.
func (i *importer) readBack(text []byte) {
	_, _, problems := read(source.New("import", text))
	for _, p := range problems {
		switch {
		case p.Severity != diag.Error:
		case p.Code == codeDuplicateID || p.Code == codeGroup:
			i.list.Errorf(codeShape, i.file.Span(0, 0), "tell the publisher of the catalog", "the catalog makes no framework: %s", p.Message)
		case p.Code == "yaml-too-large" || p.Code == "yaml-too-many-values":
			i.list.Errorf(codeTooLarge, i.file.Span(0, 0), "import a profile that was resolved into a smaller catalog",
				"the catalog has %d controls, more than an agreement can assign", len(i.framework.Items))
		default:
			panic(fmt.Sprintf("framework: the file made of %s has an error: %s [%s]", i.file.Name(), p.Message, p.Code))
		}
	}
}
