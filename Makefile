# `make demo` and `make test` are all that a fresh machine needs: Python 3.10 or newer with venv, and make.

PYTHON ?= python3
VENV ?= .venv
SHARED := $(or $(VIRTXML_SHARED),../shared)
SCHEMAS ?= $(SHARED)/schemas
OSFACTS ?= $(SHARED)/virt-install/osfacts.json
# An environment with libvirt-python, which is built against libvirt's headers.
LIVE ?= build/live
# Further arguments for pytest, as in: make test ARGS='-k snapshot -x'
ARGS ?=
# How many tests run side by side; as many as there are cores by default. WORKERS=0 is for a debugger.
WORKERS ?= auto

BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable

# Each of hundreds of programs that tests start would compile all modules again, else.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test test-live lint format types regenerate check-generated bench build clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile

# A failed installation leaves no $(READY), so the next make starts over.
$(READY): pyproject.toml
	rm -f $@
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) '.[test]'
	touch $@

$(LIVE)/.ready: pyproject.toml
	rm -f $@
	@pkg-config --exists libvirt || \
	  { echo "libvirt's headers are missing (Debian: apt-get install libvirt-dev pkg-config gcc)" >&2; exit 1; }
	$(PYTHON) -m venv $(LIVE)
	$(LIVE)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[test,libvirt]'
	touch $@

# What checks style and types is large, and neither the demo nor the tests need it.
$(TOOLS): $(READY)
	$(INSTALL) '.[dev]'
	touch $@

demo: $(READY) ## read a domain, change it through the model, print its XML
	@$(BIN)/python examples/demo.py

test: $(READY) ## run the tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-live: $(LIVE)/.ready ## run the tests with libvirt: its test driver, and QEMU where root may run one
	$(LIVE)/bin/python -m pytest tests/live $(ARGS)

lint: $(TOOLS) ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(TOOLS) ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(TOOLS) ## check types with mypy and pyright, and what they say of programs
	$(BIN)/mypy --strict
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/python -m pytest -q $(wildcard tests/*/test_typing.py)

regenerate: $(READY) ## write virtxml/schema, the table of guest systems and the pages of rules anew
	$(BIN)/python -m codegen --schemas $(SCHEMAS)
	$(BIN)/python -m codegen.osinfo --facts $(OSFACTS)
	$(BIN)/python -m codegen.rules

check-generated: $(READY) ## see that what is generated is what its sources give
	$(BIN)/python -m codegen --schemas $(SCHEMAS) --check
	$(BIN)/python -m codegen.osinfo --facts $(OSFACTS) --check
	$(BIN)/python -m codegen.rules --check

bench: $(READY) ## measure speed and memory
	$(BIN)/python -m benchmarks

build: $(READY) ## build the wheel
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## remove everything that make made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
