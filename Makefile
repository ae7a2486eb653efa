# One word per task; a bare `make` lists them.
.DEFAULT_GOAL := help
.SHELLFLAGS := -eu -c
PYTHON ?= python3
BIN := .venv/bin
USERS := .venv/.users-ready
DEVELOPERS := .venv/.developers-ready
# A file of tests stays with one worker: its servers and databases are started once. One worker more than cores, since those
# that drive a browser wait for it.
WORKERS = $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
ALL_CORES = -n $(WORKERS) --dist loadfile --no-loadscope-reorder

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1|\2/' | column -t -s '|'

run: $(USERS) ## start the app on http://127.0.0.1:8501
	$(BIN)/streamlit run app.py

test: $(DEVELOPERS) browser ## unit, page and browser tests
	$(BIN)/python -m pytest $(ALL_CORES) -m "not slow and not load and not faults"

test-all: $(DEVELOPERS) browser ## the slow tests as well
	$(BIN)/python -m pytest $(ALL_CORES) -m "not load and not faults"

load: $(DEVELOPERS) browser ## large files, long simulations, other engines, whole journeys
	$(BIN)/python -m pytest $(ALL_CORES) -m load

faults: $(DEVELOPERS) browser ## processes that are killed or race, files that are damaged
	$(BIN)/python -m pytest $(ALL_CORES) -m faults

check: $(DEVELOPERS) ## format, lint, types, import order
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/architecture

format: $(DEVELOPERS) ## write the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

browser: $(DEVELOPERS) ## make sure that the tests have a browser
	@$(BIN)/python -m tests.browser.chromium || $(BIN)/playwright install chromium

screenshots: $(DEVELOPERS) browser ## remake the pictures of the README, and the contact sheet
	$(BIN)/python -m tests.browser.screenshots
	$(BIN)/python -m tests.browser.export_pictures

messages: $(DEVELOPERS) ## collect the texts of the product into the catalogues of its languages
	$(BIN)/python -m tests.catalogues

sample-data: $(DEVELOPERS) ## remake the sample data
	$(BIN)/python -m sample_data.make

docs: $(DEVELOPERS) ## build the documentation into build/docs, links checked
	$(BIN)/python -m tests.docs.reference
	$(BIN)/zensical build --strict --clean

release: $(DEVELOPERS) ## build sdist and wheel into dist/, and try them in a fresh environment
	rm -rf dist
	$(BIN)/python -m build --outdir dist
	$(BIN)/python -m tests.release dist

bench: $(DEVELOPERS) browser ## measure speed and accuracy
	$(BIN)/python -m benchmarks.forecast
	$(BIN)/python -m benchmarks.home
	$(BIN)/python -m benchmarks.screens
	$(BIN)/python -m benchmarks.pages

lock: $(DEVELOPERS) ## resolve the newest releases that go together
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links -q -o requirements.txt --custom-compile-command "make lock"
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade -c requirements.txt --no-emit-index-url --no-emit-find-links -q -o requirements-dev.txt --custom-compile-command "make lock"

clean: ## remove the virtual environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(USERS): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; '$(PYTHON)' is older. Run: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "The virtual environment could not be made. On Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEVELOPERS): requirements-dev.txt $(USERS)
	$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.PHONY: docs release help run test test-all load faults check format browser screenshots messages sample-data bench lock clean
