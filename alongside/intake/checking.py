"""Every fault of a notification, in one list."""

import copy
from collections.abc import Iterable
from typing import Any

from alongside.intake.faults import Fault
from alongside.intake.moments import faults_of_moments
from alongside.intake.outright import contradictions, faults_of_facts
from alongside.intake.sense import Known, faults_of_sense
from alongside.intake.structure import faults_of_form


def faults_of(content: Any, known: Known) -> list[Fault]:
    """All faults, each once; an empty list for a notification that can go in."""
    form = list(faults_of_form(content))
    rest = [*faults_of_sense(content, known), *faults_of_moments(content, known.at), *faults_of_facts(content)]
    sound = content if not form else _without(content, form)
    if sound is not None:
        rest += contradictions(sound, known)
    return list(dict.fromkeys([*form, *rest]))


def _without(content: Any, faults: Iterable[Fault]) -> Any:
    """The notification without the parts wrong in form, so that one reading tells every fault; None when too little is left."""
    left = copy.deepcopy(content)
    for path in sorted({_path(fault.pointer) for fault in faults}, key=_in_order, reverse=True):
        _take_out(left, list(path))
    return left if not any(faults_of_form(left)) else None


def _path(pointer: str) -> tuple[str, ...]:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def _in_order(path: tuple[str, ...]) -> list[tuple[int, str]]:
    """The last of a list first when reversed, so that those before it keep their places."""
    return [(int(part) if part.isdecimal() else -1, part) for part in path]


# What stands in for a needed part that is wrong in form: it says nothing that a fact could contradict.
STAND_INS: dict[str, Any] = {"id": "-", "kind": "third-party-report", "roles": ["other"]}


def _take_out(value: Any, path: list[str]) -> None:
    for part in path[:-1]:
        value = value[int(part)] if isinstance(value, list) else value.get(part) if isinstance(value, dict) else None
    if isinstance(value, dict) and path and path[-1] in STAND_INS:
        value[path[-1]] = STAND_INS[path[-1]]
    elif isinstance(value, dict) and path:
        value.pop(path[-1], None)
    elif isinstance(value, list) and path and int(path[-1]) < len(value):
        value.pop(int(path[-1]))
