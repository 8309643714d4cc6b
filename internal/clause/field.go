package clause

import "reflect"

// FactNames are the names of all facts in the order of Facts, such as
// "backups.count".
func FactNames() []string {
	var names []string
	for _, f := range facts {
		names = append(names, f.name)
	}
	return names
}

// FieldOf is the path in Facts of the fact with a name, as FactOf takes it:
// "backups.count" is "Backups.Count".
func FieldOf(name string) (path string, ok bool) {
	for group := range reflect.TypeFor[Facts]().Fields() {
		for f := range group.Type.Fields() {
			if group.Tag.Get("expr")+"."+f.Tag.Get("expr") == name {
				return group.Name + "." + f.Name, true
			}
		}
	}
	return "", false
}
