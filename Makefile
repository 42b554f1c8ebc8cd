# The commands of this project. `make` alone lists them.
#
# Everything lives in .venv below this folder; a stamp file for each group of
# dependencies keeps a second call from installing anything. Paths are relative,
# so that the clone may lie in a folder with spaces in its name.

PYTHON ?= python3
VENV := .venv
SPHINXOPTS ?= -W -n --keep-going -j auto
PYTESTOPTS ?= -n auto --maxprocesses 4 --dist loadfile

RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet install

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help html test browser lint style types imports scripts format clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

html: $(VENV)/docs.stamp ## build the manual and the demo into docs/_build/html
	$(RUN) -m sphinx -b html docs docs/_build/html $(SPHINXOPTS)

test: $(VENV)/test.stamp ## run all tests, in a real browser too (BLOG_CHROMIUM names another one)
	@BLOG_CHROMIUM="$$($(RUN) tools/find_browser.py --install)" && export BLOG_CHROMIUM \
	&& echo "browser: $$BLOG_CHROMIUM" \
	&& $(RUN) -m pytest $(PYTESTOPTS)

browser: $(VENV)/test.stamp ## find the browser of the tests, or install one
	$(RUN) tools/find_browser.py --install

lint: style types imports ## check style, types and who imports whom

style: $(VENV)/lint.stamp
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check

types: $(VENV)/lint.stamp
	$(RUN) -m mypy

imports: $(VENV)/lint.stamp
	$(VENV)/bin/lint-imports

scripts: ## check the types of the JavaScript (needs npm)
	npx --yes --package typescript@5.9 tsc --project tools/tsconfig.json

format: $(VENV)/lint.stamp ## put the code into its usual form
	$(RUN) -m ruff check --fix
	$(RUN) -m ruff format

clean: ## remove what these commands made
	rm -rf $(VENV) docs/_build docs/seeds .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# `pip install --group` needs pip 25.1.
$(VENV)/pip.stamp:
	@'$(PYTHON)' -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11")'
	'$(PYTHON)' -m venv $(VENV)
	$(PIP) --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/%.stamp: pyproject.toml $(VENV)/pip.stamp
	$(PIP) --editable . --group $*
	@touch $@
