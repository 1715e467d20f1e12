"""Proof: whoever on the staff is, or is close to, somebody in a case finds no trace of it, in any role and whichever came first.

Run as `python -m tests.prove.overlaps COUNT SEED` with PROVE_DATABASE_URL; prints what it found as JSON. One family for each fifty; every
fifth also opens every page of the case, which answers byte for byte as what is not there.
"""

from __future__ import annotations

import os

from tests.prove.ledger import Found
from tests.prove.product import prove

TOGETHER, PAGES_OF = 50, 5


def run(count: int, seed: int) -> Found:
    """So many overlaps, each looked for by every way there is."""
    from django.conf import settings

    from tests.apps import partnership as invented
    from tests.apps.sharing.leads import add_leads

    settings.ALONGSIDE_LOOK_UP_MS = 0  # the time is the matter of tests/prove/pairs.py
    _break_on_purpose()
    found, there = Found(), invented.build()
    add_leads(there)
    for first in range(0, count, TOGETHER):
        _family(found, there, seed * 1000 + first, min(TOGETHER, count - first))
    return found


def _family(found: Found, there: object, seed: int, count: int) -> None:
    from django.test import Client

    from tests.apps.partnership import NOW
    from tests.apps.sharing import overlaps, traces

    held = overlaps.family(overlaps.chance(seed))
    close = list(overlaps.many(seed, count, held))
    for number, one in enumerate(close):
        overlaps.employ(there, one, seed * 100 + number)  # type: ignore[arg-type]
    for one in close[: count // 2]:
        overlaps.declare(one)
    case, people = overlaps.open_with(there, held)  # type: ignore[arg-type]
    control = overlaps.Close("none", "v", "police-officer", "", None)
    overlaps.employ(there, control, seed * 100 + count)  # type: ignore[arg-type]
    for one in (control, *close):
        overlaps.let_in(there, case, one.user)  # type: ignore[arg-type]
    for one in close[count // 2 :]:
        overlaps.declare(one)
    for one in close:
        overlaps.keep_apart_by_word(there, case, one)  # type: ignore[arg-type]
    rows = {model: ids & _of(model, case) for model, ids in traces.rows_of_case(control.user, NOW).items()}
    for number, one in enumerate(close):
        found.tries[one.how] += 1
        told = traces.of(case, people, rows, one.user, NOW)
        if number % PAGES_OF == 0 and {"see_cases", "search_people"} <= one.user.role_held.permissions:
            client = Client()
            client.force_login(one.user, backend="allauth.account.auth_backends.AuthenticationBackend")
            told += traces.differing(client, case, people, held)
        if told:
            found.fault(f"{one.how}, {one.part}, {one.role}: {told[:3]}")


def _of(model: object, case: object) -> frozenset[object]:
    """Rows that hang on this case and on no other: the control works in the agency, and sees its other cases too."""
    from django.db.models import Q

    paths = [path for kind, path in model.gate_paths if kind == "case"]  # type: ignore[attr-defined]
    if not paths:
        return frozenset()
    wanted = Q()
    for path in paths:
        wanted |= Q(**{path: case.pk})  # type: ignore[attr-defined]
    return frozenset(model.objects.filter(wanted).values_list("pk", flat=True))  # type: ignore[attr-defined]


def _break_on_purpose() -> None:
    if os.environ.get("PROVE_MUTANT") == "administrators-pass":
        from alongside.gate.viewing import Viewer

        real = Viewer.kept_from.fget  # type: ignore[attr-defined]
        Viewer.kept_from = property(  # type: ignore[assignment, misc]
            lambda self: {} if self.user.may("manage_staff") else real(self)
        )


if __name__ == "__main__":
    prove(run)
