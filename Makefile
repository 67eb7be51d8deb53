# One file runs the house. Every target prepares what it needs; a second run is instant.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TESTERS := $(shell echo $$(( $$(nproc 2>/dev/null || echo 2) + 1 )))# processes that test; many tests wait

.DEFAULT_GOAL := help
.PHONY: help run test check format lock evaluate chaos api load fuzz audit image clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Xize needs Python 3.11 or newer; set PYTHON=/path/to/it"; exit 1; }
	@sh scripts/ensure-venv $(PYTHON)
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@$(BIN)/python -m compileall -q bot knowledge rules_engine storage
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.runtime ## Start the assistant: web chat, reminders, Telegram where a token is set
	@exec $(BIN)/xize serve

test: $(VENV)/.dev ## Run all tests
	$(BIN)/python -m pytest -n $(TESTERS)

check: $(VENV)/.dev ## Lint, format, types, arrows between the rooms, law data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/xize knowledge check
	$(BIN)/xize rules check

format: $(VENV)/.dev ## Format the code and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.dev ## Pin requirements*.in again, with hashes and no index address
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U requirements-dev.in -o requirements-dev.txt

evaluate: $(VENV)/.dev ## Answer the question sets and print right, wrong, wrongly answered, wrongly refused
	$(BIN)/python -m tests.evaluation

chaos: $(VENV)/.dev ## Kill, stop, pause and cut senders, and count what users would see
	$(BIN)/python -m tests.chaos all

api: $(VENV)/.dev ## Ask every address of the HTTP API what it allows and what it forbids, many times
	XIZE_API_EXAMPLES=200 $(BIN)/python -m pytest tests/bot/api/test_schema.py

load: $(VENV)/.dev ## 500 chats at once through the webhook (MINUTES=5), then several workers and one killed
	$(BIN)/python -m benchmarks.load --minutes $(or $(MINUTES),5)
	$(BIN)/python -m benchmarks.load --minutes $(or $(MINUTES),5) --workers 3 --kill

fuzz: $(VENV)/.dev ## Feed every reader bad input for a while (SECONDS=60 each)
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),60)

audit: $(VENV)/.dev ## Look for dangerous code, and for known holes in what we depend on
	$(BIN)/bandit -q -ll -ii -c pyproject.toml -r bot knowledge rules_engine storage
	$(BIN)/python -m tests.security.dependencies

image: $(VENV)/.dev ## Carry out the Dockerfile's steps in a clean root (as root); try several workers behind the proxy
	XIZE_IMAGE=1 $(BIN)/python -m pytest tests/deploy

clean: ## Remove the environment and caches; data/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
