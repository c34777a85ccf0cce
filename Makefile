# Each command sets up what it needs in .venv: a machine with git, make and Python 3.11 or later is enough.

PYTHON ?= python3
BIN := .venv/bin
DEMO := demo
ANOTHER = Name another: make $(or $(MAKECMDGOALS),demo) PYTHON=python3.12

.PHONY: demo promise serve test quick bench examples clean

# Tests and readers start many processes: each is several times faster where the last one left its bytecode.
unexport PYTHONDONTWRITEBYTECODE

demo: .venv/installed-caimai
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/caimai build examples --store $(DEMO)/store
	$(BIN)/caimai trace '昌州财教[2024]65号' --store $(DEMO)/store
	$(BIN)/caimai show --focus '昌州财教[2024]65号' --store $(DEMO)/store -o $(DEMO)/page.html
	@echo "打开 $(DEMO)/page.html 看图；再试 (open the page, then try): $(BIN)/caimai trace 招商引资经费 --store $(DEMO)/store"

# From what was promised to what came of it: with final accounts that are made up (made/README.md), in a store of their own.
promise: .venv/installed-caimai
	@rm -rf $(DEMO)/made && mkdir -p $(DEMO)
	$(BIN)/caimai build examples made --store $(DEMO)/made
	$(BIN)/caimai ask self_scores --store $(DEMO)/made
	$(BIN)/caimai trace '昌州财教[2024]65号' --store $(DEMO)/made
	@echo "看网页 (in a browser): $(BIN)/caimai serve --store $(DEMO)/made --documents examples --documents made"

serve: .venv/installed-caimai
	@test -f $(DEMO)/store/CURRENT || $(BIN)/caimai build examples --store $(DEMO)/store
	$(BIN)/caimai serve --store $(DEMO)/store --documents examples

# Virtuoso is tested where it is installed, or can be: without, its tests say that they are skipped.
test: .venv/installed-test
	@command -v virtuoso-t >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends virtuoso-opensource-7-bin >/dev/null 2>&1; } || true
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist worksteal

# While editing: all that takes no seconds and needs no browser, no server, no process of its own, no documents but small ones.
# ONLY names files or folders; `make quick ONLY='tests/test_trace.py -m examples'` runs slow ones, too.
quick: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/pytest --numprocesses auto --dist worksteal --durations 5 --durations-min 3 -m "not slow" $(ONLY)

bench: .venv/installed-test
	$(BIN)/python -m bench

examples: .venv/installed-test
	$(BIN)/python -m examples.typeset

clean:
	rm -rf .venv $(DEMO) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here; caimai needs Python 3.11 or later. $(ANOTHER)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "caimai needs Python 3.11 or later; this is $$($(PYTHON) -V 2>&1). $(ANOTHER)"; exit 1; }
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || { echo "Could not make .venv. On Debian and Ubuntu: apt install python3-venv"; rm -rf .venv; exit 1; }

.venv/installed-caimai: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --editable .
	@touch $@

.venv/installed-test: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --editable '.[test]'
	@touch $@ .venv/installed-caimai
