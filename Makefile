# Everything a change must pass: make check. What it needs beside Go is
# poppler-utils, qpdf and cmark-gfm, which the tests use as independent readers
# where they are installed.

GO          ?= go
STATICCHECK := $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME    ?= 20s

.PHONY: check build vet staticcheck format tidy imports vulns test race golden fuzz binding bench bench-fleet examples editor fleet

check: build vet staticcheck format tidy imports vulns test race

build:
	$(GO) build ./...

vet:
	$(GO) vet ./...

staticcheck:
	$(STATICCHECK) ./...

# gofmt names the files it would change.
format:
	@files=$$(gofmt -l cmd internal clauses templates); \
	if [ -n "$$files" ]; then echo "not formatted:"; echo "$$files"; exit 1; fi

tidy:
	$(GO) mod tidy -diff

# The arrows of ARCHITECTURE.md are the only imports between packages.
imports:
	$(GO) test -run TestImports ./cmd/concordat

# Known vulnerabilities that the code can reach, where a database stands beside the project.
VULNS       ?= ../shared/vulndb/go-vulndb-offline.tar.gz
GOVULNCHECK := $(GO) run golang.org/x/vuln/cmd/govulncheck@v1.7.0

vulns:
	@if [ ! -f $(VULNS) ]; then echo "SKIPPED: $(VULNS) is not there" >&2; exit 0; fi; \
	set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	tar -xzf $(VULNS) -C "$$folder"; \
	$(GOVULNCHECK) -db "file://$$folder/db" ./...

test:
	$(GO) test ./...

# The packages that have goroutines, or hold something for those of others; the rest
# has nothing to race for. Long tests without goroutines are left out.
race:
	@grep -lE '"sync(/atomic)?"|\bgo func|RunParallel|t\.Parallel' internal/*/*.go internal/*/*/*.go | xargs -n1 dirname | sort -u | sed 's|^|./|' | xargs $(GO) test -race -short

# Writes the expected outputs anew; read the difference before you commit it.
golden:
	@set -e; for dir in $$(grep -l 'flag.Bool("update"' internal/*/*_test.go | xargs dirname | sort -u); do \
		$(GO) test ./$$dir -update; \
	done
	CONCORDAT_UPDATE=1 $(GO) test -run 'TestScripts|TestViewReference' ./cmd/concordat

# Each law for FUZZTIME: a time, or a number of runs such as 1000x. CI counts
# runs, since the Go tool can call it a failure when the time ends while it is
# still making an input smaller.
fuzz:
	@set -e; for pkg in $$($(GO) list ./internal/...); do \
		for law in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$law"; \
			$(GO) test -run '^$$' -fuzz "^$$law$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$pkg; \
		done; \
	done

# The law that no value becomes syntax, on BINDINGS random clauses with hostile values.
BINDINGS ?= 400000
binding:
	$(GO) test -count=1 -v -run '^TestBinding$$' ./internal/assemble -args -bindings $(BINDINGS)

# The batch of 10,000 customers with 37 bad ones.
CUSTOMERS ?= 10000
fleet:
	CONCORDAT_FLEET=$(CUSTOMERS) $(GO) test -count=1 -v -timeout 30m -run '^TestFleetTenThousand$$' ./cmd/concordat/fleet

bench:
	$(GO) test -run '^$$' -bench . -skip '^BenchmarkFleet$$' -benchmem ./...

# Batches of generated customers, each in processes of its own: how time and memory
# grow with their number. FLEET says which, such as FLEET='10|100'.
FLEET ?= 10|100|1000|10000
bench-fleet:
	$(GO) test -run '^$$' -bench '^BenchmarkFleet$$/^($(FLEET))$$' -benchtime 1x -timeout 60m ./cmd/concordat/fleet

# The examples as a reader gets them, in out/.
examples:
	$(GO) run ./cmd/concordat generate -o out examples/accounting-firm.yaml examples/manufacturer-cmmc.yaml examples/medical-office.yaml

# The schemas of the files, in the program behind the YAML support of most editors.
YAML_SERVER ?= yaml-language-server@2.0.0
editor:
	@if ! command -v node >/dev/null || ! command -v npm >/dev/null; then \
		echo "SKIPPED: make editor needs node and npm; no editor has read the schemas" >&2; exit 0; \
	fi; \
	set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$$folder" $(YAML_SERVER); \
	CONCORDAT_YAML_LANGUAGE_SERVER="$$folder/node_modules/.bin/yaml-language-server" $(GO) test -count=1 -run TestEditor ./internal/schema
