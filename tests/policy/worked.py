"""The worked cases as FACTS.json, filled in as the head of worked-cases.yaml says."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from alongside.policy import Library

FILE = Path(__file__).with_name("worked-cases.yaml")
AREA = {"west-midlands-2.24": "coventry", "staffordshire-2019": "stoke-on-trent"}
AT = "2026-03-02T22:14:00Z"
COMPLETE_KINDS = frozenset(
    ["obligation", "prohibition", "threshold", "permission", "deadline", "right", "definition", "record-keeping"]
)


@cache
def cases() -> tuple[dict[str, Any], ...]:
    """Every worked case."""
    return tuple(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def facts_of(case: dict[str, Any], library: Library) -> dict[str, Any]:
    """A case's facts as they are sent: '?' is not known; what is left out is filled in by type."""
    facts: dict[str, Any] = {}
    for name, fact in library.vocabulary.items():
        if name in case["facts"]:
            value = case["facts"][name]
            facts[name] = None if value == "?" else value
        elif fact.kind == "derived":
            continue
        elif fact.type == "boolean":
            facts[name] = False
        elif name == "consent_status":
            facts[name] = "not-sought"
        else:
            facts[name] = {"not_applicable": True}
    assert case["facts"].keys() <= facts.keys()
    return facts
