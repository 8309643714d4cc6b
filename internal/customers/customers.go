// Package customers makes believable customers of one provider: a workspace with
// shared files and any number of agreements, for tests and benchmarks of what
// works on many at once.
//
// It keeps three promises. A customer is a function of the seed and its index
// alone: customer 7 of ten is customer 7 of ten thousand, byte for byte. Each
// customer has words in its document that no other customer's document has, so
// that a test can prove that nothing got mixed up. And a customer without a fault
// has no error, while for each fault it is known what is reported at which line.
//
// All names are invented, domains are reserved ones, and telephone numbers are
// those that are set aside for stories.
package customers

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

//go:embed shared/*.yaml shared/packages/*.yaml shared/presets/*.yaml
var shared embed.FS

// Options say which customers are made. The zero value makes good ones without
// records.
type Options struct {
	Seed uint64

	// Bad are the indexes of customers with a fault, without repetition. The first has
	// the first of Faults, and so on, and from the beginning when there are more.
	Bad []int

	Records bool // a share of the customers has a record, some with the document sent, some with it signed
}

// File is a file of a workspace.
type File struct {
	Name string // its path from the folder of the workspace, with slashes
	Text string
}

// Customer is what a test needs to know of a customer.
type Customer struct {
	Index     int
	ID        string // of its agreement
	LegalName string
	File      string // of its agreement, as a path from the folder of the workspace, with slashes

	// Canaries are words that its document prints and no other customer's does. Each is
	// made of letters only and has eight of them.
	Canaries []string

	Sent, Signed bool   // what its record says of the current version; without Records neither. What is signed was sent.
	Fault        *Fault // nil when it has none
}

// Shared are the files that all customers use: the workspace file, the provider,
// packages and presets, in the order of their names.
func Shared() []File {
	var files []File
	err := fs.WalkDir(shared, "shared", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := shared.ReadFile(name)
		files = append(files, File{strings.TrimPrefix(name, "shared/"), string(text)})
		return err
	})
	if err != nil {
		panic(err) // they are in the program
	}
	return files
}

// Customer is what is known of customer i, which is not below 0 and less than
// 2,097,152.
func (o Options) Customer(i int) Customer {
	f := newFirm(o.Seed, i)
	c := Customer{Index: i, ID: f.id, LegalName: f.legalName, File: f.folder() + f.id + ".yaml", Canaries: f.canaries()}
	if o.Records {
		c.Sent, c.Signed = f.sent, f.signed
	}
	c.Fault = o.fault(i)
	return c
}

// Files are the files of customer i: its agreement, and its record where it has
// one.
func (o Options) Files(i int) []File {
	f := newFirm(o.Seed, i)
	text := f.agreement()
	if fault := o.fault(i); fault != nil {
		text, _ = fault.apply(text)
	}
	files := []File{{f.folder() + f.id + ".yaml", text}}
	if o.Records && f.sent {
		files = append(files, File{f.folder() + f.id + ".record.yaml", f.record()})
	}
	return files
}

// Write makes dir, which may be there already, a workspace with the shared files
// and customers 0 to n-1, in folders named after their states. Files that are there
// are written over; others stay.
func Write(dir string, n int, o Options) error {
	if n < 0 || n > maxCustomers {
		return fmt.Errorf("%d customers; expected 0 to %d", n, maxCustomers)
	}
	if err := o.check(n); err != nil {
		return err
	}
	made := map[string]bool{}
	write := func(file File) error {
		name := filepath.Join(dir, filepath.FromSlash(file.Name))
		if folder := filepath.Dir(name); !made[folder] {
			if err := os.MkdirAll(folder, 0o777); err != nil {
				return err
			}
			made[folder] = true
		}
		return os.WriteFile(name, []byte(file.Text), 0o666)
	}
	for _, file := range Shared() {
		if err := write(file); err != nil {
			return err
		}
	}
	for i := range n {
		for _, file := range o.Files(i) {
			if err := write(file); err != nil {
				return err
			}
		}
	}
	return nil
}
