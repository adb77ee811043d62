# The two commands of the README are `make demo` and `make test`; each does all its own set-up.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# The first of these that runs, is new enough and can make an environment (a name alone may be a shim that leads nowhere).
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$name && break; done)
BIN := .venv/bin
UV := $(BIN)/uv --quiet --no-progress
SEED ?= 20261122

.PHONY: help setup demo train torch-where-possible test soak bench bench-long lock docs format front debian clean

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/uv: requirements/boot.lock
	@test -n "$(PYTHON)" || { echo "vigie needs Python 3.11 or later with venv (Debian: python3-venv); none was found. Set PYTHON=..." >&2; exit 2; }
	@echo "setting up .venv ..." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/boot.lock
	@touch $@

.venv/base.stamp: requirements/base.lock pyproject.toml $(BIN)/uv
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/base.lock
	@$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/demo.stamp: requirements/demo.lock .venv/base.stamp
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/demo.lock
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/base.stamp
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@

.venv/train.stamp: requirements/train.lock .venv/dev.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/train.lock
	@touch $@

train: .venv/train.stamp ## What teaching a detector of scan images needs: torch

torch-where-possible: .venv/dev.stamp
	@$(MAKE) --silent train || { echo "torch cannot be had: the tests that teach a detector say so" >&2; test -z "$${CI:-}"; }

setup: .venv/base.stamp ## Only the environment: .venv/bin/vigie

demo: .venv/demo.stamp ## Start a simulated port and print a sign-in link
	@$(BIN)/vigie demo

debian: ## What the tests need of Debian: chromium, PostgreSQL (installed when absent and possible)
	@bash tests/house/debian.sh

frontend/node_modules/.stamp: frontend/package-lock.json
	@if command -v npm >/dev/null; then cd frontend && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && touch node_modules/.stamp; \
	else echo "npm is absent: the tests that need it say so" >&2; fi

test: .venv/dev.stamp torch-where-possible debian frontend/node_modules/.stamp ## Check everything (at most 15 minutes on 2 cores)
	@$(BIN)/ruff check src tests benchmarks
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q -m "not soak" -n 2 --dist loadfile

soak: .venv/dev.stamp debian ## The full counts of every law; writes benchmarks/soak.json
	@$(BIN)/python -m benchmarks.soak --seed $(SEED)

bench: .venv/dev.stamp ## Figures beside named peers (at most 30 minutes); writes benchmarks/results.json
	@$(BIN)/python -m benchmarks --seed $(SEED)

bench-long: .venv/dev.stamp ## The figures that take longer
	@$(BIN)/python -m benchmarks --seed $(SEED) --long

docs: .venv/dev.stamp ## Write the generated pages of docs/reference again
	@VIGIE_LANGUAGE=en $(BIN)/python docs/generate.py

format: .venv/dev.stamp ## Lay the code out
	@$(BIN)/ruff check --fix --quiet src tests benchmarks; $(BIN)/ruff format --quiet src tests benchmarks

front: ## Build the browser bundle again (needs Node)
	@cd frontend && npm ci --ignore-scripts --no-audit --no-fund --silent && npm run --silent build

lock: $(BIN)/uv ## Pin all packages again
	@$(UV) pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 requirements/boot.in -o requirements/boot.lock
	@$(UV) pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --extra analytics --extra postgres --extra models --extra scanning --extra bulletin --extra cluster --group dev pyproject.toml -o requirements/dev.lock
	@$(UV) pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 -c requirements/dev.lock pyproject.toml -o requirements/base.lock
	@$(UV) pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 -c requirements/dev.lock --extra analytics --extra models --extra scanning pyproject.toml -o requirements/demo.lock

clean: ## Remove what was set up
	rm -rf .venv frontend/node_modules
