package clause

import (
	"fmt"
	"reflect"
	"slices"

	"concordat/internal/source"
)

// Asked is what a condition or a template asks of the facts.
type Asked struct {
	Facts    []string // names, such as "backups.count"
	Numbers  []int    // with which it compares facts that are numbers
	Words    []string // kinds of services that it asks for, among other words
	Compared bool     // it compares numbers with each other, or reckons with them
}

// Asked is what c asks.
func (c Condition) Asked() Asked { return c.asked }

// FactOf is the name of the fact that a template asks by the path of its field
// in Facts: "Backups.Count" is "backups.count".
func FactOf(path string) (name string, ok bool) {
	for group := range reflect.TypeFor[Facts]().Fields() {
		for f := range group.Type.Fields() {
			if group.Name+"."+f.Name == path {
				return group.Tag.Get("expr") + "." + f.Tag.Get("expr"), true
			}
		}
	}
	return "", false
}

// ParseCondition reads a condition that is part of the program. The error says
// what a library's author would be told.
func ParseCondition(text string) (Condition, error) {
	file := source.New("condition", []byte(text))
	c, list := parseCondition(file.Span(0, len(text)), text)
	if len(list) > 0 {
		return Condition{}, fmt.Errorf("clause: condition %q: %s", text, list[0].Message)
	}
	return c, nil
}

// MaxValues is the most values of one fact that are told apart: of numbers the
// smallest.
const MaxValues = 16

// Choice is one fact and those of its values that can be told apart. Whether
// one kind of service is bought is a fact of its own.
type Choice struct {
	Fact string // its name, such as "backups.count" or "services.kinds"
	Kind string // of a service that is bought or not; empty for other facts
	Cut  bool   // there are more than MaxValues

	fact   fact
	values []reflect.Value // the first is the one without content: false, 0, the first word
}

// Choices are the facts that are asked, in the order of Facts, each with the
// values that can be told apart: both truths, each word, each kind of service
// that is asked for bought and not, and of numbers 0, 1, 2 and those at and
// beside the numbers with which it is compared.
func Choices(asked []Asked) []Choice {
	var all []Choice
	for _, x := range facts {
		numbers := []int{0, 1, 2}
		var words []string
		in := false
		for _, a := range asked {
			if !slices.Contains(a.Facts, x.name) {
				continue
			}
			in = true
			words = append(words, a.Words...)
			for _, n := range a.Numbers {
				numbers = append(numbers, n-1, n, n+1)
			}
			if a.Compared {
				numbers = append(numbers, 3)
			}
		}
		if !in {
			continue
		}
		if x.name == boughtField {
			for _, kind := range x.known {
				if slices.Contains(words, kind) {
					all = append(all, Choice{Fact: x.name, Kind: kind, fact: x, values: values(false, true)})
				}
			}
			continue
		}
		c := Choice{Fact: x.name, fact: x}
		switch x.kind {
		case truth:
			c.values = values(false, true)
		case number:
			slices.Sort(numbers)
			numbers = slices.DeleteFunc(slices.Compact(numbers), func(n int) bool { return n < 0 })
			c.Cut = len(numbers) > MaxValues
			c.values = values(numbers[:min(len(numbers), MaxValues)]...)
		case word:
			c.values = values(x.known...)
		default:
			panic("clause: fact " + x.name + " of unknown kind")
		}
		all = append(all, c)
	}
	return all
}

func values[T any](list ...T) []reflect.Value {
	made := make([]reflect.Value, len(list))
	for i, v := range list {
		made[i] = reflect.ValueOf(v)
	}
	return made
}

// Len is the number of values.
func (c Choice) Len() int { return len(c.values) }

// Set gives the fact its value i. Kinds of services are to be set in their
// order.
func (c Choice) Set(f *Facts, i int) {
	if c.Kind == "" {
		c.fact.set(f, c.values[i])
	} else if c.values[i].Bool() {
		f.Services.Kinds = append(f.Services.Kinds, c.Kind)
	}
}

// Says is value i as a person reads it: "backups.count is 0", "mdr is bought".
func (c Choice) Says(i int) string {
	switch {
	case c.Kind != "" && c.values[i].Bool():
		return c.Kind + " is bought"
	case c.Kind != "":
		return c.Kind + " is not bought"
	default:
		return fmt.Sprintf("%s is %v", c.Fact, c.values[i])
	}
}

// Number reports whether the fact is a number. Its values rise.
func (c Choice) Number() bool { return c.fact.kind == number }

// SaysRange is the values of a number from one to another, as a person reads it:
// "backups.count is above 0". The last value stands for all that are larger.
func (c Choice) SaysRange(from, to int) string {
	if from == to && (from < c.Len()-1 || !c.Number()) {
		return c.Says(from)
	}
	switch low, high := c.values[from].Int(), c.values[to].Int(); {
	case to < c.Len()-1 && from == 0:
		return fmt.Sprintf("%s is at most %d", c.Fact, high)
	case to < c.Len()-1:
		return fmt.Sprintf("%s is from %d to %d", c.Fact, low, high)
	case low == 1:
		return c.Fact + " is above 0"
	default:
		return fmt.Sprintf("%s is at least %d", c.Fact, low)
	}
}
