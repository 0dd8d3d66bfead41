# Two commands matter: `make run` and `make test`. Everything else is a part of them.
# A stamp in .stamps/ remembers that a set-up step was done for just these inputs.

# What is compiled is kept, as all else that is made here, also where Python is told to leave nothing behind:
# compiling anew is half of a start, and of finding the tests.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
STAMPS := .stamps
JS_SOURCES := $(shell find designer_static/src designer_static/css designer_static/build.mjs -type f 2>/dev/null)
PY_SOURCES := $(shell find studio studio_app migrations -name '*.py' 2>/dev/null)
PO_SOURCES := $(shell find studio -name '*.po' 2>/dev/null)

.PHONY: run test again late test-fast lint types arch js unit bench bench-peers fuzz lock clean setup setup-dev chromium

run: setup
	@$(PY) -m studio serve

setup: $(STAMPS)/python $(STAMPS)/static $(STAMPS)/translations $(STAMPS)/bytecode

setup-dev: $(STAMPS)/python-dev $(STAMPS)/static $(STAMPS)/translations $(STAMPS)/bytecode

$(STAMPS):
	@mkdir -p $@

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

$(STAMPS)/python: requirements.txt pyproject.toml | $(PY) $(STAMPS)
	@echo "Installing Python packages …"
	@$(PY) -m pip install -q --require-hashes --only-binary :all: -r requirements.txt
	@$(PY) -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/python-dev: requirements-dev.txt requirements.txt pyproject.toml | $(PY) $(STAMPS)
	@echo "Installing Python packages for the checks …"
	@$(PY) -m pip install -q --require-hashes --only-binary :all: -r requirements-dev.txt
	@$(PY) -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@ $(STAMPS)/python

$(STAMPS)/npm: package.json package-lock.json | $(STAMPS)
	@echo "Installing browser packages …"
	@npm ci --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

$(STAMPS)/static: $(STAMPS)/npm $(JS_SOURCES) | $(STAMPS)
	@echo "Building browser code …"
	@node designer_static/build.mjs
	@touch $@

$(STAMPS)/translations: $(PO_SOURCES) | $(STAMPS)
	@$(PY) -m studio translations compile
	@touch $@

# Compiled once, also for a Studio that is started in another way.
$(STAMPS)/bytecode: $(PY_SOURCES) | $(PY) $(STAMPS)
	@$(PY) -m compileall -q -j 0 studio studio_app migrations
	@touch $@

# Tests are mixed, and mixed in the same way each time: what passed here passes there. ORDER= mixes them anew.
ORDER ?= --randomly-seed=1

# The browser comes last and has the machine for itself: what it waits for is then soon there.
test: setup-dev chromium lint types arch js
	@$(PY) -m pytest $(ORDER) -n 2 -m "not browser"
	@$(PY) -m pytest $(ORDER) -m browser || { [ $$? -eq 1 ] && $(MAKE) --no-print-directory again; }

# What failed in the browser is tried once more, in a Studio of its own: a machine that had other things to do
# should not hold back a change. What is broken fails twice; what fails once is a fault too, only of less haste.
again:
	@echo "Trying once more what failed. What passes now depends on haste: mend it, in the product or in its test."
	@$(PY) -m pytest $(ORDER) -m browser --last-failed --last-failed-no-failures none --maxfail 5

# An hour: the browser part with answers that come late, each by another time. What is pressed meanwhile must not be lost.
late: setup-dev chromium
	@STUDIO_LATE=1 $(PY) -m pytest $(ORDER) -m browser

# Meant for three minutes: no browser, no laws that are tried on many examples, no rooms that drive all of Studio.
test-fast: setup-dev lint types arch js
	@$(PY) -m pytest $(ORDER) -n 2 -m "not browser and not slow and not hypothesis"

lint: setup-dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: setup-dev
	@$(PY) -m mypy

arch: setup-dev
	@$(VENV)/bin/lint-imports

js: $(STAMPS)/static
	@npm run --silent check
	@npm test --silent

# A Chromium for the browser tests: $STUDIO_CHROMIUM, the system's, Playwright's own, or Debian's.
chromium: setup-dev
	@$(PY) tests/chromium.py

bench: setup-dev chromium
	@$(PY) -m bench

bench-peers: setup-dev chromium
	@$(PY) -m bench peers

# First the laws on examples that `make test` does not try, then coverage-guided, ten minutes for each harness; what breaks
# one is kept in $(STAMPS).
FUZZ_SECONDS ?= 600
fuzz: setup-dev
	@HYPOTHESIS_PROFILE=explore $(PY) -m pytest -n 2 -q -m "hypothesis and not browser"
	@for harness in $(basename $(notdir $(wildcard tests/fuzz/*.py))); do \
		echo "Fuzzing $$harness …"; \
		$(PY) -m tests.fuzz.$$harness -max_total_time=$(FUZZ_SECONDS) -timeout=20 -rss_limit_mb=2048 -artifact_prefix=$(STAMPS)/ \
			-verbosity=0 -print_final_stats=1 || exit 1; \
	done

# Writes the pinned lists anew. `uv` is needed for this alone.
lock:
	uv pip compile pyproject.toml --group build --generate-hashes --no-header --no-annotate -q -o requirements.txt --python-version 3.11
	uv pip compile pyproject.toml --group build --group dev --generate-hashes --no-header --no-annotate -q -o requirements-dev.txt --python-version 3.11
	npm install --package-lock-only --omit-lockfile-registry-resolved

clean:
	rm -rf $(VENV) $(STAMPS) node_modules designer_static/dist
