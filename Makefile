# ftz_sim: `make` lists the targets. The only thing needed is a Python of 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUITE := $(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

.PHONY: help setup demo test coverage pythons lint study bench levers calibrate validation falsify heterogeneity decide docs site clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.runs: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ftz_sim needs Python 3.11 or newer; try: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.tests: $(VENV)/.runs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

setup: $(VENV)/.tests ## make .venv with everything that tests need

demo: $(VENV)/.runs ## install, compare all eight scenarios on the packaged figures, say where the results are
	$(BIN)/ftz demo

test: $(VENV)/.tests ## run the whole suite (about six minutes on two cores)
	$(SUITE)

coverage: $(VENV)/.tests ## run the whole suite and show which lines of the package it does not reach
	$(SUITE) --cov

pythons: ## the fast part of the suite on Python 3.12 and 3.13, there with the newest versions and warnings as errors
	.ci/pythons newest

lint: $(VENV)/.tests ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

study: $(VENV)/.tests ## run the slow studies that the suite leaves out (about nine minutes)
	$(BIN)/python -m pytest -n 2 -m study --override-ini addopts=

bench: $(VENV)/.tests ## measure speed and what searches find; prints medians and where the time goes; others: CONTRIBUTING.md
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/markets.py
	$(BIN)/python benchmarks/ensemble.py --firms 2000 --rounds 3 --seeds 40
	$(BIN)/python benchmarks/sweeps.py
	$(BIN)/python benchmarks/mesa_objects.py
	$(BIN)/python benchmarks/many_runs.py
	$(BIN)/python benchmarks/search.py --seeds 5

levers: $(VENV)/.tests ## take every lever's step and every mechanism from its strategy (docs/levers.md)
	$(BIN)/python studies/levers.py --page docs/levers.md --ship
	$(BIN)/python -m ftz_sim.analysis.ratchet
	$(BIN)/ftz compare single_ftz history cross_zone ftz_fta integrated fta_only --equal-cost --reps 3 --draws 0 --firms 2000 --workers 2 --no-figures --out results/equal_cost
	$(BIN)/python studies/lever_results.py
	$(BIN)/python docs/generate.py

calibrate: $(VENV)/.tests ## fit a few parameters by history matching; ships their ranges, changes no card (about ten minutes)
	$(BIN)/python studies/calibrate_provinces.py
	$(BIN)/python studies/calibrate.py --ship

validation: $(VENV)/.tests ## the board of evidence at full size and docs/validation-results.md (about seven minutes)
	$(BIN)/ftz validate --reps 10 --placebos 20 --siphon 5
	$(BIN)/python studies/validation_results.py

falsify: $(VENV)/.tests ## what the model must show: docs/falsification.md (about four minutes); by part: studies/falsify.py --only
	$(BIN)/python studies/falsify.py

heterogeneity: $(VENV)/.tests ## what differences between firms buy: docs/is-it-an-abm.md (about three minutes)
	$(BIN)/python studies/heterogeneity.py

decide: $(VENV)/.tests ## when does each strategy win: docs/when-does-each-win.md (about a quarter of an hour)
	for equal in "" "--equal-cost"; do $(BIN)/ftz sweep what_decides $$equal --workers 2 || exit 1; done
	$(BIN)/python studies/interior.py results/interior
	for each in how_much_coordination which_zones which_order; do \
		$(BIN)/ftz sweep results/interior/$$each.yaml --equal-cost --workers 2 || exit 1; done
	for each in what_decides what_decides_equal_cost how_much_coordination_equal_cost which_zones_equal_cost \
		which_order_equal_cost; do \
		$(BIN)/ftz robustness results/$$each --satisfy 'd(gdp)>=0.5' --satisfy 'd(co2)<=0.5' || exit 1; done
	$(BIN)/ftz sensitivity what_matters --samples 48 --workers 2
	$(BIN)/ftz sensitivity what_matters_most --method sobol --samples 512 --workers 2
	$(BIN)/ftz attribute integrated --against single_ftz --reps 8 --set population.firms=2000 --workers 2
	$(BIN)/python studies/wins_page.py docs/when-does-each-win.md results

docs: $(VENV)/.runs ## write the generated pages of docs/ from the code and the cards
	$(BIN)/python docs/generate.py

site: $(VENV)/.tests ## build the documentation site: open site/index.html (runs the tutorials; about a minute)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

clean: ## remove the environment and caches (results stay)
	rm -rf $(VENV) dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
