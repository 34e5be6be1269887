# Set-up and daily work. On a fresh machine `make site` and `make test` are all that is needed:
# each installs what it lacks, once, from the locked requirements.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV   := .venv
PY     := $(VENV)/bin/python
PORTAL := $(VENV)/bin/portal
PIP    := $(PY) -m pip --disable-pip-version-check --no-input --quiet

ENGINE ?= mkdocs
PORT   ?= 8000

# Zensical is still young and only an alternative, so it comes with the test requirements.
SETUP := $(VENV)/.run
ifeq ($(ENGINE),zensical)
SETUP := $(VENV)/.dev
endif

.PHONY: help site serve check clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

site: $(SETUP)  ## build into site/ and prove it clean (ENGINE=zensical: the other printer)
	$(PORTAL) build --verified --engine $(ENGINE)
	@echo
	@echo "The site is in $(CURDIR)/site. To look at it: make serve, then open http://localhost:$(PORT)/"

serve: $(SETUP)  ## build, show on http://localhost:8000/ and build again on every change
	$(PORTAL) serve --port $(PORT)

check: $(VENV)/.run  ## every fault in the data files at once; fails if there is one
	$(PORTAL) check --strict

# developers: from here
.PHONY: test lint bench lock

# Half of the time tests wait for browsers and for processes of their own, so there are more of them than processors.
test: $(VENV)/.dev  ## ruff, mypy and every test, those in a real browser included
	@tools/browser.sh
	@$(MAKE) --no-print-directory lint
	$(PY) -m pytest --numprocesses $$(( $$(getconf _NPROCESSORS_ONLN) * 3 / 2 )) --dist loadfile

lint: $(VENV)/.dev  ## ruff and mypy alone
	$(PY) -m ruff check .
	$(PY) -m mypy

bench: $(VENV)/.dev  ## the figures of the README, measured anew
	$(PY) -m benchmarks

lock: $(VENV)/.dev  ## resolve pyproject.toml anew into requirements*.txt
	tools/lock.sh $(PY)

# developers: to here
clean:  ## throw away what was built; the environment in .venv stays
	rm -rf build site .pytest_cache .mypy_cache .ruff_cache

# A stamp is younger than the lock it was installed from, so nothing is installed twice and a changed lock is.
$(VENV)/.run: requirements.txt pyproject.toml tools/venv.sh
	@tools/venv.sh $(VENV)
	@echo "Installing into $(VENV) (the first time takes a minute or two)"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing what the tests need"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@
