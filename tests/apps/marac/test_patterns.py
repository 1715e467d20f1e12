"""Patterns: worked out from what one may see, by a stated definition, shown to others once a reviewer has looked at what they rest on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import Area, TeamRole, User
from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseMember
from alongside.gate.actions import open_ground
from alongside.gate.viewing import Viewer
from alongside.intake.models import Notification, Report
from alongside.marac.patterns import actions, definitions, queries
from alongside.marac.patterns.models import PatternReview
from alongside.people import actions as people
from alongside.people.models import LinkDecision, Person
from alongside.procedures import actions as procedures
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership
from tests.apps.people.knowing import on_record
from tests.apps.reading import words
from tests.apps.statements import differing, statements

Desk = Callable[[str], Client]
SEVERAL, AGAIN = definitions.Definition("several", 2, 24), definitions.Definition("again", 2, 12)


def told(there: Partnership, *, victim: str = "Amina", days: int = 0) -> Case:
    """A case of one victim and Dean, by the same officer."""
    case = invented.call(there, people=False, facts={})
    by = there.users["officer"]
    held = {
        "victim": on_record(by, given_name=victim, date_of_birth=f"19{60 + len(victim)}-05-04", phones=[]),
        "person-causing-harm": on_record(
            by, given_name="Dean", family_name="Marsh", date_of_birth="1991-02-03", phones=[]
        ),
    }
    members = [CaseMember(case=case, person=person, role=role, ref=role) for role, person in held.items()]
    invented.cases.add_people(case=case, members=members, by=by, at=NOW)
    with writing():
        Case.objects.filter(pk=case.pk).update(received_on=NOW - timedelta(days=days))
    return case


def who(case: Case, role: str) -> Person:
    return case.members.get(role=role).person


def same(one: Case, other: Case, by: Any, role: str = "person-causing-harm", answer: str = "same") -> LinkDecision:
    return people.decide_link(
        person=who(one, role),
        candidate=who(other, role),
        answer=answer,
        weight=9,
        because=["same date of birth"],
        how="known",
        by=by,
        at=NOW,
    )


def found(there: Partnership, name: str, definition: definitions.Definition = SEVERAL) -> list[queries.Pattern]:
    return queries.patterns(definition, Viewer(there.users[name], NOW))


@pytest.fixture
def two(there: Partnership) -> tuple[Case, Case]:
    """Two victims, and two records of Dean that somebody linked."""
    pair = told(there), told(there, victim="Josephine", days=20)
    same(*pair, there.users["officer"])
    return pair


def test_a_link_makes_a_pattern_and_its_undoing_ends_it(two: tuple[Case, Case], there: Partnership) -> None:
    [pattern] = found(there, "sergeant")
    assert (pattern.count, len(pattern.cases), len(pattern.links)) == (2, 2, 1)
    people.undo_link(link=LinkDecision.objects.get(), by=there.users["officer"], at=NOW)
    assert found(there, "sergeant") == []


def test_it_is_shown_to_others_only_once_a_reviewer_has_looked(
    two: tuple[Case, Case], there: Partnership, at_desk: Desk
) -> None:
    assert "Nothing we can show you. This is not a nil return." in words(at_desk("officer").get("/patterns/several/"))
    sergeant, path = at_desk("sergeant"), "/patterns/several/"
    assert "D.M.: 2 victims" in words(sergeant.get(path))
    said = words(sergeant.get(path))
    assert "D.M.: 2 victims Nobody has looked yet" in said and "Rests on 1 link. Shown to reviewers only." in said
    assert "1 person 1 waits for a reviewer and is shown to nobody else." in said
    assert "D.M.: 2 victims" in words(sergeant.get(f"{path}?only=waiting"))
    person = found(there, "sergeant")[0].person
    look = f"{path}{person.pk}/"
    assert at_desk("officer").get(look).status_code == 403
    assert at_desk("manager").get(look).status_code == 404
    assert sergeant.post(look, {"holds": "yes"}).status_code == 422
    page = sergeant.post(look, {"holds": "yes", "note": "Both birth certificates."}, follow=True)
    assert "Kept, with your name." in words(page)
    assert "A reviewer has looked at every one." in words(sergeant.get(f"{path}?only=waiting"))
    said = words(at_desk("officer").get(f"{path}?only=waiting"))
    assert "D.M.: 2 victims Looked at and confirmed" in said and "Rests on 1 link. Ash Sergeant, Police" in said
    for case in two:
        assert case.reference in said


def test_another_case_needs_another_look(two: tuple[Case, Case], there: Partnership) -> None:
    actions.review_pattern(
        pattern=found(there, "sergeant")[0], holds=True, note="Seen.", by=there.users["sergeant"], at=NOW
    )
    assert len(found(there, "officer")) == 1
    third = told(there, victim="Maryam")
    same(two[0], third, there.users["officer"])
    assert found(there, "officer") == []
    assert found(there, "sergeant")[0].count == 3


def test_one_that_does_not_hold_is_shown_to_reviewers_alone(two: tuple[Case, Case], there: Partnership) -> None:
    pattern = found(there, "sergeant")[0]
    actions.review_pattern(pattern=pattern, holds=False, note="Cousins.", by=there.users["sergeant"], at=NOW)
    assert found(there, "officer") == []
    assert found(there, "sergeant")[0].review == PatternReview.objects.get()


def test_nobody_reviews_what_rests_on_their_own_answer(there: Partnership) -> None:
    pair = told(there), told(there, victim="Josephine")
    same(*pair, there.users["sergeant"])
    with pytest.raises(Refused, match="you gave yourself"):
        actions.review_pattern(
            pattern=found(there, "sergeant")[0], holds=True, note="x", by=there.users["sergeant"], at=NOW
        )
    with pytest.raises(Refused, match="may not"):
        actions.review_pattern(
            pattern=found(there, "sergeant")[0], holds=True, note="x", by=there.users["officer"], at=NOW
        )


def test_two_records_of_one_victim_are_one_victim(two: tuple[Case, Case], there: Partnership) -> None:
    same(*two, there.users["officer"], role="victim")
    assert found(there, "sergeant") == []


def test_a_case_one_may_not_see_is_not_counted(two: tuple[Case, Case], there: Partnership, at_desk: Desk) -> None:
    open_ground(
        subject_kind="case",
        subject_id=two[0].pk,
        viewer=there.teams["csc"],
        ground="sent",
        purpose="to protect a child",
        by=there.users["officer"],
        at=NOW,
    )
    assert found(there, "manager") == []
    said = words(at_desk("manager").get("/patterns/several/"))
    assert "Nothing we can show you." in said and two[0].reference not in said


def test_what_another_side_contradicts_makes_no_pattern(two: tuple[Case, Case], there: Partnership) -> None:
    same(two[1], two[0], there.users["idva"], answer="not-same")
    assert found(there, "sergeant") == []


def test_the_threshold_and_the_time_are_stated_and_can_be_tried(
    two: tuple[Case, Case], there: Partnership, at_desk: Desk
) -> None:
    client = at_desk("sergeant")
    said = words(client.get("/patterns/several/"))
    assert "at least 2 different victims, told in the last 24 months." in said
    assert "To be confirmed No document of the procedures gives these numbers." in said
    assert "in force in Coventry until its partnership confirms them or chooses others" in said
    assert "D.M.: 2 victims" not in words(client.get("/patterns/several/?least=3"))
    tried = words(client.get("/patterns/several/?least=2&months=1"))
    assert "Your own numbers, for this look only" in tried and "D.M.: 2 victims" in tried
    assert "Back to the numbers of Coventry : 2 in 24 months, to be confirmed." in tried
    wrong = client.get("/patterns/several/?least=one")
    assert wrong.status_code == 422 and "Give a whole number from 2 to 20. The list below is by the numbers" in words(
        wrong
    )
    assert client.get("/patterns/nothing/").status_code == 404


def chosen(there: Partnership, area: str, value: int, parameter: str = "serial_harm_victims", days: int = 0) -> None:
    lead = User.objects.filter(role="policy-lead").first() or User.objects.create_user(
        "lead@alongside.example", name="Ash Lead", agency=there.agencies["partnership"], role="policy-lead"
    )
    procedures.adopt_choice(
        area=Area.objects.get(pk=area),
        parameter=parameter,
        value=value,
        reason="The board said so.",
        from_on=NOW.date() + timedelta(days=days),
        by=lead,
        at=NOW,
    )


def test_the_number_in_force_in_the_area_on_the_day_decides(
    two: tuple[Case, Case], there: Partnership, at_desk: Desk
) -> None:
    chosen(there, "coventry", 3, days=1)
    chosen(there, "coventry", 30, "serial_harm_months")
    said = words(at_desk("sergeant").get("/patterns/several/"))
    assert "at least 2 different victims, told in the last 30 months" in said and "D.M.: 2 victims" in said
    assert "To be confirmed" in said, "one of its two numbers is"
    later = definitions.in_force("several", ["coventry", "walsall"], NOW + timedelta(days=1))
    assert later["coventry"] == definitions.Definition("several", 3, 30, awaits=False)
    assert later["walsall"] == definitions.Definition("several", 2, 24, awaits=True)


def test_somebody_looks_with_the_numbers_of_their_own_team_s_area(there: Partnership, at_desk: Desk) -> None:
    assert definitions.areas_of(there.users["sergeant"], NOW) == [there.area, there.other_area]
    TeamRole.objects.update(area=there.other_area)
    assert definitions.areas_of(there.users["sergeant"], NOW) == [there.other_area, there.area]
    assert "in force in Walsall until" in words(at_desk("sergeant").get("/patterns/several/"))


def test_another_area_has_numbers_of_its_own(two: tuple[Case, Case], there: Partnership, at_desk: Desk) -> None:
    chosen(there, "walsall", 3)
    chosen(there, "walsall", 24, "serial_harm_months")
    client = at_desk("sergeant")
    said = words(client.get("/patterns/several/?area=coventry"))
    assert "Other numbers are in force in Walsall (3 in 24 months)." in said and "D.M.: 2 victims" in said
    said = words(client.get("/patterns/several/?area=walsall"))
    assert "The partnership of Walsall chose these numbers" in said and "D.M.: 2 victims" not in said
    assert "Other numbers are in force in Coventry (2 in 24 months)." in said
    assert "D.M.: 2 victims" in words(client.get("/patterns/several/?area=walsall&least=2"))
    assert client.get("/patterns/several/?area=nowhere").status_code == 200


def test_the_months_of_a_repeat_are_those_the_partnership_chose(there: Partnership, at_desk: Desk) -> None:
    chosen(there, "coventry", 18, "marac_repeat_months")
    assert "within 18 months of the last referral" in words(at_desk("sergeant").get("/patterns/again/?area=coventry"))


def test_a_victim_harmed_again_and_the_repeat_at_marac(there: Partnership, at_desk: Desk) -> None:
    pair = told(there, days=60), told(there, days=1)
    same(*pair, there.users["officer"], role="victim")
    with writing():
        for number, case in enumerate(pair):
            row = Notification.objects.create(
                agency=there.agencies["west-midlands-police"],
                their_id=f"N-{number}",
                kind="police-incident",
                area="coventry",
                received_on=Case.objects.get(pk=case.pk).received_on,
                content="{}",
                content_mark=str(number),
                case=case,
                stored_at=NOW,
                stored_by=there.users["officer"],
            )
            Report.objects.create(notification=row, case=case)
    assert found(there, "sergeant", AGAIN)[0].count == 2
    said = words(at_desk("sergeant").get("/patterns/again/"))
    assert "A.H.: 2 notifications" in said
    assert "A repeat at MARAC is another thing" in said and "within 12 months of the last referral" in said


def test_a_view_takes_as_many_statements_for_many(there: Partnership, two: tuple[Case, Case]) -> None:
    viewer = Viewer(there.users["sergeant"], NOW)

    def view() -> None:
        queries.patterns(SEVERAL, Viewer(viewer.user, NOW))

    few = statements(view)
    for number in range(5):
        same(two[0], told(there, victim="A" * (number + 11)), there.users["officer"])
    many = statements(view)
    assert len(many) == len(few), differing(few, many)
