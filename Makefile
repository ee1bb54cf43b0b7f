# Everything that is done with the project. Each target sets up by itself what it needs, and is quick where that is done.

PYTHON ?= python3
PEERS_PYTHON ?= python3.13
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
# Tests have a data directory of their own, whatever is set where they run; they start hundreds of processes, so Python
# keeps what it compiled.
CLEAN := env -u PYTHONDONTWRITEBYTECODE -u OPENSPACES_DATA -u OPENSPACES_DATABASE_URL -u OPENSPACES_URL -u OPENSPACES_SECRET -u OPENSPACES_LIMITS
ARGS ?=

.PHONY: setup run test test-postgresql check bench bench-peers faults requirements messages audit sbom

setup: .venv/.dev ## the program and everything to work on it

run: .venv/.runtime ## serve the demo
	$(BIN)/openspaces run --demo $(ARGS)

test: .venv/.dev .venv/.chromium .venv/.dovecot .venv/.nginx ## every test but the long ones
	$(CLEAN) $(BIN)/pytest -m "not faults" -n 3 --dist loadfile --no-loadscope-reorder -rs $(ARGS)

# OPENSPACES_TEST_DATABASE may be the address of a server of yours, on which the tests make databases and drop them again.
test-postgresql: export OPENSPACES_TEST_DATABASE ?= postgresql
test-postgresql: test ## the same on PostgreSQL, which is started for it

faults: .venv/.dev .venv/.chromium .venv/.dovecot .venv/.nginx .venv/.nftables ## the long fault and race runs, a table of what they found, and all tests on PostgreSQL
	$(CLEAN) $(BIN)/pytest -m "faults or promised" -rs $(ARGS)
	$(MAKE) test-postgresql ARGS=

check: .venv/.dev ## style, types, who imports whom, docs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(CLEAN) $(BIN)/pytest tests/test_docs.py
	$(BIN)/python -m tests.audited

audit: .venv/.dev ## look up known weaknesses of what the program is made of
	$(BIN)/python -m tests.audited

sbom: .venv/.dev ## write what the program is made of as CycloneDX JSON: sbom.json
	$(BIN)/cyclonedx-py requirements requirements/runtime.txt --output-reproducible --of JSON -o sbom.json
	@echo "Written to sbom.json."

bench: .venv/.dev .venv/.bench ## what we claim about speed, measured beside nginx
	$(CLEAN) $(BIN)/python -m bench $(ARGS)

bench-peers: .venv/.dev .venv/.bench .venv/.peers ## other boards beside ours; pretalx needs PEERS_PYTHON of 3.13
	$(CLEAN) $(BIN)/python -m bench peers $(ARGS)

requirements: .venv/.dev ## pin anew what requirements/*.in name
	for each in build runtime dev; do $(BIN)/uv pip compile --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --quiet requirements/$$each.in --output-file requirements/$$each.txt; done
	$(BIN)/uv pip compile --python-version 3.13 --generate-hashes --no-emit-index-url --no-header --quiet \
	    requirements/peers.in --output-file requirements/peers.txt

messages: .venv/.dev ## bring the catalogs of translations up to the sources, and compile them
	$(CLEAN) $(BIN)/python -m tests.catalogs

.venv/.made: requirements/debian.sh
	sh requirements/debian.sh "$(PYTHON) -c 'import ensurepip, venv'" python3-venv
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=...")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/.runtime: .venv/.made requirements/build.txt requirements/runtime.txt pyproject.toml
	$(PIP) --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	$(PIP) --no-index --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	$(PIP) --require-hashes -r requirements/dev.txt
	touch $@

# The shell is Debian's Chromium without windows, the same pages for half of the work; not every Debian has it. Playwright
# comes with a node of its own, which wants a library that the smallest Debian has not.
.venv/.chromium: requirements/debian.sh .venv/.dev
	for chromium in chromium-headless-shell chromium; do sh requirements/debian.sh \
	    "command -v $$chromium && $(BIN)/playwright --version" $$chromium fonts-liberation libatomic1 && break; done
	touch $@

# Mail in is tried on a real mailbox: tests start one of their own, whatever Debian does with the service.
.venv/.dovecot: requirements/debian.sh .venv/.made
	sh requirements/debian.sh "PATH=$$PATH:/usr/sbin command -v dovecot" dovecot-imapd
	touch $@

.venv/.nginx: requirements/debian.sh .venv/.made
	sh requirements/debian.sh "PATH=$$PATH:/usr/sbin command -v nginx" nginx-light
	touch $@

.venv/.peers: requirements/peers.txt .venv/.made
	$(PEERS_PYTHON) -c 'import sys; sys.version_info >= (3, 13) or sys.exit("pretalx needs Python 3.13: PEERS_PYTHON=...")'
	$(PEERS_PYTHON) -m venv .venv/peers
	.venv/peers/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/peers.txt
	touch $@

.venv/.bench: requirements/debian.sh .venv/.made
	sh requirements/debian.sh "command -v nginx && command -v wrk && ls /usr/lib/nginx/modules/ngx_nchan_module.so" \
	    nginx-light wrk libnginx-mod-nchan
	touch $@

# Packets are lost in network namespaces, and nobody else loses any.
.venv/.nftables: requirements/debian.sh .venv/.made
	sh requirements/debian.sh "PATH=$$PATH:/usr/sbin && command -v nft && command -v ip" nftables iproute2
	touch $@
