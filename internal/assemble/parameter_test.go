package assemble_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"concordat/internal/assemble"
	"concordat/internal/doc"
)

// parameters is a library in which one clause prints a number and a word, and
// another clause, which is not selected, has a number that the layout prints.
func parameters() fstest.MapFS {
	return library(`  - {id: one, title: First, clauses: [aa-01, bb-01, dd-01]}
`, fstest.MapFS{
		"aa-01.md": clauseFile("aa-01", `parameters:
  - {name: notice, about: how early a Party tells the other, default: 10, min: 1, max: 30, unit: Business Day, units: Business Days}
  - {name: form, about: in which form, default: letter, oneof: [letter, e-mail]}`,
			"The Customer shall tell the Provider by {{ parameter \"aa-01.form\" }}, {{ parameter \"aa-01.notice\" }} before."),
		"bb-01.md":              clauseFile("bb-01", "when: budget.years > 99\nparameters: [{name: size, about: how many, default: 7, min: 1, max: 9}]", "Out."),
		"dd-01.md":              clauseFile("dd-01", "", "{{ terms }}"),
		"terms/business-day.md": termFile("business-day", "Business Day", "variants: [Business Days]", "a day of work, of {{ parameter \"bb-01.size\" }} hours."),
	})
}

const parameterLayout = "# {{ .Agreement.Title }}\n\nBy {{ parameter \"aa-01.form\" }}, {{ parameter \"aa-01.notice\" }} and {{ parameter \"bb-01.size\" }}.\n\n{{ articles }}\n\n{{ signatures }}\n"

// TestParameters holds that clauses, terms and layouts print what an agreement
// sets, else the default, with the unit; and that a unit is a word of the
// library also where the agreement sets the number.
func TestParameters(t *testing.T) {
	for _, c := range []struct{ name, set, text string }{
		{"default", "", "letter, 10 Business Days"},
		{"set", "\nclauses: {parameters: [{id: aa-01.notice, value: 1}, {id: aa-01.form, value: e-mail}, {id: bb-01.size, value: 7}]}\n", "e-mail, 1 Business Day"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := written(t, parameterLayout, parameters(), "\nnotices:\n", c.set+"\nnotices:\n")
			for _, want := range []string{
				"\nBy " + c.text + " and 7.\n",
				"\nThe Customer shall tell the Provider by " + c.text + " before.\n",
				"**Business Day** means a day of work, of 7 hours.\n",
			} {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in\n%s", want, got)
				}
			}
		})
	}
}

// TestParameterOrigins holds that a printed value leads back to the place where
// it is set, or declared.
func TestParameterOrigins(t *testing.T) {
	a, list := compile(t, parameterLayout, parameters())
	if a == nil {
		t.Fatal(printed(list))
	}
	d, _, list := a.Assemble(example(t, "\nnotices:\n", "\nclauses: {parameters: [{id: aa-01.notice, value: 3}]}\n\nnotices:\n"), assemble.Options{})
	if list.HasErrors() {
		t.Fatal(printed(list))
	}
	origins := map[string]string{}
	doc.Texts(d.Blocks, func(text []doc.Inline) {
		for _, in := range text {
			if in, ok := in.(doc.Text); ok && !in.Origin.IsZero() {
				origins[in.Value] = in.Origin.File.Name() + ": " + in.Origin.Text()
			}
		}
	})
	for value, want := range map[string]string{"3 Business Days": "example.yaml: 3", "letter": "aa-01.md: form", "7": "bb-01.md: size"} {
		if origins[value] != want {
			t.Errorf("the origin of %q is %q, want %q", value, origins[value], want)
		}
	}
}

func TestUnknownParameters(t *testing.T) {
	files := parameters()
	files["dd-01.md"] = clauseFile("dd-01", "", "{{ terms }}\n\nWithin {{ parameter \"aa-01.notise\" }} or {{ parameter \"zz-99.days\" }}.")
	_, list := compile(t, plainLayout+"\n{{ parameter \"aa-01\" }}\n", files)
	want := `dd-01.md:11:8: error: the library has no parameter "aa-01.notise" [assemble-unknown-parameter]
   = hint: did you mean "aa-01.notice"?
dd-01.md:11:42: error: the library has no parameter "zz-99.days" [assemble-unknown-parameter]
   = hint: name a parameter of a clause of the library
plain.md:12:1: error: the library has no parameter "aa-01" [assemble-unknown-parameter]
   = hint: name a parameter of a clause of the library
`
	if got := printed(list.Sorted()); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestParametersOfAgreements(t *testing.T) {
	a, list := compile(t, plainLayout, parameters())
	if a == nil {
		t.Fatal(printed(list))
	}
	_, _, list = a.Assemble(example(t, "\nnotices:\n", `
clauses:
  parameters:
    - {id: aa-01.notise, value: 3}
    - {id: aa-01.notice, value: 31}
    - {id: aa-01.form, value: email}
    - {id: bb-01.size, value: "007"}

notices:
`), assemble.Options{})
	want := `example.yaml:330:12: error: the library has no parameter "aa-01.notise" [assemble-unknown-parameter]
   = hint: did you mean "aa-01.notice"?
example.yaml:331:33: error: the parameter "aa-01.notice": expected a number from 1 to 30, found 31 [assemble-parameter-value]
   = note: aa-01.md:9:12: the clause declares it here
   = hint: the clause allows no other
example.yaml:332:31: error: the parameter "aa-01.form": expected letter or e-mail, found "email" [assemble-parameter-value]
   = note: aa-01.md:10:12: the clause declares it here
   = hint: did you mean "e-mail"?
example.yaml:333:31: error: the parameter "bb-01.size": expected a whole number, found "007" [assemble-parameter-value]
   = note: bb-01.md:9:21: the clause declares it here
   = hint: write digits only, such as 30
`
	if got := printed(list); got != want {
		t.Errorf("got\n%s", got)
	}
}
