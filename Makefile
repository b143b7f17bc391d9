.DEFAULT_GOAL := help
.PHONY: help setup demo test dev check proto bench conformance lock clean
python := .venv/bin/python
members := $(wildcard foundation services/* cli)
core := $(wildcard services/rating/src/dutycycle/rating/*.pyx services/rating/src/dutycycle/rating/*.h services/rating/setup.py)

help: ## Say what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.setup-stamp: tools/setup.sh requirements.lock $(addsuffix /pyproject.toml,$(members)) $(core)
	@tools/setup.sh

setup: .setup-stamp ## Make the environment: Debian packages, .venv, Cython core

demo: .setup-stamp ## Bill a year of real aircraft usage; results under out/demo/
	@.venv/bin/dutycycle demo

.browser-stamp: tools/browser.sh
	@tools/browser.sh

test: .setup-stamp .browser-stamp ## Run every test
	@DUTYCYCLE_RATING_CORE=require $(python) -m pytest $(PYTEST)

dev: .setup-stamp ## Run every service on this machine until Ctrl-C
	@.venv/bin/dutycycle dev

check: .setup-stamp ## Check style, types, imports, protos, manifests
	@tools/check.sh

proto: .setup-stamp ## Generate foundation/src/dutycycle/api from protos/
	@tools/proto.sh

bench: .setup-stamp ## Measure against what a user would pick instead; out/bench.json
	@DUTYCYCLE_RATING_CORE=require $(python) -m bench

VECTORS ?= tests/conformance/vectors
conformance: .setup-stamp ## Rate published cases; VECTORS=dir for others
	@DUTYCYCLE_RATING_CORE=require $(python) -m tests.conformance $(VECTORS)

lock: .setup-stamp ## Lock dependencies again after a pyproject.toml changed; UPGRADE=--upgrade for newer versions
	@tools/lock.sh requirements.lock $(UPGRADE)

clean: ## Remove what was made, also the environment
	rm -rf .venv .proto-venv .setup-stamp .browser-stamp out build .mypy_cache .ruff_cache .pytest_cache .hypothesis
