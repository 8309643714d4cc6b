package record

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/diag"
)

// checker collects what is wrong with one record.
type checker struct {
	r    *Record
	a    *agreement.Agreement
	list diag.List
}

func (c *checker) errorf(code, path, hint, format string, args ...any) {
	c.list.Errorf(code, c.r.Span(path), hint, format, args...)
}

func (c *checker) warnf(code, path, hint, format string, args ...any) {
	c.list.Warnf(code, c.r.Span(path), hint, format, args...)
}

// note adds another place of the record to the problem reported last.
func (c *checker) note(path, format string, args ...any) {
	last := &c.list[len(c.list)-1]
	last.Notes = append(last.Notes, diag.Note{Span: c.r.Span(path), Message: fmt.Sprintf(format, args...)})
}

// noteAgreement adds a place of the agreement to the problem reported last.
func (c *checker) noteAgreement(path, format string, args ...any) {
	last := &c.list[len(c.list)-1]
	last.Notes = append(last.Notes, diag.Note{Span: c.a.Span(path), Message: fmt.Sprintf(format, args...)})
}

// checkSchema reports a file that says it is of another kind.
func (c *checker) checkSchema() {
	if s := c.r.Schema; s != "" && s != schema {
		c.errorf(codeSchema, "Schema", "give a record, or write \"schema: "+schema+"\"", "expected the schema %q, found %q", schema, s)
	}
}

// checkIdentity reports a record of nothing, or of another agreement.
func (c *checker) checkIdentity() {
	r := c.r
	c.required(reflect.ValueOf(r).Elem(), "", "record file")
	if id := c.a.Info.ID; r.Agreement != "" && r.Agreement != id {
		c.errorf(codeAgreement, "Agreement", "move the record to its agreement, or correct the id", "the record belongs to the agreement %q, but stands beside %q", r.Agreement, id)
		c.noteAgreement("Info.ID", "the agreement beside it")
	}
}

// checkFields reports fields that are missing, and ids that are not in the
// agreement, by the tags of the rows.
func (c *checker) checkFields() {
	root := reflect.ValueOf(c.r).Elem()
	for i := range root.NumField() {
		list := root.Field(i)
		if list.Kind() != reflect.Slice {
			continue
		}
		key, name := yamlKey(root.Type().Field(i)), root.Type().Field(i).Name
		for k := range list.Len() {
			path := row(name, k)
			past := false
			if version, ok := list.Index(k).FieldByName("Version").Interface().(Version); ok {
				past = c.isPast(version)
				c.checkVersion(version, path+".Version")
			}
			c.checkStruct(list.Index(k), path, fmt.Sprintf("entry %d of %s", k+1, key), past)
		}
	}
}

// present is the version of the agreement.
func (c *checker) present() Version { return Version(c.a.Info.Version) }

// isPast reports whether a row belongs to an earlier version of the agreement:
// its ids need not be in the present one.
func (c *checker) isPast(v Version) bool { return v != "" && v.compare(c.present()) < 0 }

func (c *checker) checkVersion(v Version, path string) {
	if v != "" && v.compare(c.present()) > 0 {
		c.errorf(codeVersion, path, "correct the version, or amend the agreement first", "version %s is later than the agreement, which is version %s", v, c.present())
		c.noteAgreement("Info.Version", "the agreement's version")
	}
}

// checkStruct checks a row or a part of one. what is how messages call it.
func (c *checker) checkStruct(v reflect.Value, path, what string, past bool) {
	c.required(v, path, what)
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		at := path + "." + field.Name
		_, kind, _ := strings.Cut(field.Tag.Get("check"), ",")
		switch {
		case field.Anonymous:
			c.checkStruct(value, path, what, past)
		case value.Kind() == reflect.Pointer && value.Type().Elem().Kind() == reflect.Struct:
			if !value.IsNil() {
				c.checkStruct(value.Elem(), at, fmt.Sprintf("%s of %s", yamlKey(field), what), past)
			}
		case kind != "" && !past && value.Kind() == reflect.String:
			c.known(kind, value.String(), at)
		case kind != "" && !past:
			for k := range value.Len() {
				c.known(kind, value.Index(k).String(), row(at, k))
			}
		case value.Kind() == reflect.Slice && value.Type().Elem().Kind() == reflect.Struct:
			for k := range value.Len() {
				c.checkStruct(value.Index(k), row(at, k), fmt.Sprintf("entry %d of %s of %s", k+1, yamlKey(field), what), past)
			}
		}
	}
}

// required reports the fields of a mapping that must be written and are not.
func (c *checker) required(v reflect.Value, path, what string) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		need, _, _ := strings.Cut(field.Tag.Get("check"), ",")
		value := v.Field(i)
		if need != "required" || !value.IsZero() && !(value.Kind() == reflect.Slice && value.Len() == 0) {
			continue
		}
		hint := fmt.Sprintf("add the field %q", yamlKey(field))
		if w, ok := value.Interface().(interface{ words() []string }); ok {
			hint += " with " + choice(w.words())
		}
		c.errorf(codeMissing, strings.TrimPrefix(path+"."+field.Name, "."), hint, "missing %q in %s", yamlKey(field), what)
	}
}

// known reports an id that is not in the agreement. A missing id is reported
// elsewhere.
func (c *checker) known(kind, id, path string) {
	ids := c.ids(kind)
	if id == "" || slices.Contains(ids, id) {
		return
	}
	const amended = `; if an amendment has taken it out, say in "version" to which version of the agreement the row belongs`
	hint := didYouMean(id, ids)
	switch {
	case hint != "":
	case len(ids) > 0 && len(ids) <= 12:
		hint = "name " + choice(ids) + amended
	default:
		hint = "correct it" + amended
	}
	c.errorf(codeUnknownID, path, hint, "the agreement has no %s %q", kind, id)
}

// ids are the ids of one kind of thing in the agreement.
func (c *checker) ids(kind string) []string {
	a := c.a
	switch kind {
	case "person":
		return idsOf(a.People, func(x agreement.Person) string { return x.ID })
	case "signatory":
		return idsOf(a.Signatories, func(x agreement.Signatory) string { return x.Person })
	case "commitment":
		return idsOf(a.Commitments, func(x agreement.Commitment) string { return x.ID })
	case "backup":
		return idsOf(a.Backups, func(x agreement.Backup) string { return x.ID })
	case "review":
		return idsOf(a.Reviews, func(x agreement.Review) string { return x.ID })
	case "acceptance":
		return idsOf(a.RiskAcceptances, func(x agreement.RiskAcceptance) string { return x.ID })
	case "control":
		return idsOf(a.Responsibilities, func(x agreement.Responsibility) string { return x.Control })
	default:
		panic("record: the agreement has no ids of the kind " + kind)
	}
}

func idsOf[T any](rows []T, id func(T) string) []string {
	ids := make([]string, len(rows))
	for i, x := range rows {
		ids[i] = id(x)
	}
	return ids
}

// checkRepeats reports rows that may stand once and stand there twice.
func (c *checker) checkRepeats() {
	r := c.r
	seen := map[string]string{} // by kind and key: the path at which it stood first
	once := func(path, kind string, key ...string) {
		if slices.Contains(key, "") {
			return
		}
		whole := kind + "\x00" + strings.Join(key, "\x00")
		if first, again := seen[whole]; again {
			c.errorf(codeDuplicate, path, "keep one of them", "%s %s stands here a second time", kind, strings.Join(key, " of "))
			c.note(first, "first here")
			return
		}
		seen[whole] = path
	}
	for i, x := range r.Signed {
		once(row("Signed", i)+".Person", "signature", quoted(x.Person), dated(x.Version))
	}
	for i, x := range r.Commitments {
		once(row("Commitments", i)+".Commitment", "commitment", quoted(x.Commitment))
	}
	for i, x := range r.Restores {
		once(row("Restores", i)+".Backup", "restore test", quoted(x.Backup), x.Date.String())
	}
	for i, x := range r.Reviews {
		once(row("Reviews", i)+".Review", "review", quoted(x.Review), x.Date.String())
		for k, person := range x.Attendees {
			// Index i in the kind: each review has attendees of its own.
			once(row(row("Reviews", i)+".Attendees", k), "attendee", quoted(person), fmt.Sprintf("entry %d of reviews", i+1))
		}
	}
	for i, x := range r.Acceptances {
		once(row("Acceptances", i)+".Acceptance", "acceptance", quoted(x.Acceptance))
	}
	for i, x := range r.Declined {
		once(row("Declined", i)+".Recommendation", "recommendation", quoted(x.Recommendation), x.Presented.String())
	}
	for i, x := range r.Incidents {
		once(row("Incidents", i)+".Incident", "incident", quoted(x.Incident))
	}
}

func quoted(id string) string {
	if id == "" {
		return ""
	}
	return fmt.Sprintf("%q", id)
}

func dated(v Version) string {
	if v == "" {
		return ""
	}
	return "version " + string(v)
}

func yamlKey(field reflect.StructField) string {
	key, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
	return key
}

// dates calls f for each date of the record that has happened when it is
// written: all but proposals.
func (r *Record) dates(f func(path string, d calendar.Date)) {
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		switch v.Kind() {
		case reflect.Struct:
			if d, ok := v.Interface().(calendar.Date); ok {
				if !d.IsZero() {
					f(path, d)
				}
				return
			}
			for i := range v.NumField() {
				field := v.Type().Field(i)
				switch {
				case !field.IsExported() || field.Name == "ProposedDue":
				case field.Anonymous:
					walk(v.Field(i), path)
				default:
					walk(v.Field(i), strings.TrimPrefix(path+"."+field.Name, "."))
				}
			}
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem(), path)
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), row(path, i))
			}
		}
	}
	walk(reflect.ValueOf(r).Elem(), "")
}
