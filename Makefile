# Requires Python 3.11 or newer, make and git. The locks install everything else into .venv.
#   make demo             build the store, rank firms, draw out/map.html
#   make test             run all checks and tests
#   make test PYTHON=python3.12 VENV=.venv-312      use another Python in another environment

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# The tests write 1.5 GB to stores, which wait for the disk. Memory is quicker where it has room.
TEMPORARY := $(shell df --output=avail /dev/shm 2>/dev/null | awk '$$1 > 4000000 {found = 1} END {print found ? "/dev/shm" : "/tmp"}')
STYLE := tests/test_architecture.py tests/test_repository.py tests/test_scripts.py

export PIP_DISABLE_PIP_VERSION_CHECK = 1
# The tests start kg several hundred times, and each start would compile all modules.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip --quiet --quiet --no-input
# The locks are complete, so pip resolves nothing and verifies the hash of every file.
LOCKED := $(PIP) install --no-deps --require-hashes --only-binary :all: --requirement
PROJECT := $(PIP) install --no-deps --no-build-isolation --editable .
RUN := $(VENV)/.stamp-run
DEV := $(VENV)/.stamp-dev
COMPILE := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command 'make lock' $(UPGRADE) pyproject.toml --group build

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
NODE := $(shell command -v npm)
.PHONY: help demo check types style scripts format test spark bench read-bench who soak fuzz mutants docs pages messages lock package release clean

help:  ## print this list
	@sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 10

demo: $(RUN)  ## build the store from the shipped graphs, rank firms, draw out/map.html
	@mkdir -p out
	$(BIN)/kg build
	$(BIN)/kg rank --sector firm --measure betweenness --limit 15
	$(BIN)/kg map -o out/map.html

check: $(DEV)  ## check format, lint, types and style, in seconds
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target types style $(if $(NODE),scripts)
	$(if $(NODE),,@echo >&2 "the scripts of the pages are not checked, because Node is not installed")

types: $(DEV)
	$(BIN)/mypy --no-error-summary --num-workers 2

style: $(DEV)
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/pytest -q $(STYLE)

scripts: tools/node_modules/.stamp  ## check format, lint, types and tests of the scripts of the pages; requires Node
	@cd tools && npm run --silent check

format: $(DEV)  ## format the code and apply the fixes of ruff, and of prettier and eslint where Node is installed
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(if $(NODE),$(MAKE) --no-print-directory tools/node_modules/.stamp && cd tools && npm run --silent format)

# One worker more than cores, because tests wait for the browser, servers and other processes.
test: check  ## run all checks and tests; COVERAGE=1 prints the files of kg with the lowest coverage
	@temporary=$$(mktemp -d $(TEMPORARY)/kg.XXXX) && trap 'rm -rf "$$temporary"' EXIT INT TERM && \
	PYTEST_DEBUG_TEMPROOT=$$temporary $(BIN)/pytest -q -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist worksteal --durations=25 $(if $(COVERAGE),--cov --cov-report=) $(foreach one,$(STYLE),--ignore=$(one))
	$(if $(COVERAGE),@$(BIN)/coverage report | awk 'NR < 28 || /^TOTAL/')

spark: $(DEV)  ## install Spark for the tests of clusters, 490 MB; they also require Java 17
	$(PIP) install --no-deps --require-hashes --requirement requirements-spark.lock

bench: $(DEV)  ## run the benchmarks and print ratios; PARTS="load rows" selects some
	$(BIN)/python tests/benchmarks $(PARTS)
	$(if $(PARTS),,$(BIN)/python tests/benchmarks --start)
	$(if $(PARTS),,$(BIN)/python tests/benchmarks --maps)
	$(if $(PARTS),,$(BIN)/python tests/benchmarks --serve)

read-bench: $(DEV)  ## measure kg read by five-fold cross-validation on the annotated reports in DATA=FOLDER
	$(BIN)/python tests/benchmarks/reading.py $(DATA)

soak: $(DEV)  ## kill writers and each command that writes at 200 random moments; run the tests over all data
	PYTHONPATH=tests $(BIN)/python -m helpers.kill_writers $(or $(ROUNDS),200)
	KG_COMMAND_KILLS=$(or $(ROUNDS),200) KG_KILL_STEP=1 $(BIN)/pytest -q tests/store/test_kill_points.py
	KG_SHACL_SEEDS=30 $(BIN)/pytest -q tests/validate/test_run.py
	PYTHONPATH=tests $(BIN)/python -m helpers.soak_server $(or $(SERVER_SECONDS),600) 64
	$(BIN)/pytest -q -m scale

fuzz: $(DEV)  ## fuzz the readers for SECONDS=60; requires CPython up to 3.13 on Linux
	$(LOCKED) requirements-tools.lock
	PYTHONPATH=tests $(BIN)/python -m helpers.fuzz_readers $(or $(SECONDS),60)

mutants: $(DEV)  ## compare `make test` with the larger choice of tests by mutants, COUNT=12 for each part
	$(LOCKED) requirements-tools.lock
	PYTHONPATH=tests $(BIN)/python -m helpers.mutants $(or $(COUNT),12)

who: $(DEV)  ## run the benchmark of entity resolution alone
	$(BIN)/python tests/benchmarks/who.py

docs: $(DEV)  ## build the documentation site in out/docs, and its ontology page
	$(BIN)/python -m sphinx -q -W -b html docs out/docs
	$(BIN)/python docs/ontology_page.py out/docs/ontology.html

pages: $(DEV)  ## update generated parts and example outputs of README.md and docs/
	$(BIN)/python docs/reference_pages.py
	PATH="$(abspath $(BIN)):$$PATH" PYTHONPATH=tests $(BIN)/python -m helpers.console

messages: $(DEV)  ## update the catalogue of messages; print the number of entries to translate
	PYTHONPATH=tests $(BIN)/python -m helpers.messages

lock: | $(BIN)/python  ## write the locks; UPGRADE=--upgrade takes newer versions
	$(LOCKED) requirements-tools.lock
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command 'make lock' $(UPGRADE) requirements-spark.in --output-file requirements-spark.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command 'make lock' $(UPGRADE) requirements-tools.in \
		--no-emit-package yattag --constraints requirements-dev.lock --output-file requirements-tools.lock

package: $(DEV)  ## run the main job from the wheel, outside the checkout; OLDEST=1 also with the oldest dependencies
	$(if $(OLDEST),@$(LOCKED) requirements-tools.lock)
	PYTHON=$(PYTHON) VENV=$(VENV) OLDEST=$(OLDEST) .ci/package

release: $(DEV)  ## check, tag and build a release, VERSION=1.2.3
	$(BIN)/python .ci/release.py $(VERSION)

clean:  ## remove generated files except .venv
	rm -rf out build dist .kg .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find kg tests docs -name __pycache__ -prune -exec rm -rf {} +

tools/node_modules/.stamp: tools/package.json tools/package-lock.json
	@cd tools && npm ci --silent --no-audit --no-fund
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo >&2 \
	"Helix KG requires Python 3.11 or newer; $(PYTHON) is older. Name another: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo >&2 \
	"$(PYTHON) cannot create a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@echo >&2 "installing run-time dependencies into $(VENV) (once; about a minute) ..."
	@$(LOCKED) requirements.lock
	@$(PROJECT)
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo >&2 "installing run-time and test dependencies into $(VENV) (once; about a minute) ..."
	@$(LOCKED) requirements-dev.lock
	@$(PROJECT)
	@touch $(RUN) $@
