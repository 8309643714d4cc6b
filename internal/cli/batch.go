package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"concordat/internal/diag"
	"concordat/internal/fleet"
	"concordat/internal/generate"
	"concordat/internal/manifest"
	"concordat/internal/outdir"
)

// fleetFlags are the flags of the commands that go through all agreements of a
// folder, as they are written.
type fleetFlags struct {
	output string
	jobs   int
	shard  string
	shards int
	asOf   string
	final  bool
	given  func(flag string) bool // it stands in the command line
}

func (f *fleetFlags) add(p *program, cmd *cobra.Command) {
	cmd.Flags().StringVarP(&f.output, "output", "o", "", "folder of the documents (default: the workspace's)")
	cmd.Flags().IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "documents that are made at a time")
	cmd.Flags().StringVar(&f.shard, "shard", "", "part of the agreements that this process takes, such as 2/4: the second of four")
	cmd.Flags().IntVar(&f.shards, "shards", 0, "number of processes, of which this is number JOB_COMPLETION_INDEX + 1")
	cmd.Flags().BoolVar(&f.final, "final", false, "documents for signature: no drafts, and only with words that are approved")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "with --final: day of signing, such as 2026-12-15")
	p.libraryFlag(cmd)
	p.excerptsFlag(cmd)
	f.given = cmd.Flags().Changed
}

// run is one going through all agreements.
type run struct {
	pipeline   *pipeline
	output     string
	jobs       int
	shard      manifest.Shard
	agreements []fleet.Agreement // of this shard
	all        []fleet.Agreement // of all shards, also those that cannot be made
	problems   diag.List         // of the agreements of this shard that cannot be made
	left       diag.List         // files that are no agreements
}

// Making a document leaves much garbage behind and keeps little. A collector that
// comes less often saves a sixth of the time; the limit keeps what it may leave lying
// about the same however many agreements there are.
const (
	collectAt     = 400       // in percent of what is in use
	memoryLimit   = 112 << 20 // in bytes
	memoryForEach = 1 << 10   // agreement
)

// easeCollection lets the garbage collector come less often until end is called.
func easeCollection(agreements int) (end func()) {
	percent := debug.SetGCPercent(collectAt)
	limit := debug.SetMemoryLimit(memoryLimit + int64(agreements)*memoryForEach)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// newRun finds the agreements of a folder.
func (p *program) newRun(dir string, f fleetFlags) (*run, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, &usageError{fmt.Errorf("expected a folder with agreements, found %q", dir)}
	}
	if f.jobs < 1 {
		return nil, &usageError{fmt.Errorf("expected a number above 0 in --jobs, found %d", f.jobs)}
	}
	shard, err := p.parseShard(f)
	if err != nil {
		return nil, err
	}
	with, err := p.parseFinal(f.final, f.asOf)
	if err != nil {
		return nil, err
	}
	if err := p.openLibraries(); err != nil {
		return nil, err
	}
	r := &run{output: f.output, jobs: f.jobs, shard: shard}
	if r.output == "" {
		settings, _, err := p.reader.Settings(dir)
		switch {
		case err != nil:
			return nil, &worldError{err}
		case settings.Output == "":
			return nil, &usageError{errors.New("expected the folder of the documents in -o, found none")}
		}
		r.output = settings.Output
	}
	if r.pipeline, err = p.newPipeline(dir, with); err != nil {
		return nil, err
	}
	if r.all, r.left, err = r.pipeline.agreements(dir); err != nil {
		return nil, err
	}
	if len(r.all) == 0 {
		return nil, &usageError{fmt.Errorf("expected an agreement in the folder %q, found none", dir)}
	}
	good, list := fleet.CheckOutputs(r.all)
	r.agreements = fleet.Shard(good, shard)
	own := map[string]bool{}
	for _, a := range fleet.Shard(r.all, shard) {
		own[a.Path] = true
	}
	for _, d := range list {
		if own[d.Span.File.Name()] {
			r.problems = append(r.problems, d)
		}
	}
	return r, nil
}

// parseShard reads --shard and --shards. One that is given and says nothing, as by an
// empty variable of a script, is an error: each process would do all of the work.
func (p *program) parseShard(f fleetFlags) (manifest.Shard, error) {
	whole := manifest.Shard{Number: 1, Count: 1}
	switch {
	case f.given("shard") && f.given("shards"):
		return whole, &usageError{errors.New("expected --shard or --shards, found both")}
	case f.given("shard"):
		number, count, _ := strings.Cut(f.shard, "/")
		i, err := strconv.Atoi(number)
		n, err2 := strconv.Atoi(count)
		if err != nil || err2 != nil || i < 1 || i > n {
			return whole, &usageError{fmt.Errorf("expected a part such as 2/4 in --shard, counted from 1, found %q", f.shard)}
		}
		return manifest.Shard{Number: i, Count: n}, nil
	case f.given("shards") && f.shards < 1:
		return whole, &usageError{fmt.Errorf("expected a number above 0 in --shards, found %d", f.shards)}
	case f.given("shards"):
		i, err := strconv.Atoi(p.streams.JobIndex)
		if err != nil || i < 0 || i >= f.shards {
			return whole, &usageError{fmt.Errorf("expected a number from 0 to %d in JOB_COMPLETION_INDEX, found %q", f.shards-1, p.streams.JobIndex)}
		}
		return manifest.Shard{Number: i + 1, Count: f.shards}, nil
	}
	return whole, nil
}

func (p *program) batchCommand() *cobra.Command {
	var flags fleetFlags
	cmd := &cobra.Command{
		Use:   "batch FOLDER",
		Short: "Make the documents of all agreements in a folder",
		Long: `Make the document of each agreement in a folder and below, as Markdown and PDF. A
document whose inputs and files are what they were is not made again. An agreement
with errors is reported and stops no other. A document that its record says was
sent or signed is never overwritten: batch says what differs and leaves it. Where
the agreement has a later version, the files of the earlier one are kept under its
number, such as lodz-1.0.0.pdf.

What each document was made of stands in .concordat in the output folder; "concordat
plan" reads it. The run may be interrupted, or killed, at any time: the next one
finishes the work. Several processes can share the work by --shard.`,
		Example: `  concordat batch customers/ -o out
  concordat batch customers/ -o out --shard 2/4`,
		Args: oneNeededFolder,
		RunE: func(cmd *cobra.Command, args []string) error { return p.batch(cmd.Context(), args[0], flags) },
	}
	flags.add(p, cmd)
	return cmd
}

func oneNeededFolder(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return &usageError{fmt.Errorf("expected one folder with agreements, found %d arguments", len(args))}
	}
	return nil
}

func (p *program) batch(ctx context.Context, dir string, flags fleetFlags) error {
	r, err := p.newRun(dir, flags)
	if err != nil {
		return err
	}
	p.report(r.left)
	folder, err := outdir.Open(r.output)
	if err != nil {
		return &worldError{err}
	}
	defer folder.Close()
	host, err := os.Hostname()
	if err != nil {
		host = "this host"
	}
	m, recovered, err := manifest.Open(folder, r.shard, manifest.Holder{PID: os.Getpid(), Host: host})
	if err != nil {
		return &worldError{fmt.Errorf("%s: %w", r.output, err)}
	}
	for _, line := range recovered {
		fmt.Fprintf(p.streams.Err, "concordat: %s: %s\n", r.output, line)
	}
	p.report(r.problems)
	t := fleetTally{failed: len(r.problems), made: len(r.problems)}
	defer easeCollection(len(r.agreements))()
	bar := p.startProgress(len(r.agreements))
	err = fleet.Batch(ctx, r.agreements, r.pipeline, folder, m, r.jobs, func(result fleet.Result) error {
		bar.step()
		return p.sayResult(r, result, &t)
	})
	bar.end()
	switch {
	case errors.Is(err, context.Canceled):
		if failed := m.Close(); failed != nil {
			return &worldError{failed}
		}
		if failed := p.print("interrupted after %d of %s\n", t.made, count(len(r.agreements)+len(r.problems), "agreement")); failed != nil {
			return failed
		}
		return err
	case err != nil:
		return &worldError{errors.Join(fmt.Errorf("%s: %w", r.output, err), m.Abort())}
	}
	if err := p.sayLeftOver(r, m); err != nil {
		return errors.Join(err, m.Abort())
	}
	if err := m.Close(); err != nil {
		return &worldError{err}
	}
	return p.print("%s\n", t)
}

// sayResult reports what became of one agreement: a line for each document that is
// new or needs a person.
func (p *program) sayResult(r *run, result fleet.Result, t *fleetTally) error {
	t.add(result)
	if result.Err != nil {
		p.fail(result.Err)
	}
	switch result.Outcome {
	case fleet.Unchanged:
		return nil
	case fleet.Generated:
		for i, name := range result.Files {
			result.Files[i] = filepath.Join(r.output, name)
		}
		return p.print("generated %s: %s\n", result.Path, strings.Join(result.Files, " "))
	default:
		p.report(result.Diagnostics)
		return p.print("%s %s\n", result.Outcome, result.Path)
	}
}

// fail reports an error that ends the work on one agreement only.
func (p *program) fail(err error) {
	status := exitWorld
	if errors.Is(err, generate.ErrDefect) {
		status = exitDefect
	}
	fmt.Fprintf(p.streams.Err, "concordat: %v\n", err)
	p.status = max(p.status, status)
}

// maxLeftOver is how many documents without an agreement are named.
const maxLeftOver = 10

// sayLeftOver names documents whose agreements are gone.
func (p *program) sayLeftOver(r *run, m *manifest.Manifest) error {
	names, outputs := map[string]bool{}, map[string]bool{}
	for _, a := range r.all {
		names[a.Name], outputs[a.Output] = true, true
	}
	n := 0
	for e := range m.All() {
		if names[e.Agreement] || outputs[e.ID] || !fleet.InShard(e.Agreement, r.shard) {
			continue
		}
		if n++; n > maxLeftOver {
			continue
		}
		if err := p.print("left over %s: its agreement %s is gone\n", filepath.Join(r.output, e.ID+".*"), e.Agreement); err != nil {
			return err
		}
	}
	if n > maxLeftOver {
		return p.print("left over: %d more\n", n-maxLeftOver)
	}
	return nil
}

// fleetTally counts what became of agreements.
type fleetTally struct{ made, generated, unchanged, failed, stale, warnings int }

func (t *fleetTally) add(r fleet.Result) {
	t.made++
	switch r.Outcome {
	case fleet.Generated:
		t.generated++
	case fleet.Unchanged:
		t.unchanged++
	case fleet.Failed:
		t.failed++
	case fleet.Stale:
		t.stale++
	default:
		panic(fmt.Sprintf("cli: unknown outcome %d", int(r.Outcome)))
	}
	if r.Outcome == fleet.Generated || r.Outcome == fleet.Unchanged {
		t.warnings += len(r.Diagnostics)
	}
}

func (t fleetTally) String() string {
	text := fmt.Sprintf("%s: %d generated, %d unchanged, %d failed, %d stale", count(t.made, "agreement"), t.generated, t.unchanged, t.failed, t.stale)
	if t.warnings > 0 {
		text += fmt.Sprintf("; %s, which \"concordat check\" shows", count(t.warnings, "warning"))
	}
	return text
}

// progress shows how far a run is: as a bar on a terminal, else by a line now and
// then.
type progress struct {
	p           *program
	before      Streams
	done, total int
	container   *mpb.Progress // nil without a terminal
	bar         *mpb.Bar
}

// linesEvery is after how many agreements a line tells how far a run is.
const linesEvery = 1000

func (p *program) startProgress(total int) *progress {
	g := &progress{p: p, before: p.streams, total: total}
	if !p.streams.Progress {
		return g
	}
	g.container = mpb.New(mpb.WithOutput(p.streams.Err), mpb.WithWidth(60))
	g.bar = g.container.AddBar(int64(total),
		mpb.PrependDecorators(decor.CountersNoUnit("%d of %d agreements ")),
		mpb.AppendDecorators(decor.Percentage()))
	// Lines stand above the bar.
	p.streams.Err = g.container
	if p.streams.OutTerminal {
		p.streams.Out = g.container
	}
	return g
}

func (g *progress) step() {
	g.done++
	switch {
	case g.bar != nil:
		g.bar.Increment()
	case g.done%linesEvery == 0 && g.done < g.total:
		fmt.Fprintf(g.p.streams.Err, "%d of %d agreements\n", g.done, g.total)
	}
}

// end takes the bar away.
func (g *progress) end() {
	if g.container == nil {
		return
	}
	g.bar.Abort(true)
	g.container.Wait()
	g.p.streams = g.before
}
