"""The tool: which record and with whom, the letter, exactly what they will see, and then exactly that, word for word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.models import Agency, Team
from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.risk.models import Answer, Assessment
from alongside.sharing.decisions import pages
from alongside.sharing.hooks import shareable
from alongside.sharing.models import ConsentRecord, Disclosure, SharedCopy, ShareReview
from tests.apps.browsing import form_on
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import reads, words
from tests.apps.sharing.deciding import agrees

SignIn = Callable[[str], Client]
LETTER = {
    "purpose": "they can plan with her",
    "gateway": "adults",
    "consent": "not-safe-to-seek",
    "reason": "He is at home.",
    "necessity": "They meet her tomorrow.",
    "proportionality": "Two answers are enough.",
    "left_out": "where her sister lives",
    "withheld_from": "anybody of his family",
}


@pytest.fixture
def assessment(case: Case, there: Partnership) -> Assessment:
    """A checklist of the police with two answers."""
    by = there.users["officer"]
    with writing():
        row = Assessment.objects.create(
            case=case, instrument="dash", agency=by.agency, recorded_at=NOW, recorded_by=by, grade="high"
        )
        keys = [part.key for one in shareable(case, Viewer(by, NOW)) if one.id == row.pk for part in one.parts]
        for topic, answer in zip([key for key in keys if key != "grade"], ("yes", "refused"), strict=False):
            Answer.objects.create(assessment=row, topic=topic, answer=answer, note=f"said {answer} to us")
    return row


@pytest.fixture
def address(case: Case, assessment: Assessment) -> str:
    return reverse("sharing:share-write", args=[case.reference, assessment.pk, "haven-idva"])


def previewed(client: Client, address: str, **changes: object) -> str:
    answer = client.post(address, {**LETTER, "parts": ["grade"], **changes})
    assert answer.status_code == 200, words(answer)
    return answer.content.decode()


def sent(client: Client, address: str, **changes: object) -> str:
    """Preview, then send what the preview carries. The key of the copy."""
    form = form_on(previewed(client, address, **changes), having="key")
    assert client.post(address, {**form, "do": "share"}).status_code == 302
    return form["key"][0]


def test_from_the_panel_to_the_letter(case: Case, assessment: Assessment, address: str, at_desk: SignIn) -> None:
    officer = at_desk("officer")
    panel = officer.get(f"/cases/{case.reference}/see/sharing/").content.decode()
    choose = reverse("sharing:share", args=[case.reference])
    assert choose in panel
    page = words(officer.get(choose))
    assert "West Midlands Police" in page and "Ash Governance, information governance lead" in page
    assert officer.post(choose, {"record": str(assessment.pk)}).status_code == 422
    answer = officer.post(choose, {"record": str(assessment.pk), "team": "haven-idva"})
    assert answer.headers["Location"] == address
    letter = words(officer.get(address))
    for said in (
        "I want to share",
        "so that …",
        "The law allows it …",
        "It is needed, because …",
        "It must not reach …",
    ):
        assert said in letter
    assert letter.count("To be confirmed by your partnership.") > 8
    assert officer.post(address, {"purpose": ""}).status_code == 422 and not Disclosure.objects.exists()


def test_what_they_see_is_what_was_previewed_and_nothing_else(
    case: Case, assessment: Assessment, address: str, at_desk: SignIn, there: Partnership
) -> None:
    officer, adviser = at_desk("officer"), at_desk("idva")
    first = assessment.answers.order_by("pk").first()
    assert first is not None
    page = previewed(officer, address, parts=["grade", first.topic])
    seen, unseen = page.split("What they will not see")
    assert "said yes to us" in seen and "said refused to us" not in page
    assert "where her sister lives" in unseen and not Disclosure.objects.exists()
    key = sent(officer, address, parts=["grade", first.topic])
    copy = reverse("sharing:shared", args=[key])
    got = words(adviser.get(copy))
    assert "said yes to us" in got and "anybody of his family" in got
    assert "said refused to us" not in got and "sister" not in got and "He is at home" not in got
    assert "Ash Idva, Haven" in got, "whoever opens it is named on the page"
    assert not Case.objects.visible_to(Viewer(there.users["idva"], NOW)).exists()
    assert adviser.get(f"/cases/{case.reference}/").status_code == 404
    assert at_desk("manager").get(copy).status_code == 404
    assert reads("sharing.copy") and SharedCopy.objects.get().opened_by == there.users["idva"]
    row = Disclosure.objects.get()
    assert (row.gateway, row.basis, row.withheld_from) == ("adults", "protect-adult", "anybody of his family")
    assert row.left_out[-1] == "where her sister lives" and len(row.what) == 2


def test_a_copy_stays_as_it_was_sent(assessment: Assessment, address: str, at_desk: SignIn) -> None:
    key = sent(at_desk("officer"), address)
    with writing():
        Assessment.objects.filter(pk=assessment.pk).update(grade="standard")
    assert "graded high" in words(at_desk("idva").get(reverse("sharing:shared", args=[key])))


def test_pressed_twice_it_is_one_decision(address: str, at_desk: SignIn) -> None:
    officer = at_desk("officer")
    form = form_on(previewed(officer, address), having="key")
    for _ in range(2):
        assert officer.post(address, {**form, "do": "share"}).status_code == 302
    assert Disclosure.objects.count() == SharedCopy.objects.count() == 1
    assert at_desk("second").post(address, {**form, "do": "share"}).status_code == 403, "another's page"
    assert officer.post(address, {**form, "do": "share", "key": "nonsense"}).status_code == 403


def test_change_something_gives_everything_back(address: str, at_desk: SignIn) -> None:
    officer = at_desk("officer")
    form = form_on(previewed(officer, address), having="key")
    page = officer.post(address, {**form, "do": "change"}).content.decode()
    back = form_on(page, having="necessity")
    assert back["necessity"] == ["They meet her tomorrow."] and back["parts"] == ["grade"]
    assert "There is a problem" not in page


def test_consent_is_the_law_only_where_it_was_given_and_is_then_on_record(
    case: Case, address: str, at_desk: SignIn
) -> None:
    officer = at_desk("officer")
    wrong = officer.post(address, {**LETTER, "parts": ["grade"], "gateway": "consent"})
    assert wrong.status_code == 422 and "only where the answer below is yes" in words(wrong)
    sent(officer, address, gateway="consent", consent="given")
    assert ConsentRecord.objects.get(case=case).status == "given"


def test_that_nobody_asked_takes_the_place_of_no_word(case: Case, address: str, at_desk: SignIn) -> None:
    officer = at_desk("officer")
    sent(officer, address, gateway="consent", consent="given")
    sent(officer, address, consent="not-safe-to-seek")
    assert [row.status for row in ConsentRecord.objects.filter(case=case)] == ["given"]


def test_taken_back_on_the_page_it_ends_and_the_decider_is_asked_on_today(
    case: Case, address: str, at_desk: SignIn, there: Partnership
) -> None:
    officer, adviser = at_desk("officer"), at_desk("idva")
    key = sent(officer, address, gateway="consent", consent="given")
    victim = case.members.get(role="victim").person
    said = reverse("sharing:said", args=[case.reference])
    assert officer.post(said, {"person": str(victim.pk), "status": "withdrawn"}).status_code == 302
    copy = reverse("sharing:shared", args=[key])
    assert adviser.get(copy).status_code == 404
    listed = words(adviser.get(reverse("sharing:shared-with-us")))
    assert "Ended: do not use any copy" in listed and case.reference in listed
    review = ShareReview.objects.get()
    again = reverse("sharing:decision", args=[review.disclosure_id])
    today = officer.get("/").content.decode()
    assert again in today and "consent was withdrawn" in today
    page = words(officer.get(again))
    assert "their door is closed" in page and "Did the person take consent back freely?" in page
    assert officer.post(again, {"outcome": "stays-ended", "reason": "x"}).status_code == 422
    kept = officer.post(again, {"outcome": "stays-ended", "reason": "He made her.", "freely": "no"})
    assert kept.status_code == 302
    assert again not in officer.get("/").content.decode()
    panel = words(officer.get(f"/cases/{case.reference}/see/sharing/"))
    assert "Taken back not freely: somebody made the person." in panel and "“He made her.”" in panel


def test_deciding_not_to_is_the_same_record(case: Case, assessment: Assessment, address: str, at_desk: SignIn) -> None:
    officer = at_desk("officer")
    assert f"{address}not/" in officer.get(address).content.decode()
    typed = {
        "purpose": "they asked for it",
        "consent": "refused",
        "reason": "She asked us not to.",
        "advice_from": "lead",
    }
    for _ in range(2):
        assert officer.post(f"{address}not/", typed).status_code == 302
    row = Disclosure.objects.get()
    assert (row.shared, row.state, row.record_id, row.advice_from) == (False, "kept-back", assessment.pk, "lead")
    assert "Haven, Haven-Idva team Not sent" in words(officer.get(f"/cases/{case.reference}/see/sharing/"))


def test_a_whole_case_waits_for_an_agreement_and_a_copy_does_not(
    case: Case, address: str, at_desk: SignIn, there: Partnership
) -> None:
    officer = at_desk("officer")
    assert "You can still share" in words(officer.get(address))
    whole = reverse("sharing:share-write", args=[case.reference, case.pk, "csc"])
    assert "cannot be opened to them" in words(officer.get(whole))
    form = form_on(previewed(officer, whole), having="key")
    refused = officer.post(whole, {**form, "do": "share"})
    assert refused.status_code == 403 and "No agreement between" in words(refused)
    agrees(there, "west-midlands-police", "coventry-childrens-social-care")
    assert officer.post(whole, {**form, "do": "share"}).status_code == 302
    manager = at_desk("manager")
    assert manager.get(f"/cases/{case.reference}/").status_code == 200
    row = Disclosure.objects.get()
    again = reverse("sharing:decision", args=[row.pk])
    assert manager.get(again).status_code == 404, "it is the police's decision"
    assert officer.post(again, {"outcome": "ended", "reason": "Closed."}).status_code == 302
    assert manager.get(f"/cases/{case.reference}/").status_code == 404


@pytest.mark.parametrize("who", ["manager", "idva", "governance", "auditor"])
def test_nobody_shares_from_a_case_they_do_not_hold(who: str, case: Case, address: str, at_desk: SignIn) -> None:
    client = at_desk(who)
    status = 403 if who in ("governance", "auditor") else 404
    for path in (address, f"{address}not/", reverse("sharing:share", args=[case.reference])):
        assert client.get(path).status_code == status
        assert (
            client.post(path, {**LETTER, "parts": ["grade"], "do": "share", "key": str(uuid4())}).status_code == status
        )
    assert client.post(reverse("sharing:said", args=[case.reference]), {}).status_code == status
    assert not Disclosure.objects.exists()


def test_a_record_of_another_case_or_an_unknown_team_is_not_there(
    case: Case, address: str, assessment: Assessment, at_desk: SignIn
) -> None:
    officer = at_desk("officer")
    for record, team in ((uuid4(), "haven-idva"), (assessment.pk, "nowhere"), (assessment.pk, "response")):
        assert officer.get(reverse("sharing:share-write", args=[case.reference, record, team])).status_code == 404


def test_who_holds_a_record_is_shared_by_cleared_roles_alone(case: Case, there: Partnership) -> None:
    kinds = {
        name: {one.kind for one in shareable(case, Viewer(there.users[name], NOW))} for name in ("officer", "sergeant")
    }
    assert "sharing.consult" not in kinds["officer"]


def test_whoever_receives_hears_of_it_today_until_somebody_opens_it(
    address: str, at_desk: SignIn, there: Partnership
) -> None:
    key = sent(at_desk("officer"), address)
    viewer = Viewer(there.users["idva"], NOW + timedelta(hours=1))
    assert [one.href for one in pages.arrived(viewer)] == [reverse("sharing:shared", args=[key])]
    at_desk("idva").get(reverse("sharing:shared", args=[key]))
    assert not pages.arrived(viewer)


def test_before_a_record_goes_to_the_other_side_the_page_warns(
    case: Case, assessment: Assessment, address: str, at_desk: SignIn, there: Partnership
) -> None:
    agency = Agency.objects.create(code="probation", name="Probation", kind="probation")
    agency.areas.add(there.area)
    Team.objects.create(agency=agency, code="probation-duty", name="Duty team")
    officer, warning = at_desk("officer"), "Probation supervises people reported as causing harm."
    theirs = reverse("sharing:share-write", args=[case.reference, assessment.pk, "probation-duty"])
    assert warning in words(officer.get(theirs)) and warning in previewed(officer, theirs)
    assert "supervises people reported" not in words(officer.get(address)) + previewed(officer, address)
