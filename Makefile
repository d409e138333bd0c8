# run: the site with its demonstration. test: everything. check: what CI asks first.
# A fresh clone needs nothing but Python 3.11 or later, and (for test) what tests/bootstrap.sh names.

PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
DATA = $(or $(COPROD_DATA),var)

.PHONY: run test check bench lock sweep

run: .venv/installed
	@test -e "$(DATA)/demonstration" || { echo "Loading the demonstration …"; \
		$(BIN)/coprod demo >/dev/null || test $$? -eq 3; }
	@exec $(BIN)/coprod run --port $(PORT)

test: .venv/installed-dev
	@tests/bootstrap.sh
	$(BIN)/pytest -n 2 --dist worksteal -q -rs

# The long versions: every hostile word, two hundred kills, every role. Some hours on two cores.
sweep: .venv/installed-dev
	@tests/bootstrap.sh
	$(BIN)/pytest tests/faults -m sweep -q -rs

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --check --quiet
	$(BIN)/python migrations/alembic/drift.py

# Pages and acts beside what the machine can do, in one interleaved run.
bench: .venv/installed-dev
	$(BIN)/python -m bench.run

# For maintainers: the exact versions of everything, with their hashes and without addresses.
lock:
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --extra build --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --extra build --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "coprod needs Python 3.11 or later: make run PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch .venv/installed $@
