"""Whatever comes, it is stored whole or refused with faults: never a crash, never a half."""

from __future__ import annotations

import copy
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.cases.models import Case
from alongside.demo.partnership import Partnership
from alongside.intake.actions import receive
from alongside.intake.checking import faults_of
from alongside.intake.faults import NotValid
from alongside.intake.models import Notification
from alongside.intake.queries import held_against
from tests.apps.intake.conftest import NOW, example

WORDS = [
    "victim",
    "child",
    "v",
    "p",
    "c",
    "",
    "2026-02-31",
    "1990",
    "yes",
    "dash",
    "dial",
    "coventry",
    "\x00",
    "é" * 300,
]
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-5, 300), st.sampled_from(WORDS), st.text(max_size=8))
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=6,
)
MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a JSON value."""
    found = [path]
    if isinstance(value, dict):
        for key, inner in value.items():
            found += places(inner, (*path, key))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            found += places(inner, (*path, place))
    return found


BASE = example("police-incident-school-child")
PLACES = places(BASE)[1:]
NUMBERS = count(1)
CHANGES = st.lists(st.tuples(st.sampled_from(PLACES), st.none() | ANYTHING), min_size=1, max_size=3)


def changed(changes: list[tuple[tuple[Any, ...], Any]]) -> dict[str, Any]:
    content = copy.deepcopy(BASE)
    for path, value in changes:
        here: Any = content
        try:
            for part in path[:-1]:
                here = here[part]
            if isinstance(here, dict) == isinstance(path[-1], str):  # the keys of a JSON object are text
                here[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    return content


@pytest.fixture
def there(partnership: Partnership) -> Partnership:
    return partnership


@MANY
@given(changes=CHANGES)
def test_spoilt_in_places(changes: list[tuple[tuple[Any, ...], Any]], there: Partnership) -> None:
    content = changed(changes)
    if content["id"] == BASE["id"]:
        content["id"] = f"T-{next(NUMBERS)}"
    before = Notification.objects.count(), Case.objects.count()
    faults = faults_of(content, held_against(content, at=NOW))
    try:
        receive(content=content, by=there.user("police-officer"), at=NOW)
    except NotValid as refused:
        assert list(refused.faults) == faults != []
        assert (Notification.objects.count(), Case.objects.count()) == before
    except Exception as other:
        # Another agency's name, or the same identity again with other content: refused, and nothing kept.
        assert type(other).__name__ in {"NotYourAgency", "OtherContent"}
        assert (Notification.objects.count(), Case.objects.count()) == before
    else:
        assert faults == []


@MANY
@given(content=ANYTHING)
def test_anything_at_all(content: Any, there: Partnership) -> None:
    assert faults_of(content, held_against(content, at=NOW))
