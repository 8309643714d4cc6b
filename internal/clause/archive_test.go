package clause

import (
	"strings"
)

// archived is one file of an archive: a text in which each line "-- name --"
// begins a file.
type archived struct {
	name, text string
}

// parseArchive gives what stands before the first file, and the files.
func parseArchive(text string) (comment string, files []archived) {
	for line := range strings.Lines(text) {
		name, marked := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "-- ")
		name, closed := strings.CutSuffix(name, " --")
		switch {
		case marked && closed:
			files = append(files, archived{name: name})
		case len(files) == 0:
			comment += line
		default:
			files[len(files)-1].text += line
		}
	}
	return comment, files
}

func formatArchive(comment string, files []archived) string {
	var b strings.Builder
	b.WriteString(comment)
	for _, f := range files {
		b.WriteString("-- " + f.name + " --\n" + f.text)
	}
	return b.String()
}
