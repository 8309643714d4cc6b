package agreement

import (
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"

	"concordat/internal/framework"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// oddTexts are well formed for some field, or for none.
var oddTexts = []string{
	"", "a", " ", "P-FAY", "A", "a@b.example", "a.b-c@d-e.example", "a@b", "a..b@c.example", "-a@b.example", "a@b.1x", "a@b.example.", "a@b.c", "1.0.0", "01.0.0", "1.0", "1.0.0-rc1", "08:00", "24:00", "America/Chicago", "America", "con", "sample-1", "concordat/v1",
	"mon", "provider", "customer", "shared", "business", "24x7", "required", "phishing_resistant", "low", "high", "once", "month", string(make([]byte, 200)), string(make([]byte, 201)), "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé", "\xff\xfe",
}

// TestWellFormed changes fields of agreements at random: what is called well formed has
// no fault for the validator. What people write is called well formed.
func TestWellFormed(t *testing.T) {
	set, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("testdata/*/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	names = append(names, "../../testdata/accounting-firm.yaml")
	random := rand.New(rand.NewPCG(15, 16))
	formed, broken, cautious := 0, 0, 0
	check := func(name string, a *Agreement) {
		ok, err := wellFormed(a), validate().Struct(a)
		if ok && err != nil {
			t.Fatalf("%s is called well formed, but %v", name, err)
		}
		if ok {
			formed++
		} else if err != nil {
			broken++
		} else {
			cautious++
		}
	}
	for _, name := range names {
		load := func() *Agreement {
			f, err := source.Read(name, yamlsrc.MaxSize)
			if err != nil {
				t.Fatal(err)
			}
			tree, _ := yamlsrc.Parse(f.Span(0, len(f.Text())), yamlsrc.Options{})
			if tree == nil {
				return nil
			}
			a := &Agreement{}
			if _, list := tree.Decode(a, yamlsrc.Options{Shapes: modelShapes()}); list.HasErrors() {
				return nil
			}
			return a
		}
		a := load()
		if a == nil {
			continue
		}
		check(name, a)
		for range 150 {
			a := load()
			change(random, reflect.ValueOf(a).Elem(), random.IntN(60))
			check(name, a)
		}
	}
	t.Logf("%d agreements are well formed, %d have faults, of %d nobody here can tell", formed, broken, cautious)
	if formed < 100 || broken < 100 {
		t.Error("too few of either")
	}
	if a, list := Load(fileOf(t, "../../testdata/accounting-firm.yaml"), set); a == nil || !wellFormed(a) {
		t.Errorf("the accounting firm is not called well formed: %v", list)
	}
}

func fileOf(t *testing.T, name string) *source.File {
	t.Helper()
	f, err := source.Read(name, yamlsrc.MaxSize)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// change gives a field at some depth of v another value.
func change(random *rand.Rand, v reflect.Value, steps int) {
	for range steps {
		switch v.Kind() {
		case reflect.Struct:
			var fields []int
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					fields = append(fields, i)
				}
			}
			if len(fields) == 0 {
				v.SetZero()
				return
			}
			next := v.Field(fields[random.IntN(len(fields))])
			if random.IntN(40) == 0 {
				next.SetZero()
				return
			}
			v = next
		case reflect.Slice:
			if random.IntN(20) == 0 || v.Len() == 0 {
				if random.IntN(2) == 0 && v.Len() > 0 {
					v.Set(reflect.AppendSlice(v.Slice(0, v.Len()), v.Slice(0, 1)))
				} else {
					v.Set(reflect.MakeSlice(v.Type(), random.IntN(3), 3))
				}
				return
			}
			v = v.Index(random.IntN(v.Len()))
		case reflect.Pointer:
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
				return
			}
			v = v.Elem()
		case reflect.String:
			v.SetString(oddTexts[random.IntN(len(oddTexts))])
			return
		case reflect.Int:
			v.SetInt(int64(random.IntN(400) - 250))
			return
		case reflect.Bool:
			v.SetBool(random.IntN(2) == 0)
			return
		default:
			return
		}
	}
}

// TestWellFormedKnowsTheModel holds that no field of the model is in doubt.
func TestWellFormedKnowsTheModel(t *testing.T) {
	var doubts []string
	var visit func(t reflect.Type, path string, c *conditions)
	visit = func(t reflect.Type, path string, c *conditions) {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if c.doubt {
			doubts = append(doubts, path)
		}
		if c.entries != nil {
			visit(t.Elem(), path+"[]", c.entries)
		}
		for _, f := range c.fields {
			visit(t.Field(f.index).Type, path+"."+t.Field(f.index).Name, f.conditions)
		}
	}
	visit(reflect.TypeFor[Agreement](), "", modelConditions())
	if len(doubts) > 0 {
		t.Errorf("in doubt are %q", doubts)
	}
}
