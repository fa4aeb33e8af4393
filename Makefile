# The commands of CONTRIBUTING.md.
PYTHON = .venv/bin/python

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) quality/complexity.py

fast:
	$(PYTHON) -m pytest -q -m "not slow and not browser and not network"

test:
	$(PYTHON) -m pytest -q -n auto

pages:
	$(PYTHON) quality/check.py

.PHONY: lint fast test pages
