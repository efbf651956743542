# make book   sets everything up and builds the book in book/ into out/
# make test   sets everything up and runs the whole check: format, lint, types, tests
# make test-readers  opens the e-books in readers: foliate-js in Chromium, MuPDF, pandoc, Ace
# make bench  measures the builder beside other tools
# make clean  removes what was built and set up

.NOTPARALLEL:
.PHONY: book test test-readers bench clean help

bin := .venv/bin
code := builder tests benchmarks

book: .venv/set-up-book
	@$(bin)/build-book

test: .venv/set-up-test
	$(bin)/ruff format --check --quiet $(code)
	$(bin)/ruff check --quiet $(code)
	$(bin)/mypy --no-error-summary
	$(bin)/pytest -q -n auto

test-readers: .venv/set-up-readers
	$(bin)/pytest -q -n auto tests/readers

bench: .venv/set-up-bench
	$(bin)/python -m benchmarks.start_up

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache
	find out -mindepth 1 ! -name .gitkeep -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:
	@sed -n 's/^# //p' Makefile

.venv/set-up-readers: tests/readers/package.json

# A stamp for each kind of set-up; done again only when what it reads has changed.
.venv/set-up-%: pyproject.toml constraints.txt tools/setup
	@tools/setup $*
