"""Every fact a provider tells says which agency holds the record: else nobody could say later who could have known it."""

from __future__ import annotations

import ast

from tests.sweeps.source import ROOT

# What is only not on record is nobody's record.
NOBODYS = {"the_case_itself"}


def tellings() -> list[tuple[str, str, bool]]:
    """(file, function, whether it names the agency) of each fact made in a `providers.py`."""
    found = []
    for path in sorted((ROOT / "alongside").glob("*/providers.py")):
        for function in ast.parse(path.read_text("utf-8")).body:
            if isinstance(function, ast.FunctionDef):
                calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
                made = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "FactValue"]
                found += [
                    (path.parent.name, function.name, any(word.arg == "agency" for word in one.keywords))
                    for one in made
                ]
    return found


def test_every_fact_says_whose_record_it_is() -> None:
    told = tellings()
    assert len(told) > 12, "the sweep has lost the providers"
    assert [(app, name) for app, name, names_it in told if not names_it and name not in NOBODYS] == []
