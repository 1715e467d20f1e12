"""Proofs by violence: processes killed, rows tampered with, disks filled, and every promise counted afterwards.

`python -m tests.prove` runs them in full and writes `docs/reference/proofs.md`; interrupted, it goes on where it was.
`tests/prove/test_brief.py` runs the same harnesses briefly, and their mutants: a harness that cannot catch a program
made wrong on purpose proves nothing.
"""
