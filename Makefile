# Two commands: `make demo` and `make test`. Both make .venv when it is missing and need nothing else.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: browser myst demo test lint types imports unit conformance bench docs package clean

demo: $(STAMP)
	@$(BIN)/dl4es-bib build --offline

test: lint types imports unit

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

# The rooms on which trust rests are covered by 95 of 100 branches each.
TRUSTED := model identify library resolver/decide

# What the tests of pages need besides Chromium and Node.js: it drives the browser, and judges accessibility.
browser:
	@npm install --silent --no-audit --no-fund --prefix build/browser playwright-core@1 axe-core@4

# What builds books of MyST in tests; the other tools of books are packages of the group dev.
myst:
	@npm install --silent --no-audit --no-fund --prefix build/myst mystmd@1

unit: $(STAMP)
	$(BIN)/pytest -n auto --cov --cov-report=term:skip-covered
	@for room in $(TRUSTED); do \
	  $(BIN)/coverage report --include="*/dl4es_bib/$$room/*,*/dl4es_bib/$$room.py" --fail-under=95 >/dev/null || \
	  { echo "coverage of $$room is below 95 %" >&2; exit 1; }; \
	done

bench: $(STAMP)
	$(BIN)/python bench/startup.py
	$(BIN)/python bench/csl.py

# The site in build/site; needs the network once, for the tools.
docs: $(VENV)/.docs
	$(BIN)/mkdocs build --strict --quiet --site-dir build/site

# Wheel and sdist in dist/, checked, and the README's tour in an environment that has the wheel and nothing else.
package: $(STAMP)
	rm -rf dist build/fresh
	$(BIN)/python -m build --no-isolation --outdir dist .
	$(BIN)/python -m twine check --strict dist/*
	$(BIN)/python -m venv build/fresh
	build/fresh/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	$(BIN)/python tests/tour.py build/fresh/bin/python

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

$(VENV)/.docs: $(STAMP)
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(BIN)/python --group docs; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs; \
	fi
	@touch $@

# uv where it is installed, else venv and pip; if neither works, say what to install.
$(STAMP): pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python '>=3.11' $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python --editable . --group dev; \
	elif python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	  python3 -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev; \
	else \
	  echo 'dl4es-bib needs uv, or Python 3.11 or later with its venv module.' >&2; \
	  echo 'Install one of them: on Debian or Ubuntu "apt-get install python3-venv", elsewhere see' >&2; \
	  echo 'https://docs.astral.sh/uv/ or https://www.python.org/downloads/, then run make again.' >&2; \
	  exit 1; \
	fi
	@touch $(STAMP)
