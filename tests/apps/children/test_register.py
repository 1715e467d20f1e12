"""The register of schools: kept by the partnership's administrator, with audit."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from alongside.audit.models import Event
from alongside.children.models import ClosedDay, School, Term
from tests.apps.browsing import form_on
from tests.apps.partnership import Partnership

Desk = Callable[[str], Client]


def values(there: Partnership, **changes: object) -> dict[str, object]:
    return {
        "urn": "100002",
        "name": "Invented Junior School",
        "area": "coventry",
        "phone": "01632 960202",
        "arrival": "08:45",
        "key_adult": str(there.users["keyadult"].pk),
        "deputy": str(there.users["deputy"].pk),
    } | changes


def test_a_school_is_added_and_corrected(there: Partnership, at_desk: Desk) -> None:
    administrator = at_desk("administrator")
    assert administrator.post(reverse("children:new-school"), values(there)).status_code == 302
    row = School.objects.get(urn="100002")
    assert row.key_adult == there.users["keyadult"] and row.arrival.minute == 45
    page = administrator.get(reverse("children:school", args=["100002"])).content.decode()
    assert form_on(page, having="urn")["arrival"] == ["08:45"]
    administrator.post(
        reverse("children:school", args=["100002"]), values(there, name="Invented Primary", key_adult="")
    )
    row.refresh_from_db()
    assert row.name == "Invented Primary" and row.key_adult is None
    assert Event.objects.filter(name="children.school_kept").count() == 2
    assert "Nobody" in administrator.get(reverse("children:schools")).content.decode()


def test_what_cannot_be_is_refused(there: Partnership, at_desk: Desk) -> None:
    administrator, url = at_desk("administrator"), reverse("children:new-school")
    same = administrator.post(url, values(there, deputy=str(there.users["keyadult"].pk))).content.decode()
    assert "The deputy must be somebody else" in same
    assert "six digits" in administrator.post(url, values(there, urn="12")).content.decode()
    administrator.post(url, values(there))
    assert "on the register already" in administrator.post(url, values(there)).content.decode()
    assert School.objects.count() == 1


def test_terms_do_not_overlap(there: Partnership, at_desk: Desk) -> None:
    administrator, url = at_desk("administrator"), reverse("children:terms", args=["coventry"])

    def add(first: tuple[int, int], last: tuple[int, int]) -> str:
        return administrator.post(
            url,
            {
                "kind": "term",
                "first_on_0": first[0], "first_on_1": first[1], "first_on_2": 2026,
                "last_on_0": last[0], "last_on_1": last[1], "last_on_2": 2026,
            },
            follow=True,
        ).content.decode()  # fmt: skip

    assert "23 February 2026" in add((23, 2), (27, 3))
    assert "overlaps the term" in add((27, 3), (30, 4))
    assert "cannot end before it begins" in add((1, 6), (1, 5))
    assert Term.objects.count() == 1
    administrator.post(url, {"kind": "closed", "closed_on_0": 2, "closed_on_1": 3, "closed_on_2": 2026})
    assert ClosedDay.objects.count() == 1
    administrator.post(reverse("children:remove-term", args=[Term.objects.get().pk]))
    assert not Term.objects.exists() and Event.objects.filter(name="children.term_removed").exists()


def test_only_the_administrator_keeps_it(there: Partnership, at_desk: Desk) -> None:
    for name in ("officer", "sergeant", "keyadult", "auditor"):
        for url in (
            reverse("children:schools"),
            reverse("children:new-school"),
            reverse("children:terms", args=["coventry"]),
        ):
            assert at_desk(name).get(url).status_code == 403
    assert at_desk("administrator").get(reverse("children:terms", args=["nowhere"])).status_code == 404
    assert at_desk("administrator").get(reverse("children:school", args=["999999"])).status_code == 404
