package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"concordat/internal/cli"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// TestScaleManifest holds the manifest of docs/scale.md to being YAML whose pods are
// as many as the shards, with arguments that batch takes and the statuses that it has.
func TestScaleManifest(t *testing.T) {
	match := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindStringSubmatch(readText(t, "../../docs/scale.md"))
	if match == nil {
		t.Fatal("docs/scale.md has no manifest")
	}
	file := source.New("manifest.yaml", []byte(match[1]))
	job, list := yamlsrc.Parse(file.Span(0, len(match[1])), yamlsrc.Options{What: "manifest"})
	if job == nil {
		t.Fatal(printedList(list))
	}
	spec := job.Field("spec")
	if kind, mode := job.Field("kind").Value, spec.Field("completionMode").Value; kind != "Job" || mode != "Indexed" {
		t.Errorf("the manifest is a %s that is %s", kind, mode)
	}
	var args []string
	for _, n := range spec.Field("template").Field("spec").Field("containers").Items[0].Field("args").Items {
		args = append(args, n.Value)
	}
	i := slices.Index(args, "--shards")
	if i < 0 || i+1 == len(args) || args[i+1] != spec.Field("completions").Value || args[i+1] != spec.Field("parallelism").Value {
		t.Errorf("%s pods, and the arguments are %q", spec.Field("completions").Value, args)
	}
	var help strings.Builder
	if status := cli.Main(t.Context(), []string{"batch", "--help"}, cli.Streams{Out: &help, Err: &help}, clock); status != 0 {
		t.Fatal(help.String())
	}
	for _, a := range args {
		if len(a) > 2 && a[:2] == "--" && !regexp.MustCompile(regexp.QuoteMeta(a)+` `).MatchString(help.String()) {
			t.Errorf("batch has no %s", a)
		}
	}
}
