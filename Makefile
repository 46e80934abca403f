# One command for each thing; `make help` lists them. Needs Python 3.11 to 3.13, pip, make, git.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := deploy/constraints.txt
STARTER := var/starter
SOUND := $(BIN)/pip --version >/dev/null 2>&1
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install -qq --constraint $(LOCK) --editable

.DEFAULT_GOAL := help
.PHONY: help run test everything check lint types contracts soak wheel lock clean venv

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run ## install, then one monitoring run with the starter configuration in var/starter
	@test -d $(STARTER) || $(BIN)/tocsin init $(STARTER)
	@$(BIN)/tocsin run --once --config $(STARTER) || { code=$$?; test $$code -eq 1 || exit $$code; \
	  echo "The run ended with some feeds unread (exit code 1); the table says which and why. That is fine here."; }

test: $(VENV)/.test ## install with the test extras, then every test but those that start Prefect's server, and the long ones of tests/soak
	@$(BIN)/python -m pytest --numprocesses auto --ignore=tests/soak -m "not prefect"

everything: $(VENV)/.test ## as test, with those that start Prefect's server
	@$(BIN)/python -m pytest --numprocesses auto --ignore=tests/soak

check: lint types contracts everything ## lint, types, contracts, tests: what .ci/run calls

lint: $(VENV)/.test ## ruff: rules and format
	@echo "lint"; $(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .

types: $(VENV)/.test ## mypy, strict
	@echo "types"; $(BIN)/mypy

contracts: $(VENV)/.test ## import-linter: the house's layers
	@echo "contracts"; $(BIN)/lint-imports --no-logo

soak: $(VENV)/.test ## the long tests: kills, fuzz, a million rows
	@$(BIN)/python -m pytest --capture=no tests/soak

deploy/prefect.yaml: flows/deployments.py $(VENV)/.run ## write the deployments down for those who run Prefect themselves
	@$(BIN)/python -m flows.deployments > $@

wheel: ## build the wheel, install it in an empty folder, run commands from there
	@PYTHON=$(PYTHON) bash deploy/try_wheel.sh

# Pins that still fit stay; remove $(LOCK) first to take the newest of everything.
lock: venv ## write deploy/constraints.txt anew from pyproject.toml
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-annotate \
	  --custom-compile-command "make lock" --output-file $(LOCK) pyproject.toml

clean: ## remove the environment, caches and build results; var/ stays
	@rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment that was moved, or whose Python is gone, is made anew.
venv:
	@$(SOUND) || { $(PYTHON) -c "$$RIGHT_PYTHON" && $(PYTHON) -m venv --clear $(VENV); }

define RIGHT_PYTHON
import sys
if not (3, 11) <= sys.version_info < (3, 14):
    sys.exit(f"Tocsin needs Python 3.11 to 3.13, this is {sys.version.split()[0]}: try make PYTHON=python3.11 ...")
endef
export RIGHT_PYTHON

# Stamps: what is installed is as old as the lock and the project file it was installed from.
ifneq ($(shell $(SOUND) && echo yes),yes)
.PHONY: $(VENV)/.run $(VENV)/.test
endif

$(VENV)/.run: pyproject.toml $(LOCK) | venv
	@echo "Installing Tocsin into $(VENV) (a minute or so) ..."
	@$(INSTALL) .
	@touch $@

$(VENV)/.test: pyproject.toml $(LOCK) | venv
	@echo "Installing Tocsin and its test tools into $(VENV) (a minute or two) ..."
	@$(INSTALL) '.[test,postgres]'
	@touch $@ $(VENV)/.run
