# Two commands on a fresh machine: `make study` and `make test`. Anything else is for developers.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

.DEFAULT_GOAL := study
.PHONY: study test check bench snapshots clean

study: $(VENV)/.installed  ## install and start the app
	@$(BIN)/dp100

test: $(VENV)/.tested  ## lint, type-check and run every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --config-file dp100/standin/mypy.ini
	$(BIN)/lint-imports
	$(BIN)/dp100 questions lint --strict
	$(BIN)/python -m compileall -q -j 0 dp100 tests  # once, and not in each of the processes that tests start
	$(BIN)/python -m pytest -n auto --dist loadgroup

bench: $(VENV)/.tested  ## print the benchmark tables
	$(BIN)/python -m tests.bench

snapshots: $(VENV)/.tested  ## accept the screens as they are now
	$(BIN)/python -m pytest tests/tui -n auto --snapshot-update

clean:
	rm -rf $(VENV) build dist

$(VENV)/.made:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'dp100 needs Python 3.11 or later; this is ' + sys.version)"
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.made pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $(VENV)/.installed $@
