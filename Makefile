# Needs Python 3.11 or newer, make and git; everything else goes into .venv from the locks.
#   make demo             build the store, rank the partner firms, draw out/map.html
#   make test             everything that must pass
#   make test PYTHON=python3.12 VENV=.venv-312      another Python, in another environment

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV := uv==0.13.9
STYLE := tests/test_architecture.py tests/test_workshop.py

export PIP_DISABLE_PIP_VERSION_CHECK = 1
PIP := $(BIN)/python -m pip --quiet --quiet --no-input
# The locks are complete, so pip has nothing to resolve, and every file is checked against its hash.
LOCKED := $(PIP) install --no-deps --require-hashes --only-binary :all: --requirement
OURSELVES := $(PIP) install --no-deps --no-build-isolation --editable .
RUN := $(VENV)/.stamp-run
DEV := $(VENV)/.stamp-dev
COMPILE := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command 'make lock' $(UPGRADE) pyproject.toml --group build

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo check format test bench who soak fuzz docs readme lock clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 10

demo: $(RUN)  ## build the store from the shipped graphs, rank the partner firms, draw out/map.html
	@mkdir -p out
	$(BIN)/kg build
	$(BIN)/kg rank --sector firm --measure betweenness --limit 15
	$(BIN)/kg map -o out/map.html

check: $(DEV)  ## format, lint, types and the tests of the style, in seconds
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy --no-error-summary
	$(BIN)/pytest -q $(STYLE)

format: $(DEV)  ## put the code into the one format, and mend what ruff can mend
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

test: check  ## everything that must pass
	$(BIN)/pytest -q -n auto

bench: $(DEV)  ## the benchmarks, as a table of ratios; PARTS="load rows" for some of them
	$(BIN)/python tests/benchmarks $(PARTS)
	$(if $(PARTS),,$(BIN)/python tests/benchmarks --maps)

soak: $(DEV)  ## kill writers of a store at 200 random moments, and look what is left; a few minutes
	PYTHONPATH=tests $(BIN)/python tests/helpers/kill_writers.py $(or $(ROUNDS),200)

fuzz: $(DEV)  ## feed the readers what a fuzzer makes up, for SECONDS=60; needs CPython up to 3.13 on Linux
	$(PIP) install atheris==3.0.0
	PYTHONPATH=tests $(BIN)/python tests/helpers/fuzz_readers.py $(or $(SECONDS),60)

who: $(DEV)  ## of these only how well who is who is told
	$(BIN)/python tests/benchmarks/who.py

docs: $(DEV)  ## the ontology as a page: out/docs/ontology.html
	$(BIN)/python docs/ontology_page.py out/docs/ontology.html

readme: $(DEV)  ## run the examples of the README and write down what they print now
	PYTHONPATH=tests $(BIN)/python tests/helpers/console.py README.md

lock: | $(BIN)/python  ## pin pyproject.toml anew; UPGRADE=--upgrade takes newer versions
	$(PIP) install $(UV)
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:  ## remove what was made, but for .venv
	rm -rf out build dist .kg .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find kg tests docs -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo >&2 \
	"Helix KG needs Python 3.11 or newer, and $(PYTHON) is not; name one that is: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo >&2 \
	"$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@echo >&2 "installing what Helix KG runs on into $(VENV) (once; about a minute) ..."
	@$(LOCKED) requirements.lock
	@$(OURSELVES)
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo >&2 "installing what Helix KG runs on and is tested with into $(VENV) (once; about a minute) ..."
	@$(LOCKED) requirements-dev.lock
	@$(OURSELVES)
	@touch $(RUN) $@
