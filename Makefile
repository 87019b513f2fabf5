# The commands of this repository. Each does all the set-up it needs; `make run` and `make test` are the two to know.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
CONFIGURATION ?= Release
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
export NEXT_TELEMETRY_DISABLED := 1

.PHONY: help run cluster test test-interop bench bench-fleet bench-image bench-kafka bench-model restore-drill soak evals attacks lint image-dry-run build engine frontend servers browser postgres older-release interop clean

help: ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 22

run: build ## Run it: pages, API and grains in one process, at http://localhost:8080
	@dotnet artifacts/build/$$(scripts/engine)/bin/Silo/$(shell echo $(CONFIGURATION) | tr A-Z a-z)/FteAgent.Silo.dll run

N ?= 3
cluster: build ## Run a fleet of N=3 silos on this machine, behind one port, with all logs here
	@CONFIGURATION=$(CONFIGURATION) scripts/cluster $(N)

# The pages and the servers come from elsewhere while the rest is built; whoever gave make more jobs has decided it.
test: ## Run every test, on real servers and a real browser
	@$(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,--jobs=2) build servers
	@scripts/lint-tools jq || true
	@CONFIGURATION=$(CONFIGURATION) scripts/test

test-interop: build ## Run the tests that let outside clients speak to the product, and fail where those cannot be had
	@scripts/interop
	@status=0; for project in $$(grep -rl --include='*.cs' 'Interop.Category)' tests | cut -d / -f 1-2 | sort -u); do \
	    FTE_INTEROP=1 dotnet test $$project -c $(CONFIGURATION) -p:GrainEngine=$$(scripts/engine) --no-build --nologo --filter Category=Interop \
	        -- RunConfiguration.TreatNoTestsAsError=true || status=1; done; exit $$status

bench: build ## Measure speed and memory; figures also go to artifacts/figures
	@dotnet run --no-build -c $(CONFIGURATION) --project bench/Bench -- $(ARGS)

# Each part writes its own figures; the summary brings those together that the fleet is judged by. A part that breaks off does not keep
# the others from being measured; the end is a failure all the same. FTE_FAULTS_SECONDS and FTE_BENCH_ROUNDS shorten it.
bench-fleet: build postgres ## Measure a fleet: failover, commits, calls between silos, search, half an hour of faults
	@status=0; bench() { dotnet run --no-build -c $(CONFIGURATION) --project bench/$$1 -- "$${@:2}" || status=1; }; \
	bench Bench commits cross-silo knowledge; \
	bench Evals --records; \
	bench Fleet failover evictions rolling summary faults table; \
	exit $$status

bench-image: build postgres ## Measure the image's program: time to the first answer, memory
	@dotnet run --no-build -c $(CONFIGURATION) --project bench/Fleet -- image

bench-kafka: build postgres ## Measure Kafka: a broker away for a minute under load, a consumer killed (mock broker)
	@dotnet run --no-build -c $(CONFIGURATION) --project bench/Fleet -- kafka

bench-model: build postgres ## Measure 1,000 conversations at once against a model that takes a second
	@dotnet run --no-build -c $(CONFIGURATION) --project bench/Fleet -- model

restore-drill: build postgres ## Destroy the database of a fleet under load and restore it: prints RPO and RTO
	@CONFIGURATION=$(CONFIGURATION) scripts/restore-drill.sh

MINUTES ?= 10
soak: build postgres ## Customers on every channel while a silo is killed every 30 s, for MINUTES=10
	@FTE_SOAK_MINUTES=$(MINUTES) dotnet run --no-build -c $(CONFIGURATION) --project bench/Fleet -- soak

evals: build ## Measure answers against what was promised (ARGS="--check" fails where one is missed); figures and a report go to artifacts/figures
	@dotnet run --no-build -c $(CONFIGURATION) --project bench/Evals -- $(ARGS)

attacks: build ## Try to get out of the assistant what it must not give: by our attacks, or a folder's (ARGS="--data DIR")
	@dotnet artifacts/build/$$(scripts/engine)/bin/Grains.Tests/$(shell echo $(CONFIGURATION) | tr A-Z a-z)/FteAgent.Grains.Tests.dll attacks $(ARGS)

lint: build ## Check format, types, scripts, links, and what deployments are made of
	@CONFIGURATION=$(CONFIGURATION) scripts/lint

image-dry-run: engine ## Do what the image's build does, without a container engine, and start the result locked down (RID=linux-x64, KEEP=1)
	@scripts/image-dry-run

build: engine frontend ## Build everything
	@dotnet build FteAgent.sln -c $(CONFIGURATION) -v quiet --nologo -clp:ErrorsOnly

engine: ## Pick the grain engine: Orleans where its packages restore, else BuiltIn (ENGINE=Orleans|BuiltIn decides by hand)
	@scripts/engine --choose

frontend: ## Build the pages
	@scripts/frontend

# One after the other: two cannot install packages at the same time.
servers: engine ## Have all that tests need beside the build
	@for server in browser postgres interop older-release; do $(MAKE) --no-print-directory $$server; done

browser: ## Have a browser for the tests
	@scripts/browser

postgres: ## Have PostgreSQL with pgvector for the tests
	@scripts/postgres > /dev/null

older-release: ## Have the release before this one, for the test that both serve together
	@scripts/older-release > /dev/null || true

interop: ## Have the outside clients that tests let speak to the product
	@scripts/interop || true

clean: ## Remove what was built
	@rm -rf artifacts frontend/out frontend/.next frontend/node_modules
