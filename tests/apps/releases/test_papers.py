"""A paper for one recipient: what goes, who releases it, what stops it, and calling it back (threats T10, T13, T40, T50)."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.db import IntegrityError, transaction

from alongside.agencies.access import Refused
from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from alongside.releases import actions, document, printing
from alongside.releases.actions.preparing import Recipient, Said
from alongside.releases.models import Paper, PaperCopy
from alongside.releases.queries import looking, papers
from alongside.risk.models import Assessment
from alongside.sharing.hooks import Part
from alongside.sharing.models import Disclosure
from tests.apps.partnership import NOW, Partnership
from tests.apps.passkey import proven
from tests.apps.reading import words
from tests.apps.releases.conftest import CANARIES, CODE, REFUGE, SCHOOL, SignIn

OPENS = NOW + timedelta(minutes=5)
WHY = {
    "purpose": "they can plan with her",
    "reason": "They meet her tomorrow.",
    "gateway": "adults",
    "consent": "given",
}


def begun(there: Partnership, case: Case, side: str, person: Person | None = None, *sources: Any) -> Paper:
    """A paper that the officer prepares."""
    team = there.teams["haven-idva"] if side == "team" else None
    name = {"team": "Haven", "court": "The Family Court at Coventry", "causing-harm": "Dean Marsh"}.get(
        side, "A. Person"
    )
    to = Recipient(side, name, team=team, person=person)
    return actions.begin_paper(
        case=case,
        to=to,
        sources=[str(one.pk) for one in sources],
        purpose="they can plan",
        by=there.users["officer"],
        at=NOW,
    )


def says(there: Partnership, row: Paper, parts: list[Part], note: str = "", **more: Any) -> Paper:
    left = {
        one.part.label: one.never or one.unless or "not-needed" for one in offered(there, row) if one.part not in parts
    }
    said = Said(parts=parts, left_out=left, note=note, **{**WHY, **more})
    return actions.write_paper(paper=row, said=said, by=there.users["officer"], at=NOW)


def offered(there: Partnership, row: Paper, who: str = "officer") -> list[papers.Offer]:
    return papers.offers(row, Viewer(there.users[who], NOW))


def released(there: Partnership, row: Paper, by: str = "sergeant") -> Paper:
    if row.needs_two:
        actions.ask_release(paper=row, by=there.users["officer"], at=NOW)
    return actions.release_paper(paper=row, by=there.users[by], at=NOW)


@pytest.fixture
def for_team(there: Partnership, case: Case, assessment: Assessment) -> Paper:
    row = begun(there, case, "team", None, assessment)
    return says(there, row, [one.part for one in offered(there, row) if one.part.label == "Grade given"])


@pytest.fixture
def for_him(there: Partnership, case: Case, people_of: dict[str, Person]) -> Paper:
    row = begun(there, case, "causing-harm", people_of["person-causing-harm"])
    return says(there, row, [one.part for one in offered(there, row)], note="Your appointment stands as agreed.")


def test_somebody_protected_takes_two_people(there: Partnership, for_team: Paper) -> None:
    assert for_team.needs_two
    row = released(there, for_team)
    assert (row.state, row.released_by) == ("released", there.users["sergeant"])
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=row.pk).update(released_by=row.drafted_by)


def test_only_a_cleared_role_of_the_own_agency_releases(there: Partnership, for_team: Paper) -> None:
    for name in ("second", "manager", "lead-haven", "auditor"):
        with pytest.raises(Refused):
            actions.release_paper(paper=for_team, by=there.users[name], at=NOW)
    assert Paper.objects.get().state == "draft"


def test_who_wrote_it_last_does_not_release_it(there: Partnership, for_team: Paper) -> None:
    sergeant = there.users["sergeant"]
    said = Said(parts=[], left_out={}, note="Ring the desk.", **WHY)
    actions.write_paper(paper=for_team, said=said, by=sergeant, at=NOW)
    actions.ask_release(paper=for_team, by=there.users["officer"], at=NOW)
    with pytest.raises(Refused, match="You prepared this paper"):
        actions.release_paper(paper=for_team, by=sergeant, at=NOW)
    actions.send_back(paper=for_team, why="Say more.", by=there.users["lead"], at=NOW)
    assert Paper.objects.get().state == "draft"


def test_protected_since_it_was_prepared_takes_two(there: Partnership, for_team: Paper) -> None:
    with writing():
        Paper.objects.filter(pk=for_team.pk).update(needs_two=False, drafted_by=there.users["sergeant"])
    with pytest.raises(Refused, match="second person"):
        actions.release_paper(paper=Paper.objects.get(), by=there.users["sergeant"], at=NOW)


def test_to_a_team_it_is_a_decision_to_share_and_opens_to_them_alone(there: Partnership, for_team: Paper) -> None:
    idva, at = there.users["idva"], OPENS
    assert not Paper.objects.visible_to(Viewer(idva, at)).exists()
    row = released(there, for_team)
    decision = Disclosure.objects.get(record_id=row.pk)
    assert decision.shared and decision.to_team == there.teams["haven-idva"] and decision.what == ["Grade given"]
    assert papers.received(Viewer(idva, NOW)) == []  # it can still be called back unseen
    assert papers.received(Viewer(idva, at)) == [row]
    assert not Paper.objects.visible_to(Viewer(there.users["manager"], at)).exists()
    assert not Case.objects.visible_to(Viewer(idva, at)).exists()


def test_what_a_worker_wrote_is_stopped_until_it_is_rewritten_or_left_out(
    there: Partnership, case: Case, assessment: Assessment
) -> None:
    row = begun(there, case, "team", None, assessment)
    everything = [one.part for one in offered(there, row) if not one.unless]
    says(there, row, everything)
    with pytest.raises(Refused, match="an address in"):
        actions.ask_release(paper=row, by=there.users["officer"], at=NOW)
    (stop,) = looking.stops(Paper.objects.get(), linked=False)
    assert stop.words == "seven Foxglove Cl" and stop.what == "an address"
    safe = [part for part in everything if "Foxglove" not in part.text]
    says(there, row, safe, note="Her number is oh seven seven double oh 900 one two three")
    with pytest.raises(Refused, match="a telephone number in “the note”"):
        actions.ask_release(paper=row, by=there.users["officer"], at=NOW)
    says(there, row, safe, note="Ring the desk.")
    assert released(there, Paper.objects.get()).state == "released"


def test_nobody_releases_what_was_changed_into_a_leak(there: Partnership, for_team: Paper) -> None:
    actions.ask_release(paper=for_team, by=there.users["officer"], at=NOW)
    row = Paper.objects.get()
    with writing():
        row.note = f"She is in {REFUGE}"
        row.save()
    with pytest.raises(Refused, match="Rewrite that, or leave it out"):
        actions.release_paper(paper=row, by=there.users["sergeant"], at=NOW)
    assert Paper.objects.get().state == "waiting" and not Disclosure.objects.exists()


def test_to_the_other_side_goes_only_what_is_theirs(
    there: Partnership, case: Case, people_of: dict[str, Person], assessment: Assessment, for_him: Paper
) -> None:
    his = people_of["person-causing-harm"]
    with pytest.raises(Refused, match="only what is theirs"):
        begun(there, case, "causing-harm", his, assessment)
    with pytest.raises(Refused, match="Choose who the recipient is"):
        begun(there, case, "causing-harm", None)
    assert for_him.needs_two and [one.part.label for one in offered(there, for_him)] == [
        "Names",
        "Date of birth",
        "Sex",
    ]
    child = begun(there, case, "parent", people_of["child"])
    assert [one.part.key for one in offered(there, child)] == ["names", "born", "sex"]
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=for_him.pk).update(needs_two=False)


@pytest.mark.parametrize(
    "note",
    [
        f"The school is {SCHOOL}.",
        "Beacon-Hill Prim. Sch.",
        "CV six nine Q Z",
        CODE.lower(),
        "Amina told us.",
        "She is at fourteen sample st",
        "Write to WS9 9ZZ",
        "Ring 0121 496 0777",
        "See CASE.",
    ],
)
def test_nothing_of_her_reaches_him(there: Partnership, for_him: Paper, case: Case, note: str) -> None:
    parts = document.parts_of(for_him)
    says(there, for_him, parts, note=note.replace("CASE", case.reference))
    with pytest.raises(Refused, match="could lead to somebody"):
        actions.ask_release(paper=for_him, by=there.users["officer"], at=NOW)


def test_no_canary_in_any_form_of_his_paper(
    there: Partnership, for_him: Paper, at_desk: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = at_desk("officer")
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: OPENS)
    row = released(there, for_him)
    copy = actions.make_copy(paper=row, how="hand", by=there.users["officer"], at=OPENS)
    held = document.compose(row, copy, at=OPENS)
    body = printing.printed(held)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    html = words(officer.get(f"/papers/copies/{copy.pk}/"))
    for form in (text, held.table(), html):
        flat = " ".join(form.split()).lower()
        assert [one for one in CANARIES if one.lower() in flat] == []
        assert "dean marsh" in flat
    assert "Ash Officer" not in text and "Ash Sergeant" not in text and "A.S." in text


def test_a_court_gets_no_way_to_anybody(there: Partnership, case: Case, assessment: Assessment) -> None:
    row = begun(there, case, "court", None, assessment)
    assert row.needs_two
    way = Part("x:address-0", "Address", f"{REFUGE}, {CODE}")
    with pytest.raises(Refused, match="never holds a way"):
        says(there, row, [way])


def test_a_paper_can_be_called_back_unseen_and_each_holder_is_told(there: Partnership, for_him: Paper) -> None:
    officer = there.users["officer"]
    row = released(there, for_him)
    with pytest.raises(Refused, match="a moment ago"):
        actions.make_copy(paper=row, how="hand", by=officer, at=OPENS - timedelta(seconds=1))
    first, second = (actions.make_copy(paper=row, how=how, by=officer, at=OPENS) for how in ("hand", "secure"))
    assert first.mark != second.mark and (first.number, second.number) == (1, 2)
    with pytest.raises(Refused, match="was not called back"):
        actions.tell_holder(copy=first, by=officer, at=OPENS)
    actions.recall_paper(paper=row, why="It was the wrong one.", by=officer, at=OPENS)
    viewer = Viewer(officer, OPENS)
    assert papers.to_recall(viewer) == [first, second]
    with pytest.raises(Refused, match="not released"):
        actions.make_copy(paper=row, how="hand", by=officer, at=OPENS)
    actions.tell_holder(copy=first, by=officer, at=OPENS)
    actions.tell_holder(copy=first, by=officer, at=OPENS)
    assert papers.to_recall(viewer) == [second]


def test_calling_back_closes_the_team_s_door(there: Partnership, for_team: Paper) -> None:
    row = released(there, for_team)
    actions.read_here(paper=row, by=there.users["idva"], at=OPENS)
    actions.recall_paper(paper=row, why="It named somebody.", by=there.users["officer"], at=OPENS)
    assert not Paper.objects.visible_to(Viewer(there.users["idva"], OPENS)).exists()
    assert Disclosure.objects.get(record_id=row.pk).state == "ended"


def test_each_reader_has_a_mark_of_their_own(
    there: Partnership, for_team: Paper, at_desk: SignIn, monkeypatch: Any
) -> None:
    row = released(there, for_team)
    idva = at_desk("idva")
    assert idva.get(f"/papers/received/{row.pk}/").status_code == 404
    assert at_desk("manager").get(f"/papers/received/{row.pk}/").status_code == 404
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: OPENS)
    page = words(idva.get(f"/papers/received/{row.pk}/"))
    idva.get(f"/papers/received/{row.pk}/")
    (copy,) = PaperCopy.objects.all()
    assert document.mark_line(copy.paper, copy) in page and "Ash" not in document.mark_line(copy.paper, copy)
    asked = words(at_desk("sergeant").post("/papers/whose/", {"text": page}))
    assert "Copy 1, for Haven" in asked and "Open the paper" in asked
    other = words(at_desk("lead-csc").post("/papers/whose/", {"text": copy.mark}))
    assert "West Midlands Police" in other and "Haven" not in other
    assert "No copy with this mark" in words(at_desk("sergeant").post("/papers/whose/", {"text": "AAAA"}))
    assert idva.post("/papers/whose/", {"text": copy.mark}).status_code == 403


def test_from_the_case_to_the_print(
    there: Partnership, case: Case, assessment: Assessment, at_desk: SignIn, monkeypatch: Any
) -> None:
    officer, sergeant = at_desk("officer"), proven(at_desk("sergeant"), NOW)
    assert "Prepare a paper" in words(officer.get(f"/cases/{case.reference}/see/documents/"))
    at = f"/cases/{case.reference}/papers/"
    assert officer.post(at, {"to": "court", "purpose": "x"}).status_code == 422
    begin = {"to": "court", "name": "The Family Court", "records": [str(assessment.pk)], "purpose": "it can decide"}
    address = officer.post(at, begin).headers["Location"]
    page = officer.get(address)
    assert "can reach, the other side" in words(page)
    key = f"{assessment.pk}:grade"
    write = {"do": "write", "parts": [key], "why_left": "not-needed", "purpose": "it can decide", "reason": "Ordered."}
    assert officer.post(address, {**write, "note": f"She is at {REFUGE}."}).status_code == 302
    stopped = words(officer.get(address))
    assert "This cannot go" in stopped and "7 Foxglove Close" in stopped
    assert officer.post(address, {"do": "ask"}).status_code == 403
    assert officer.post(address, {**write, "note": ""}).status_code == 302
    assert officer.post(address, {"do": "ask"}).status_code == 302
    assert officer.get(f"{address}release/").status_code == 403
    assert "Read a paper for a court" in words(sergeant.get("/"))
    assert "Release it, with my name" in words(sergeant.get(f"{address}release/"))
    assert sergeant.post(f"{address}release/", {"do": "release"}).headers["Location"] == address
    soon = words(officer.get(address))
    assert "Nothing of it opens before" in soon and "Make a copy" not in soon
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: OPENS)
    copy = officer.post(address, {"do": "copy", "how": "court"}).headers["Location"]
    assert "Take it as a PDF" in words(officer.get(copy))
    pdf, table = officer.get(f"{copy}paper.pdf"), officer.get(f"{copy}table.csv")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="paper.pdf"'
    assert pdf.content.startswith(b"%PDF-1.7") and table.content.startswith(b"\xef\xbb\xbf")
    assert proven(officer, OPENS).post(f"{address}recall/", {"why": "A wrong court."}).status_code == 302
    assert officer.get(f"{copy}paper.pdf").status_code == 403
    gone = words(officer.get(address))
    assert "They know, and give it back" in gone and "Make a copy" not in gone
    told = officer.post(f"{copy}told/")
    assert told.status_code == 302 and "told by A.O." in words(officer.get(address))


def test_a_paper_of_others_is_not_there(there: Partnership, for_team: Paper, at_desk: SignIn) -> None:
    for name in ("manager", "lead-haven", "idva"):
        for path in (f"/papers/{for_team.pk}/", f"/papers/{uuid4()}/"):
            assert at_desk(name).get(path).status_code == 404
    assert at_desk("auditor").get(f"/papers/{for_team.pk}/").status_code == 403


def test_what_is_not_used_keeps_no_words(there: Partnership, for_him: Paper) -> None:
    actions.drop_paper(paper=for_him, by=there.users["officer"], at=NOW)
    row = Paper.objects.get(pk=for_him.pk)
    assert (row.state, row.parts.open(), row.note.open()) == ("dropped", "", "")
