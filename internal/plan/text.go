package plan

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"
)

// width measures text in columns of a terminal, whatever the locale is.
var width = runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}

// Columns of a line that a person reads.
const (
	maxName   = 32 // columns of a name
	maxCauses = 3
)

// Text writes a line for each customer for whom somebody has to do something, and
// how many customers there are for each action and each cause.
func (r *Report) Text(w io.Writer) error {
	customers, failures := r.sorted()
	table := [][]string{{"AGREEMENT", "CUSTOMER", "VERSION", "STATE", "MATERIAL", "ACTION", "BECAUSE OF"}}
	for _, k := range customers {
		if k.action == None {
			continue
		}
		table = append(table, []string{k.id, width.Truncate(oneLine(k.name), maxName, "…"), k.version, k.state.String(), k.material.String(), k.action.String(), r.because(k)})
	}
	for _, f := range failures {
		table = append(table, []string{oneLine(f.name), "", "", "", "", Failed.String(), count(f.errors, "error")})
	}
	out := bufio.NewWriter(w)
	if len(table) > 1 {
		writeTable(out, table, 0)
		fmt.Fprintln(out)
	}
	table = [][]string{{"CUSTOMERS", "ACTION"}}
	for i, n := range r.counts {
		if n > 0 {
			table = append(table, []string{strconv.Itoa(n), actions[i].String()})
		}
	}
	if len(table) == 1 {
		fmt.Fprintln(out, "no agreements")
		return out.Flush()
	}
	writeTable(out, table, 1)
	if len(r.groups) > 0 {
		fmt.Fprintln(out)
		table = [][]string{{"CUSTOMERS", "SENT", "SIGNED", "TO SIGN AGAIN", "CAUSE"}}
		for _, g := range r.sortedGroups() {
			table = append(table, []string{strconv.Itoa(g.customers), strconv.Itoa(g.sent), strconv.Itoa(g.signed), strconv.Itoa(g.mustAmend), oneLine(g.cause.String())})
		}
		writeTable(out, table, 4)
	}
	return out.Flush()
}

// because names the first causes of a customer.
func (r *Report) because(k customer) string {
	var words []string
	for i, n := range k.causes {
		if i == maxCauses {
			words = append(words, fmt.Sprintf("and %d more", len(k.causes)-i))
			break
		}
		words = append(words, oneLine(r.short[n]))
	}
	return strings.Join(words, "; ")
}

// writeTable writes rows in columns of their width, the first ones to the right.
func writeTable(out *bufio.Writer, rows [][]string, right int) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], width.StringWidth(cell))
		}
	}
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-width.StringWidth(cell))
			if i < right {
				line += pad + cell + "  "
			} else {
				line += cell + pad + "  "
			}
		}
		fmt.Fprintln(out, strings.TrimRight(line, " "))
	}
}

// count is a number of things: "1 error", "2 errors".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
