"""What is held about somebody, asked for: built from their own data, cleared first, reviewed, released by two (threats T26, T27)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.agencies.access import Refused
from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from alongside.releases import actions as releasing
from alongside.releases import document
from alongside.releases.models import AccessRequest, Paper
from alongside.releases.requests import actions, queries
from alongside.releases.requests.due import due_on
from alongside.releases.requests.forms import BuildForm
from alongside.sharing.models import Disclosure
from tests.apps.partnership import NOW, Partnership
from tests.apps.passkey import proven
from tests.apps.reading import words
from tests.apps.releases.conftest import CANARIES, SignIn

STANDING = [
    "This is what we can give you. It may not be everything that is held.",
    "The law lets us leave information out, for example to protect other people or to prevent crime. We neither confirm nor deny that "
    "there is any.",
    "You can ask us to look again, and you can complain to the Information Commissioner: ico.org.uk.",
]
HIS = [("Names", "Dean Marsh"), ("Date of birth", "1991-02"), ("Sex", "male")]
HERS = [
    ("Names", "Amina Hartley"),
    ("Date of birth", "1996-05-04"),
    ("Sex", "female"),
    ("Ethnicity", "Not on record"),
    ("First language", "Not on record"),
    ("Needs an interpreter", "Not on record"),
    ("NHS number", "Not on record"),
]
CHILD = [("Names", "Lily Hartley"), ("Date of birth", "2025-03-20"), ("Sex", "female")]


def asked(there: Partnership, person: Person, asker: str = "self", name: str = "") -> AccessRequest:
    """Taken in and made sure of by the lead."""
    lead = there.users["lead"]
    row = actions.take_request(
        person=person, asker=asker, asker_name=name, received_on=date(2026, 2, 28), by=lead, at=NOW
    )
    return actions.check_identity(request=row, identity="document", by=lead, at=NOW)


def built(
    there: Partnership, row: AccessRequest, treated: str, note: str = "", name: str = "A. Person"
) -> AccessRequest:
    """Cleared by the sergeant where that is asked, and built by the lead as the page proposes it."""
    if row.state == "clearing":
        row = actions.clear_request(
            request=row, treated=treated, why="Nothing of another person.", by=there.users["sergeant"], at=NOW
        )
    viewer = Viewer(there.users["lead"], NOW)
    offers = queries.offers(row, viewer)
    form = BuildForm(offers=offers)
    parts = [part for part, _ in offers if part.key in form.initial["parts"]]
    left = {part.label: unless for part, unless in offers if unless}
    left |= {one.label: one.why for one in queries.excluded(row, viewer)}
    return actions.build_answer(
        request=row, parts=parts, left_out=left, note=note, recipient=name, by=there.users["lead"], at=NOW
    )


def answered(there: Partnership, row: AccessRequest) -> Paper:
    row = actions.review_answer(request=row, agrees=True, why="", by=there.users["sergeant"], at=NOW)
    assert row.paper is not None
    return releasing.release_paper(paper=row.paper, by=there.users["sergeant"], at=NOW)


@pytest.mark.parametrize(
    ("role", "treated", "golden"),
    [
        ("person-causing-harm", "causing-harm", HIS),
        ("person-causing-harm", "nothing", []),
        ("child", "parent", CHILD),
        ("child", "nothing", []),
        ("victim", "survivor", HERS),
    ],
)
def test_golden_answers(
    there: Partnership, people_of: dict[str, Person], role: str, treated: str, golden: list[tuple[str, str]]
) -> None:
    asker = "parent" if role == "child" else "self"
    row = built(there, asked(there, people_of[role], asker, "Somebody" if asker != "self" else ""), treated)
    paper = answered(there, row)
    held = document.compose(paper, None, at=NOW)
    assert held.rows() == golden and list(held.standing) == STANDING
    others = {"person-causing-harm": CANARIES, "child": [one for one in CANARIES if one not in ("Lily", "Hartley")]}
    shown = held.table() + held.mark
    assert [one for one in others.get(role, ["Dean", "Marsh", "Foxglove"]) if one in shown] == []
    assert AccessRequest.objects.get().state == "answered" and paper.count_left_out == len(document.left_out_of(paper))
    assert not Disclosure.objects.exists()


def test_each_thing_left_out_has_its_reason_and_the_answer_does_not_say_it(
    there: Partnership, case: Case, people_of: dict[str, Person], assessment: Any
) -> None:
    row = built(there, asked(there, people_of["person-causing-harm"]), "causing-harm")
    assert row.paper is not None
    left = document.left_out_of(row.paper)
    assert {one["why"] for one in left} == {"crime"} and any(case.reference in one["label"] for one in left)
    assert len(left) >= 2
    assert case.reference not in document.compose(row.paper, None, at=NOW).table()


def test_it_neither_confirms_nor_denies(there: Partnership, people_of: dict[str, Person], case: Case) -> None:
    """The same answer, whether or not anything else is held of him."""
    before = document.compose(
        built(there, asked(there, people_of["person-causing-harm"]), "causing-harm").paper, None, at=NOW
    )  # type: ignore[arg-type]
    with writing():
        case.members.filter(role="person-causing-harm").update(role="other")
        case.members.filter(role="victim").update(role="other")
    again = asked(there, people_of["person-causing-harm"])
    with writing():
        AccessRequest.objects.filter(pk=again.pk).update(treated="causing-harm")
    again.refresh_from_db()
    after = document.compose(built(there, again, "causing-harm").paper, None, at=NOW)  # type: ignore[arg-type]
    assert before == after


def test_who_could_be_a_danger_is_cleared_before_anything_is_built(
    there: Partnership, people_of: dict[str, Person]
) -> None:
    lead, sergeant = there.users["lead"], there.users["sergeant"]
    for role, asker in (
        ("person-causing-harm", "self"),
        ("child", "parent"),
        ("victim", "representative"),
        ("victim", "self"),
    ):
        row = asked(there, people_of[role], asker, "Somebody" if asker != "self" else "")
        assert row.state == "clearing" and row.needs_clearing and row.treated == ""
        with pytest.raises(Refused, match="not to be built"):
            actions.build_answer(request=row, parts=[], left_out={}, note="", recipient="x", by=lead, at=NOW)
        with pytest.raises(Refused, match="somebody else says"):
            actions.clear_request(request=row, treated="nothing", why="Because.", by=lead, at=NOW)
        assert Paper.objects.count() == 0
    row = actions.clear_request(request=row, treated="survivor", why="Seen in person.", by=sergeant, at=NOW)
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.filter(pk=row.pk).update(built_by=sergeant, built_at=NOW)


def test_a_person_nobody_has_to_fear_is_not_kept_waiting(
    there: Partnership, case: Case, people_of: dict[str, Person]
) -> None:
    with writing():
        case.members.filter(role="person-causing-harm").update(role="other")
    assert asked(there, people_of["person-causing-harm"]).state == "building"


def test_nobody_reviews_or_releases_what_they_built(there: Partnership, people_of: dict[str, Person]) -> None:
    row = built(there, asked(there, people_of["person-causing-harm"]), "causing-harm")
    lead, sergeant = there.users["lead"], there.users["sergeant"]
    assert row.paper is not None
    with pytest.raises(Refused, match="somebody else has to look"):
        actions.review_answer(request=row, agrees=True, why="", by=lead, at=NOW)
    for by in (lead, sergeant):
        with pytest.raises(Refused):
            releasing.release_paper(paper=row.paper, by=by, at=NOW)
    for act in (releasing.ask_release, releasing.drop_paper):
        with pytest.raises(Refused, match="answers a request"):
            act(paper=row.paper, by=lead, at=NOW)
    row = actions.review_answer(request=row, agrees=False, why="A date is wrong.", by=sergeant, at=NOW)
    row = built(there, AccessRequest.objects.get(pk=row.pk), "causing-harm")
    assert AccessRequest.objects.get().paper == Paper.objects.get()
    assert answered(there, row).state == "released"


def test_a_note_that_leads_to_her_stops_the_answer(there: Partnership, people_of: dict[str, Person]) -> None:
    for note in ("Ask Amina.", "She moved to Foxglove Cl", "at c v 6  9 q z"):
        row = asked(there, people_of["person-causing-harm"])
        with pytest.raises(Refused, match="could lead to somebody"):
            built(there, row, "causing-harm", note=note)


def test_nothing_is_added_to_an_answer_of_nothing(there: Partnership, people_of: dict[str, Person]) -> None:
    with pytest.raises(Refused, match="neither confirms nor denies"):
        built(there, asked(there, people_of["person-causing-harm"]), "nothing", note="We hold nothing.")


def test_another_agency_answers_for_its_own_records(there: Partnership, people_of: dict[str, Person]) -> None:
    with pytest.raises(Refused, match="another agency"):
        actions.take_request(
            person=people_of["victim"],
            asker="self",
            asker_name="",
            received_on=NOW.date(),
            by=there.users["lead-haven"],
            at=NOW,
        )


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-01-31", "2026-02-28"),
        ("2026-02-28", "2026-03-28"),
        ("2026-12-03", "2027-01-03"),
        ("2028-01-30", "2028-02-29"),
    ],
)
def test_a_month_is_the_same_day_or_the_last(received: str, due: str) -> None:
    assert due_on(date.fromisoformat(received), 1) == date.fromisoformat(due)


def test_from_the_case_to_the_answer(
    there: Partnership, case: Case, people_of: dict[str, Person], at_desk: SignIn, monkeypatch: Any
) -> None:
    lead, sergeant = at_desk("lead"), proven(at_desk("sergeant"), NOW)
    at = f"/cases/{case.reference}/own-data/"
    assert at in lead.get(f"/cases/{case.reference}/see/documents/").content.decode()
    assert at_desk("officer").get(at).status_code == 403
    his = str(people_of["person-causing-harm"].pk)
    typed = {"person": his, "asker": "self", "received_on_0": "2", "received_on_1": "3", "received_on_2": "2026"}
    assert "Do not say to whoever asks" in words(lead.get(at))
    assert lead.post(at, {**typed, "asker": "parent"}).status_code == 422
    address = lead.post(at, typed).headers["Location"]
    assert "Due Thursday 2 April 2026" in words(lead.get(address))
    assert lead.post(address, {"do": "identity", "identity": "document"}).status_code == 302
    page = words(lead.get(address))
    assert "another person’s" in page and "causing harm" not in page.split("What was done")[0]
    clear = {"do": "clear", "treated": "causing-harm", "cleared_why": "Only who he is."}
    lead.post(address, clear)
    assert AccessRequest.objects.get().state == "clearing"
    assert "Say what may be built" in words(sergeant.get("/"))
    assert sergeant.post(address, clear).status_code == 302
    assert "Held, and by its type not in the answer" in words(lead.get(address))
    build = {
        "do": "build",
        "recipient": "Dean Marsh",
        "parts": ["names", "born", "sex"],
        "why_left": "crime",
        "note": "",
    }
    assert lead.post(address, {**build, "note": "Lily is well."}).status_code == 403
    assert lead.post(address, build).status_code == 302
    assert "What is held and not given" in words(sergeant.get(address))
    assert sergeant.post(address, {"do": "review", "agrees": "yes"}).status_code == 302
    paper = Paper.objects.get()
    assert sergeant.post(f"/papers/{paper.pk}/release/", {"do": "release"}).status_code == 302
    assert "Copies, and calling it back" in words(sergeant.get(address))
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: NOW + timedelta(minutes=6))
    assert "answered" in words(lead.get("/own-data/"))
