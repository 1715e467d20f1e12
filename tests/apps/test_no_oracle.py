"""Forms are no oracle: an identifier that is on record somewhere answers as one that is nowhere (threat T5)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client

import alongside
from alongside.agencies.models import User
from alongside.cases import actions as cases
from alongside.cases.models import Case, CaseMember
from alongside.design.forms import GovukForm
from alongside.people.actions import record_people
from alongside.people.models import Person
from alongside.people.records import PersonSaid
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import page
from tests.apps.sharing.leads import add_leads

SignIn = Callable[[str], Client]
IDENTIFIERS = {
    "address", "email", "given_name", "lines", "name", "nhs_number", "phone", "postcode", "reference", "subject", "their_id", "urn", "value",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A form asked with what is on record and with what is nowhere; `{reference}` and `{person}` are filled in."""

    form: str
    who: str
    address: str
    known: Mapping[str, str]
    nowhere: Mapping[str, str]
    by_get: bool = False


BORN = {"date_of_birth_0": "4", "date_of_birth_1": "5", "date_of_birth_2": "1996"}
NAME = {"given_name": "Amina", "family_name": "Hartley", **BORN}
NOBODY = {
    "given_name": "Avelina",
    "family_name": "Hollowson",
    **BORN,
}  # of the same initials, which are shown to oneself
PHONE, NO_PHONE = {"phone": "07700 900123"}, {"phone": "07700 900998"}
NHS, NO_NHS = {"nhs_number": "999 000 0018"}, {"nhs_number": "999 000 0026"}
POSTCODE, NO_POSTCODE = {"postcode": "CV1 4AA"}, {"postcode": "CV9 9ZZ"}
DOOR, NO_DOOR = {"lines": "14 Sample Street", **POSTCODE}, {"lines": "99 Nowhere Street", **NO_POSTCODE}
CASE, NO_CASE = {"reference": "{reference}"}, {"reference": "AL-9999-99"}
TOLD = {"agency": "west-midlands-police", "email": "officer@alongside.example", "reason": "A neighbour told me."}


def _asked(
    form: str, who: str, address: str, always: Mapping[str, str], *pairs: tuple[Mapping[str, str], Mapping[str, str]]
) -> list[Pair]:
    by_get = form == "cases.forms.ReferenceForm"
    return [Pair(form, who, address, {**always, **known}, {**always, **nowhere}, by_get) for known, nowhere in pairs]


PAIRS = [
    *_asked("cases.forms.ReferenceForm", "idva", "/cases/", {}, (CASE, NO_CASE)),
    *_asked("people.forms.SearchForm", "idva", "/search/", {"purpose": "safeguarding"}, (NAME, NOBODY), (PHONE, NO_PHONE), (NHS, NO_NHS)),
    *_asked("people.forms.SearchForm", "idva", "/search/", {"purpose": "safeguarding", "family_name": "Hartley"}, (POSTCODE, NO_POSTCODE)),
    *_asked("people.forms.ChangeForm", "idva", "/people/{person}/change/", {"given_name": "Bea", "family_name": "Own"}, (PHONE, NO_PHONE), (DOOR, NO_DOOR)),
    *_asked("sharing.conflicts.forms.CloseForm", "idva", "/people-close-to-you/", {"relation": "friend"}, (NAME, NOBODY), (PHONE, NO_PHONE), (DOOR, NO_DOOR)),
    *_asked("sharing.conflicts.forms.TellForm", "lead-haven", "/conflicts/told/", TOLD, (CASE, NO_CASE)),
]  # fmt: skip

# Forms with such a field whose answer tells of nobody in a case, or where it is shown elsewhere that it does not: each with why.
OTHERWISE = {
    "children.forms.SchoolForm": "schools are public; whoever keeps the register sees all of it",
    "intake.forms.VictimForm": "a page of a draft: nothing is looked up by it",
    "intake.forms.HarmForm": "a page of a draft: nothing is looked up by it",
    "intake.forms.ChildForm": "a page of a draft: nothing is looked up by it",
    "intake.forms.OtherForm": "a page of a draft: nothing is looked up by it",
    "intake.forms.IncidentForm": "a page of a draft: nothing is looked up by it",
    "intake.forms.PersonForm": "a page of a draft: nothing is looked up by it",
    "intake.forms.WayForm": "a page of a draft: nothing is looked up by it",
    "intake.forms.TellerForm": "a page of a draft: nothing is looked up by it",
    "people.contact.forms.WayForm": "kept as it is typed: nothing is looked up by it",
    "people.forms.PersonForm": "a part of the forms for looking up and changing",
    "releases.forms.BeginForm": "the name of a court as it is to stand on a paper: nothing is looked up by it",
    "sharing.agreements.forms.AddForm": "the name of an agreement, of which the register is open to whoever adds one",
    "sharing.emergency.forms.OpenForm": "it opens any case but one's own, for an hour and on record: tests/apps/sharing/test_emergency.py",
    "sharing.needing.forms.NeedForm": "it opens a case of one's own agency, on record; any other is not there: tests/apps/sharing/test_needing.py",
    "staffing.joining.forms.NewAgencyForm": "agencies are known to everybody who signs in",
    "staffing.forms.JoinForm": "colleagues are known to everybody who signs in; at sign-in itself: tests/apps/config/test_lock_out.py",
}


@pytest.fixture
def own(there: Partnership, case: Case) -> Person:
    """Amina is on record with the police, with an NHS number; the specialist service has one person of its own."""
    add_leads(there)
    by = there.users["officer"]
    amina = PersonSaid(
        ref="n", given_name="Amina", family_name="Hartley", date_of_birth="1996-05-04", nhs_number="9990000018"
    )
    record_people(agency=by.agency, people=[amina], by=by, at=NOW)
    return _own_case(there, there.users["idva"])


def _own_case(there: Partnership, by: User) -> Person:
    """A case of somebody's own, with one person in it."""
    team = there.teams["haven-idva"]
    case = cases.open_case(
        area=there.area, local_authority="coventry", agency=by.agency, team=team, received_on=NOW, occurred_on=None, by=by, at=NOW
    )  # fmt: skip
    said = PersonSaid(ref="o", given_name="Bea", family_name="Own", date_of_birth="1970-01-02")
    person = record_people(agency=by.agency, people=[said], by=by, at=NOW)["o"]
    member = CaseMember(case=case, person=person, role="victim", ref="o")
    cases.add_people(case=case, members=[member], by=by, at=NOW)
    return person


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.form.rpartition('.')[2]} {sorted(pair.known)[-1]}")
def test_what_is_on_record_answers_as_what_is_nowhere(pair: Pair, case: Case, own: Person, at_desk: SignIn) -> None:
    there = {"reference": case.reference, "person": str(own.pk)}
    client = at_desk(pair.who)
    answers = [
        _answer(client, pair, {name: text.format(**there) for name, text in typed.items()}, there)
        for typed in (pair.known, pair.nowhere)
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] < 500


def _answer(client: Client, pair: Pair, typed: dict[str, str], there: dict[str, str]) -> tuple[int, str]:
    """Status and page, with what was typed taken out: it stands in the form again."""
    ask = client.get if pair.by_get else client.post
    with transaction.atomic():  # each on its own: what the first kept is not there for the second
        answer = ask(pair.address.format(**there), typed, follow=True)  # type: ignore[operator]
        transaction.set_rollback(True)
    body = page(answer)
    for text in sorted({*pair.known.values(), *pair.nowhere.values(), *typed.values()}, key=len, reverse=True):
        body = body.replace(text, "") if len(text) > 2 else body
    return answer.status_code, body


def _forms() -> dict[str, type[GovukForm]]:
    """Every form of the product, by module and name."""
    for module in pkgutil.walk_packages(alongside.__path__, "alongside."):
        if "forms" in module.name.split(".")[2:]:
            importlib.import_module(module.name)
    found, waiting = {}, [GovukForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.startswith("alongside.") and form.__module__ != "alongside.design.stylepage":
                found[f"{form.__module__.removeprefix('alongside.')}.{form.__name__}"] = form
    assert len(found) > 50, "the sweep has lost the forms"
    return found


def test_every_form_that_takes_an_identifier_is_tried_or_says_why_not() -> None:
    taking = {name for name, form in _forms().items() if IDENTIFIERS & set(form.base_fields)}
    listed = {pair.form for pair in PAIRS} | set(OTHERWISE)
    assert sorted(taking - listed) == []
    assert sorted(listed - taking) == []
