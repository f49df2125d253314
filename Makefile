# Everything that is done with this checkout. `make help` lists it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=
EDITION ?= embedded
ONLY ?=
ROUNDS ?= 5
DURATION ?= 120
SEED ?= 7
BROKERS ?= 1
KILLS ?= 0
EVENTS ?= 0
LIMIT ?= 3600
SABOTAGE ?=
FAULTS ?=
SETS ?= $(patsubst requirements/%.txt,%,$(wildcard requirements/*.txt))
WHEELHOUSE ?= build/wheelhouse
ARCH ?=
VERSION ?= 3.11

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast test-operations lint format bench campaign init sbom wheelhouse contracts release lock clean

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

demo: $(VENV)/$(EDITION).ready ## tell the story of the platform on this machine (ARGS=--once ends after it, EDITION=distributed)
	@SUNMAO_EDITION=$(EDITION) $(BIN)/sunmao demo $(ARGS)

test: $(VENV)/develop.ready ## every test, on real Kafka and PostgreSQL (installed from wheels)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore=tests/operations --ignore=tests/browser $(ARGS)

test-fast: $(VENV)/develop.ready ## the tests that need no server
	$(BIN)/python -m pytest tests/unit tests/contracts tests/architecture $(ARGS)

# Apart from the others, for these need programs of the system; what is missing is installed where that is allowed.
test-operations: $(VENV)/develop.ready ## rules, alerts, dashboards, TLS and pages, on Prometheus, Alertmanager, PostgreSQL and Chromium of Debian
	deploy/debian-programs
	$(BIN)/python -m pytest tests/operations tests/browser $(ARGS)

bench: $(VENV)/bench.ready ## how fast the spine is, beside its yardsticks (ONLY=B1,B2a ROUNDS=5)
	@$(BIN)/python -m tests.benchmarks --only "$(ONLY)" --rounds $(ROUNDS)

# Of both editions the distributed one has more that can be hurt; a demo starts with the other.
campaign: EDITION := $(if $(filter file,$(origin EDITION)),distributed,$(EDITION))
campaign: $(VENV)/develop.ready ## kill and break things while people work, then count the harm (DURATION=120 SEED=7 EDITION=embedded BROKERS=3 KILLS=300 EVENTS=300000 LIMIT=3600 SABOTAGE=no-claim FAULTS=kill,delivery)
	@$(BIN)/python -m tests.failures.campaign --duration $(DURATION) --seed $(SEED) --edition $(EDITION) --brokers $(BROKERS) --kills $(KILLS) --events $(EVENTS) --limit $(LIMIT) $(if $(SABOTAGE),--sabotage $(SABOTAGE)) --faults "$(FAULTS)"

sbom: $(VENV)/develop.ready ## a bill of materials per image, in build/sbom
	@$(BIN)/python -m deploy.sbom build/sbom

init: ## an .env with secrets of its own for docker compose; adds those that an older one lacks
	@deploy/new-env

lint: $(VENV)/develop.ready ## format, rules, types, architecture, published rule packs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m shared.operations.publishing_packs check
	$(BIN)/python -m pytest tests/architecture/test_purity.py

format: $(VENV)/develop.ready ## put the code into the one form it has
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Wheels only: a source distribution would be built by packages that no list pins. Pip takes a platform by its letter,
# and projects name theirs by either of two.
wheelhouse: ELSEWHERE := $(if $(ARCH),--platform manylinux_2_28_$(ARCH) --platform manylinux2014_$(ARCH) --python-version $(VERSION))
wheelhouse: $(VENV)/pip.ready ## every wheel of requirements/*.txt and our own, for a site without internet (SETS="build operations" ARCH=aarch64 VERSION=3.12)
	for set in $(SETS); do $(BIN)/pip download --quiet --disable-pip-version-check --require-hashes --only-binary=:all: --dest $(WHEELHOUSE) $(ELSEWHERE) --requirement requirements/$$set.txt || exit 1; done
	rm -rf build/lib
	$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir $(WHEELHOUSE) .

contracts: $(VENV)/develop.ready ## write the schemas and AsyncAPI documents under docs/events
	$(BIN)/python -m shared.contracts.publish write

release: $(VENV)/develop.ready ## freeze the schemas and rule packs of this version for ever, and keep dumps of its databases
	$(BIN)/python -m shared.contracts.publish freeze
	$(BIN)/python -m shared.operations.publishing_packs seal
	$(BIN)/python -m deploy.release

lock: $(VENV)/develop.ready ## resolve the dependencies anew into requirements/*.txt
	$(BIN)/python -m deploy.lock

clean: ## remove what was built; data in .sunmao stays
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each set of packages is installed once and again only when its list changes.
$(VENV)/embedded.ready: requirements/embedded.txt pyproject.toml | $(VENV)/pip.ready
	$(BIN)/pip install --quiet --require-hashes -r requirements/embedded.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q shared services
	@touch $@

$(VENV)/distributed.ready: requirements/local.txt pyproject.toml | $(VENV)/pip.ready
	$(BIN)/pip install --quiet --require-hashes -r requirements/local.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q shared services
	@touch $@

$(VENV)/develop.ready: requirements/develop.txt pyproject.toml | $(VENV)/pip.ready
	$(BIN)/pip install --quiet --require-hashes -r requirements/develop.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q shared services
	@touch $@

$(VENV)/bench.ready: requirements/bench.txt pyproject.toml | $(VENV)/pip.ready
	$(BIN)/pip install --quiet --require-hashes -r requirements/bench.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q shared services
	@touch $@

$(VENV)/pip.ready: requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@touch $@
