# Needs: Python 3.12 or later with venv, git, make; with an older one, uv fetches Python from its releases. Everything
# else is brought, by hash, into this folder. PY=3.13, or PY=/path/to/python, takes another one.
PY ?= >=3.12,<3.15
export PATH := $(shell ls -d $${PYENV_ROOT:-$$HOME/.pyenv}/versions/3.1[2-9].*/bin 2>/dev/null | sort -Vr | tr '\n' ':')$(CURDIR)/.tools/bin:$(PATH)
# The certificates of this machine, so that it works behind a proxy that has its own.
export UV_SYSTEM_CERTS ?= true
# What was compiled once is compiled for all: the tests begin hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE
# As many processes for the tests as there are cores, 8 at most: tests/workers.py. `make test N=2` for another number.
N ?= auto
PYTEST = $(BIN)/pytest -n $(N)
UV := .tools/bin/uv
BIN := .venv/bin

.PHONY: demo test browser lint bench lock migrations clean

# uv itself comes from the same kind of hash lock as the rest.
$(UV): requirements/uv.txt
	@python3 -m venv .tools || { echo "make needs a python3 with venv (on Debian: apt install python3-venv)." >&2; exit 1; }
	.tools/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt && touch $@

.venv/.ok: requirements/dev.txt pyproject.toml | $(UV)
	@$(UV) venv -q --python "$(PY)" --allow-existing .venv || { echo "Python 3.12 or later was not found here and could not be fetched. Where you have one, say which: make PY=/path/to/python3.13 $(or $(MAKECMDGOALS),demo)" >&2; exit 1; }
	$(UV) pip sync -q --python .venv --require-hashes --compile-bytecode requirements/dev.txt
	$(UV) pip install -q --python .venv --no-deps --no-build-isolation -e .
	touch $@

lock: | $(UV)
	$(UV) pip compile -q --universal --generate-hashes --python-version 3.12 --no-emit-index-url --no-header --extra postgres pyproject.toml -o requirements/base.txt
	$(UV) pip compile -q --universal --generate-hashes --python-version 3.12 --no-emit-index-url --no-header --extra postgres --group dev pyproject.toml -o requirements/dev.txt
	printf 'uv>=0.13\n' | $(UV) pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header - -o requirements/uv.txt

# The door: what CI runs is what you run.
test: .venv/.ok
	$(BIN)/ruff check -q .
	$(BIN)/ruff format -q --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet src/masthead
	$(PYTEST) --dist worksteal --ignore tests/browser
	$(PYTEST) --dist worksteal --ignore tests/browser --database postgres -m database
	$(MAKE) --no-print-directory browser

# Pages in a real Chromium, those of one file one after the other, and the files that take longest first.
# The Chromium that is here, else apt's (as root), else Playwright's own.
browser: .venv/.ok
	$(BIN)/python -m tests.browser.chromium || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -qqy --no-install-recommends chromium; } || $(BIN)/playwright install chromium
	$(BIN)/python -m tests.browser.chromium
	$(PYTEST) --dist loadfile --no-loadscope-reorder tests/browser

lint: .venv/.ok
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.ok
	$(BIN)/python -m bench $(ONLY)

migrations: .venv/.ok
	@mkdir -p build/migrations
	MASTHEAD_HOME=$(CURDIR)/build/migrations $(BIN)/python -m django makemigrations --settings masthead.newsroom.site.web

# The whole job on a sample story and picture, in ./demo, served at the end where there is a terminal; OUT=DIR for
# another folder, SERVE=0 not to serve, MASTHEAD_LANGUAGE=fr for French.
demo: .venv/.ok
	@$(BIN)/masthead demo $(if $(OUT),--out $(OUT)) $(if $(filter 0,$(SERVE)),--no-serve)

# The pages of docs/reference that are written from what they describe.
.PHONY: reference
reference: .venv/.ok
	$(BIN)/python -m scripts.reference

# The pictures of README and docs, taken while the tutorial is gone through in a browser.
.PHONY: pictures
pictures: .venv/.ok
	$(BIN)/python -m scripts.pictures

# The catalogue: what the source says now, merged with what translators wrote, compiled.
.PHONY: messages
messages: .venv/.ok
	$(BIN)/python -m scripts.messages

# What a release publishes beside itself for whoever audits it: the verifier, its SHA-256, how to use it.
.PHONY: release-kit
release-kit: .venv/.ok
	$(BIN)/python -m scripts.kit
	@cat build/kit/SHA256SUMS
