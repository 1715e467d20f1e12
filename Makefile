# One door. Every target sets itself up: `make demo` and `make test` work in a fresh clone.
SHELL := /bin/bash
BIN := .venv/bin
DOCUMENTS ?=
CATALOGUE ?=
ORUK ?=
PEOPLE ?=

.PHONY: help setup setup-tests demo test check bench prove mutants docs conformance wheel clean

help: ## what can be asked for
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## everything needed to run: .venv, front-end assets
	@scripts/setup.sh

setup-tests: ## and everything needed to test: tools, PostgreSQL server, Chromium, Java
	@scripts/setup.sh --tests

demo: setup ## an invented partnership to try, on http://127.0.0.1:8000
	@$(BIN)/alongside demo

test: setup-tests ## every check and test, on SQLite and PostgreSQL, with the browser journeys
	@scripts/test.sh

check: setup-tests ## style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup-tests ## measure speed, with rivals; writes docs/reference/benchmarks.md; PEOPLE= as below
	@PEOPLE="$(PEOPLE)" scripts/bench.sh

prove: setup-tests ## long proofs, resumable; writes docs/reference/proofs.md
	@$(BIN)/python -m tests.prove

mutants: setup-tests ## the product made wrong on purpose, change by change: each must be caught; writes docs/reference/mutants.md
	@$(BIN)/python -m tests.mutants

docs: setup-tests ## write the generated reference anew
	@for generator in docs/generate_*.py; do $(BIN)/python $$generator || exit 1; done

conformance: setup-tests ## against documents and data that are not ours: DOCUMENTS= CATALOGUE= ORUK= PEOPLE= name the folders
	@DOCUMENTS="$(DOCUMENTS)" CATALOGUE="$(CATALOGUE)" ORUK="$(ORUK)" PEOPLE="$(PEOPLE)" $(BIN)/python -m pytest tests/conformance -q

wheel: setup ## one file with packs, templates and built assets, in dist/
	@$(BIN)/python -m pip wheel --no-deps --no-build-isolation --wheel-dir dist .

clean: ## remove what was made, except data
	@rm -rf .venv node_modules alongside/design/static/design dist test-results .mypy_cache .ruff_cache .pytest_cache
