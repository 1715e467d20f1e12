"""The product made wrong on purpose, change by change, to see that a test says so: `python -m tests.mutants`.

`table.toml` names each change, the danger in words and the tests that must see it. It is the honesty check of every promise: a test that
passes on a product that leaks proves nothing.
"""
