# The commands of CONTRIBUTING.md.
PYTHON = .venv/bin/python
FAST = -m "not slow and not browser and not network"

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) quality/complexity.py
	$(PYTHON) -m mypy

fast:
	$(PYTHON) -m pytest -q -n auto $(FAST)

test:
	$(PYTHON) -m pytest -q -n auto

coverage:
	$(PYTHON) -m pytest -q -n auto --cov --cov-report=term:skip-covered

pages:
	$(PYTHON) quality/check.py

.PHONY: lint fast test coverage pages
