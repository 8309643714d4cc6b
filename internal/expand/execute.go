package expand

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// errStop ends an execution whose diagnostic is in the machine's list.
var errStop = errors.New("expand: stopped")

// maxProblems ends an execution that only collects problems.
const maxProblems = 20

// machine executes a template once.
type machine struct {
	t    *Template
	vars []binding

	size     int // of Text
	slots    []Slot
	segments []segment
	list     diag.List
	steps    int
	bytes    int    // of Text and of all values
	begun    []bool // by index of program.bodies; nil when nobody asks
}

// Execute fills the template with a view of the type that Options.Data names.
// The list, in file order, holds what the values are to blame for; the Result
// is empty when it holds errors.
func (t *Template) Execute(data any) (Result, diag.List) {
	if reflect.TypeOf(data) != t.opts.Data {
		panic(fmt.Sprintf("expand: the view is a %T, not a %v", data, t.opts.Data))
	}
	if v := reflect.ValueOf(data); v.Kind() == reflect.Pointer && v.IsNil() {
		panic("expand: the view is nil")
	}
	m := &machine{t: t}
	if list := m.run(data); list.HasErrors() {
		return Result{Steps: m.steps}, list
	}
	return Result{Slots: m.slots, Steps: m.steps, template: t, segments: m.segments, size: m.size}, nil
}

// run executes the template, which leaves what it made in m.
func (m *machine) run(data any) diag.List {
	m.slots = make([]Slot, 0, len(m.t.prog.emissions))
	m.segments = make([]segment, 0, len(m.t.prog.texts)+len(m.t.prog.emissions))
	root := reflect.ValueOf(data)
	m.vars = []binding{{"$", root}}
	if err := m.walk(m.t.tree.Root, root); err != nil && err != errStop {
		panic(fmt.Sprintf("expand: %v: %v", m.t.body, err))
	}
	return m.list.Sorted()
}

// stop ends the execution with a diagnostic.
func (m *machine) stop(code string, span source.Span, hint, format string, args ...any) error {
	m.list.Errorf(code, span, hint, format, args...)
	return errStop
}

// note adds a diagnostic and goes on, so that all are reported at once.
func (m *machine) note(code string, span source.Span, hint, format string, args ...any) error {
	m.list.Errorf(code, span, hint, format, args...)
	if len(m.list) >= maxProblems {
		return errStop
	}
	return nil
}

func (m *machine) work(n int, span source.Span) error {
	m.steps += n
	if m.steps > MaxSteps {
		return m.stop(codeSteps, span, "shorten its loops", "the %s works longer than %d steps", m.t.opts.What, MaxSteps)
	}
	return nil
}

func (m *machine) grow(bytes int, span source.Span) error {
	m.bytes += bytes
	if m.bytes > MaxOutput {
		return m.stop(codeOutput, span, "shorten its loops", "the %s writes more than %d MiB", m.t.opts.What, MaxOutput>>20)
	}
	return nil
}

// print prints a piece of the template's text.
func (m *machine) print(id int) error {
	p := m.t.prog.texts[id]
	if err := m.grow(len(p.text), p.span); err != nil {
		return err
	}
	m.segments = append(m.segments, segment{int32(m.size), origin(id)})
	m.size += len(p.text)
	return nil
}

// put adds a slot and prints its token.
func (m *machine) put(id int, s Slot) error {
	if len(m.slots) == maxSlots {
		return m.stop(codeOutput, s.Span, "shorten its loops", "the %s prints more than %d values", m.t.opts.What, maxSlots)
	}
	if err := m.grow(tokenBytes+len(s.Text), s.Span); err != nil {
		return err
	}
	m.segments = append(m.segments, segment{int32(m.size), ^origin(id)})
	m.size += tokenBytes
	m.slots = append(m.slots, s)
	return nil
}

// emitField prints the last field of a chain.
func (m *machine) emitField(chain int, base reflect.Value, id int) error {
	holder, v, err := m.follow(chain, base)
	if err != nil {
		return err
	}
	s := m.t.prog.emissions[id]
	if holder.CanAddr() {
		s.Receiver = holder.Addr().Interface()
	} else {
		s.Field = ""
	}
	return m.value(id, s, v)
}

// value prints a value, or notes why it cannot be printed.
func (m *machine) value(id int, s Slot, v reflect.Value) error {
	switch {
	case v.Kind() == reflect.String:
		s.Text = v.String()
	case v.CanInt():
		s.Text = strconv.FormatInt(v.Int(), 10)
	case v.CanUint():
		s.Text = strconv.FormatUint(v.Uint(), 10)
	default:
		panic(fmt.Sprintf("expand: a %v reached a place where it would be printed", v.Kind()))
	}
	if s.Text == "" {
		return m.note(codeEmpty, s.Span, "test it with if first, and write what holds without it", "%s is empty", written(s))
	}
	if len(s.Text) > MaxValue {
		return m.note(codeValueSize, s.Span, "", "%s is larger than %d KiB", written(s), MaxValue/1024)
	}
	if strings.ContainsAny(s.Text, "\n\r") {
		return m.note(codeLineBreak, s.Span, "print a value of one line", "%s has several lines", written(s))
	}
	if !utf8.ValidString(s.Text) {
		return m.note(codeCharacter, s.Span, "", "%s is not valid UTF-8", written(s))
	}
	for _, fault := range source.Faults(s.Text, false) {
		return m.note(codeCharacter, s.Span, fault.Hint, "%s: %s", written(s), fault.Message)
	}
	return m.put(id, s)
}

// written is the printed expression as the author wrote it, in quotes.
func written(s Slot) string {
	inner := strings.TrimSuffix(strings.TrimPrefix(s.Span.Text(), "{{"), "}}")
	inner = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(inner, "- "), " -"))
	if len(inner) > 80 || strings.ContainsAny(inner, "\n\r\t\"") {
		return "the value"
	}
	return `"` + inner + `"`
}

// follow goes down a chain of fields. It gives the last field and the struct
// that holds it.
func (m *machine) follow(id int, base reflect.Value) (holder, v reflect.Value, err error) {
	c := &m.t.prog.chains[id]
	v = base
	for i, s := range c.steps {
		holder = v
		if holder.Kind() == reflect.Pointer && !holder.IsNil() {
			holder = holder.Elem()
		}
		if holder.Kind() != reflect.Struct {
			return holder, v, m.missing(*c, i)
		}
		if v, err = holder.FieldByIndexErr(s.index); err != nil {
			return holder, v, m.missing(*c, i)
		}
	}
	return holder, v, nil
}

// missing says that the record in front of field i of a chain is not there.
func (m *machine) missing(c chain, i int) error {
	name := c.name
	for _, s := range c.steps[:i] {
		name += "." + s.name
	}
	if name == "" {
		name = "."
	}
	return m.stop(codeMissing, c.span, "test it with if first, and write what holds without it",
		"%q is not there, so it has no %q", name, c.steps[i].name)
}

// call calls a function of the list. Work is charged by the size of operands
// and result, since a template can call a function on large ones often.
func (m *machine) call(id int, args []reflect.Value) (reflect.Value, error) {
	f := m.t.prog.calls[id]
	cost := 0
	for _, arg := range args {
		cost += size(arg)
	}
	if err := m.work(cost, f.span); err != nil {
		return reflect.Value{}, err
	}
	v, err := f.call(args)
	var refused refusal
	var large tooLarge
	switch {
	case errors.As(err, &refused):
		return v, m.stop(codeRefused, f.span, "", "the %s refuses this agreement: %s", m.t.opts.What, string(refused))
	case errors.As(err, &large), err == nil && v.Kind() == reflect.String && v.Len() > MaxValue:
		return v, m.stop(codeValueSize, f.span, "", "the result of %q is larger than %d KiB", f.name, MaxValue/1024)
	case err != nil:
		return v, m.stop(codeCall, f.span, "", "%q cannot be computed: %v", f.name, err)
	}
	return v, m.work(size(v), f.span)
}

// size is the steps that reading a value takes.
func size(v reflect.Value) int {
	switch v.Kind() {
	case reflect.String:
		return v.Len() / 256
	case reflect.Slice, reflect.Map:
		return v.Len()
	}
	return 0
}
