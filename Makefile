# Every target works alone on a fresh machine: Python 3.11 to 3.14, make and a package index.
# Nothing is activated; everything lives in .venv.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2> /dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CASEBOOK := demo.casebook
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# Two workers: more gain nothing on the two cores of the build machine.
TEST_WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help install demo test lint format docs site schema bench train lock licences audit sbom clean

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/\1\t\2/p' Makefile

$(READY): pyproject.toml requirements-dev.lock.txt
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 to 3.14 was found; install one or set PYTHON=" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)

install: $(READY)  ## .venv with the program and the tools of the house

demo: $(READY)  ## adds the twelve example reports and shows whose word each claim rests on
	@STEMMA=$(BIN)/stemma CASEBOOK=$(CASEBOOK) sh examples/demo.sh

test: $(READY)  ## every test
	$(BIN)/pytest -n $(TEST_WORKERS)

lint: $(READY) licences audit  ## style, types, layout, licences and known faults of what is pinned
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(READY)  ## mends what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: schema  ## the JSON Schema anew, and whether docs and README say what the program does
	$(BIN)/pytest -n 0 tests/docs

# The tools of the site are a group of their own, so that the tests do not wait for them.
site: $(READY)  ## the documentation as a site under site/, the tutorial run; it asks nothing from outside
	$(PIP) install --quiet --group site
	$(BIN)/python docs/site/build.py --run
	$(BIN)/mkdocs build --quiet --config-file build/mkdocs.yml

schema: $(READY)  ## docs/schema from the nouns
	$(BIN)/python -m stemma.model.schema docs/schema

# Each file of bench that can be run is one measure and says in its docstring what it needs; one that
# fails stops none. The gate measures the same again and is left out.
bench: $(READY)  ## quality and speed, against the data that lie beside the checkout
	@for measure in $$(grep -l __main__ bench/*.py | grep -v gate.py); do echo "== $$measure"; $(BIN)/python $$measure || true; done

# torch is only for training: it has an environment of its own.
train: $(READY)  ## the shipped model anew (hours on a CPU, minutes on a GPU); see training/README.md
	@test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet -r training/requirements.txt -e .
	PYTHON=.venv-train/bin/python bash training/run.sh

# The two locks: what runs, and what runs plus the tools. Hashes for every platform, no index address.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate
lock: $(READY)  ## pins the newest versions that pyproject.toml allows
	$(LOCK) --upgrade pyproject.toml -o requirements.lock.txt
	$(LOCK) --upgrade pyproject.toml --group dev -c requirements.lock.txt -o requirements-dev.lock.txt
	$(LOCK) --upgrade pyproject.toml --extra spark -c requirements-dev.lock.txt -o requirements-spark.lock.txt

licences: $(READY)  ## whether every pinned package has a licence that we may build on
	$(BIN)/python bench/supply/licences.py

# pip-audit has an environment of its own. Where no list of known faults can be reached, one line says so and
# nothing fails; a fault that is found fails.
audit: $(READY)  ## known faults of what is pinned, asked of the lists on the network
	@test -x .venv-audit/bin/pip-audit || { $(PYTHON) -m venv .venv-audit && .venv-audit/bin/python -m pip install \
	  --quiet --disable-pip-version-check --retries 1 --timeout 10 'pip-audit>=2.7,<3' 2> /dev/null; } || true
	@$(BIN)/python bench/supply/audit.py

sbom: $(READY)  ## build/sbom.json: what the program is made of, with every extra, as CycloneDX
	@mkdir -p build
	$(BIN)/python bench/supply/sbom.py > build/sbom.json

clean:  ## removes what was built here, .venv too
	rm -rf $(VENV) build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f $(CASEBOOK) $(CASEBOOK)-wal $(CASEBOOK)-shm
	find src tests bench training -name __pycache__ -type d -prune -exec rm -rf {} + 2> /dev/null || true
