"""The calls and reports the demonstration begins with, in the form of the contract, told relative to the moment it is made."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from alongside.demo.generate import KnownFamily
from alongside.people.records import AddressSaid, PersonSaid

Said = dict[str, Any]


def moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def born(at: datetime, years: int, months: int = 0) -> str:
    """A date of birth that makes somebody so old today."""
    return (at.date() - timedelta(days=years * 365 + years // 4 + months * 30 + 11)).isoformat()


def person(ref: str, role: str, given: str, family: str, birth: str | None, sex: str, **more: object) -> Said:
    return {
        "ref": ref,
        "roles": [role],
        "given_name": given,
        "family_name": family,
        "date_of_birth": birth,
        "sex": sex,
        **more,
    }


def home(lines: str, postcode: str) -> list[Said]:
    return [{"lines": lines, "postcode": postcode, "current": True}]


def related(to_victim: str, *children: str) -> list[Said]:
    held: list[Said] = [{"from": "p", "to": "v", "kind": to_victim}]
    return held + [{"from": "v", "to": child, "kind": "parent-of"} for child in children]


def police(id_: str, area: str, occurred: datetime, received: datetime, summary: str, **incident: object) -> Said:
    force = "staffordshire-police" if area in ("stoke-on-trent", "staffordshire") else "west-midlands-police"
    return {
        "id": id_,
        "kind": "police-incident",
        "source": {"agency": force, "name": "Attending officer", "role": "Police officer"},
        "occurred_at": moment(occurred),
        "received_at": moment(received),
        "area": area,
        "summary": summary,
        "incident": {"police_attended": True, **incident},
    }


def just_now(at: datetime) -> Said:
    """A call a few minutes ago; nobody has done anything yet."""
    said = police(
        "DEMO-CALL-1",
        "coventry",
        at - timedelta(minutes=26),
        at - timedelta(minutes=8),
        "Called by a neighbour. Shouting and something thrown. A boy of four opened the door.",
        types=["psychological", "threats"],
        recorded_as="non-crime",
        arrest_made=False,
        weapons_used=None,
    )
    return said | {
        "people": [
            person("v", "victim", "Ioana", "Munteanu", born(at, 29), "female", pregnant=None, first_language="Romanian",
                   interpreter_needed=True, addresses=home("Flat 6, 31 Juniper Way", "CV1 5QT"), phones=["07700 900214"]),
            person("p", "person-causing-harm", "Bogdan", "Munteanu", born(at, 33)[:4], "male", lives_in_household=True),
            person("c", "child", "Luca", "Munteanu", born(at, 4, 5), "male", lives_in_household=True, present=True,
                   experienced_incident=True, harmed=None),
        ],
        "relationships": related("spouse", "c"),
        "risk": [{"instrument": "dash", "person": "v", "grade": None,
                  "answers": {"frightened": "yes", "isolated": "yes", "controls_everything": "not-known"}}],
    }  # fmt: skip


def with_baby(at: datetime) -> Said:
    """A call four days ago, referred and decided since."""
    there = at - timedelta(days=4)
    said = police(
        "DEMO-CALL-2",
        "coventry",
        there - timedelta(minutes=40),
        there,
        "Called by the victim's sister. Pushed while holding the baby. No injury seen.",
        types=["physical", "coercive"],
        recorded_as="crime",
        minor=False,
        arrest_made=True,
    )
    return said | {
        "people": [
            person("v", "victim", "Harpreet", "Sandhu", born(at, 31), "female", pregnant=False,
                   addresses=home("14 Weaver Croft", "CV6 2LN"), phones=["07700 900377"]),
            person("p", "person-causing-harm", "Jaswinder", "Gill", born(at, 34), "male", lives_in_household=True),
            person("c1", "child", "Simran", "Gill", born(at, 0, 8), "female", lives_in_household=True, present=True,
                   experienced_incident=True, harmed=False),
            person("c2", "child", "Arjan", "Gill", born(at, 7, 2), "male", lives_in_household=True, present=True,
                   experienced_incident=True, school={"urn": "000001", "name": "Example Primary School"}),
        ],
        "relationships": related("partner", "c1", "c2"),
        "risk": [{"instrument": "dash", "person": "v", "grade": "medium", "answers": {
            "injury": "no", "frightened": "yes", "fear_of_further": "yes", "isolated": "no", "pregnant_or_baby": "yes",
            "happening_more_often": "yes", "getting_worse": "not-known", "controls_everything": "yes"}}],
        "safe_contact": [{"person": "v", "channel": "phone", "value": "07700 900377", "safe": True,
                          "hours": "weekdays 10 to 2", "who_may_answer": "only her"}],
    }  # fmt: skip


def high_risk(at: datetime) -> Said:
    """A call six days ago that police graded high; on the list of the next MARAC."""
    there = at - timedelta(days=6)
    said = police(
        "DEMO-CALL-3",
        "coventry",
        there - timedelta(minutes=55),
        there,
        "Called by the victim from a shop. Former partner waited at the bus stop with a knife in his bag.",
        types=["stalking", "threats", "physical"],
        recorded_as="crime",
        minor=False,
        arrest_made=True,
        weapons_used=True,
        threats_to_kill=True,
    )
    return said | {
        "people": [
            person("v", "victim", "Adaeze", "Okafor", born(at, 38), "female", pregnant=False,
                   addresses=home("9 Sorrel Grove", "CV2 3HD"), phones=["07700 900481"]),
            person("p", "person-causing-harm", "Marlon", "Reid", born(at, 41), "male", lives_in_household=False),
        ],
        "relationships": related("ex-partner"),
        "risk": [{"instrument": "dash", "person": "v", "grade": "high", "serious_concern": True,
                  "serious_concern_reason": "He knew the times of her shifts, and had brought a knife.", "answers": {
            "injury": "yes", "frightened": "yes", "fear_of_further": "yes", "isolated": "no", "separated_within_year": "yes",
            "stalking": "yes", "pregnant_or_baby": "no", "happening_more_often": "yes", "getting_worse": "yes",
            "controls_everything": "yes", "weapons_or_objects": "yes", "threats_to_kill": "yes",
            "strangulation_or_suffocation": "not-known", "others_threatening": "no", "animal_cruelty": "no",
            "threatened_suicide": "yes", "breached_orders": "no", "criminal_history": "yes"}}],
        "safe_contact": [{"person": "v", "channel": "text", "value": "07700 900481", "safe": True,
                          "hours": "after 6pm", "who_may_answer": "only her"}],
        "consent": [{"person": "v", "purpose": "referral", "status": "given"}],
    }  # fmt: skip


def with_dial(at: datetime) -> Said:
    """A call yesterday in Stoke-on-Trent, with the police log of Staffordshire, not reviewed yet."""
    there = at - timedelta(hours=20)
    said = police(
        "DEMO-CALL-4",
        "stoke-on-trent",
        there - timedelta(minutes=70),
        there,
        "Called by the victim. Telephone taken; door kicked. Daughter of nine in her room.",
        types=["controlling", "threats"],
        recorded_as="crime",
        minor=False,
        arrest_made=False,
    )
    return said | {
        "people": [
            person("v", "victim", "Katarzyna", "Wieczorek", born(at, 36), "female", pregnant=False, first_language="Polish",
                   interpreter_needed=False, addresses=home("77 Kiln Lane", "ST4 6QJ")),
            person("p", "person-causing-harm", "Shaun", "Colclough", born(at, 39), "male", lives_in_household=True),
            person("c", "child", "Maja", "Wieczorek", born(at, 9, 3), "female", lives_in_household=True, present=True,
                   experienced_incident=None, harmed=False),
        ],
        "relationships": related("partner", "c"),
        "risk": [{"instrument": "dial", "person": "v", "completed_at": moment(there), "completed_by": "Police officer",
                  "grade": "medium", "answers": {"separation": "no", "escalation": "yes", "stalking": "not-known",
                                                 "sexual_abuse": "not-safe-to-ask"}}],
    }  # fmt: skip


def nothing_known(at: datetime) -> Said:
    """Somebody worried told housing very little: everything is not known, and nothing is a no."""
    return {
        "id": "DEMO-REPORT-5",
        "kind": "third-party-report",
        "source": {"agency": "coventry-housing", "name": "Housing officer", "role": "Housing officer", "protect_identity": True},
        "received_at": moment(at - timedelta(hours=3)),
        "occurred_at": None,
        "area": "coventry",
        "summary": "A neighbour says she hears somebody crying at night. She does not know their names.",
        "people": [person("v", "victim", "", "", None, "female") | {"sex": None, "given_name": None, "family_name": None,
                   "addresses": home("Flat 2, 8 Thistle Close", "CV5 7PE")}],
    }  # fmt: skip


def nobody_to_send_to(at: datetime) -> Said:
    """A call graded high in Dudley, where nobody holds the role of independent adviser."""
    there = at - timedelta(hours=9)
    said = police(
        "DEMO-CALL-6",
        "dudley",
        there - timedelta(minutes=35),
        there,
        "Called by a colleague at work. Bruises on both arms; afraid to go home.",
        types=["physical", "coercive"],
        recorded_as="crime",
        minor=False,
        arrest_made=None,
        attempted_strangulation=True,
    )
    return said | {
        "people": [
            person("v", "victim", "Shazia", "Mahmood", born(at, 27), "female", pregnant=None,
                   addresses=home("120 Foundry Road", "DY2 8RB")),
            person("p", "person-causing-harm", "Kashif", "Mahmood", born(at, 30), "male", lives_in_household=True),
        ],
        "relationships": related("spouse"),
        "facts": {"assessed_high_risk": True},
        "risk": [{"instrument": "dash", "person": "v", "grade": "high", "serious_concern": True,
                  "serious_concern_reason": "Grabbed by the throat twice this month.", "answers": {
                      "injury": "yes", "frightened": "yes", "strangulation_or_suffocation": "yes", "getting_worse": "yes"}}],
    }  # fmt: skip


def at_school_without_terms(at: datetime) -> Said:
    """A call last night in Walsall, where nobody has entered the schools' term dates."""
    there = at - timedelta(hours=11)
    said = police(
        "DEMO-CALL-7",
        "walsall",
        there - timedelta(minutes=45),
        there,
        "Called by a child of eleven who hid in the bathroom.",
        types=["physical", "emotional"],
        recorded_as="crime",
        minor=False,
        arrest_made=True,
    )
    return said | {
        "people": [
            person("v", "victim", "Hodan", "Warsame", born(at, 34), "female", pregnant=False,
                   addresses=home("3 Larch Rise", "WS2 9KD")),
            person("p", "person-causing-harm", "Guled", "Hersi", born(at, 37), "male", lives_in_household=True),
            person("c", "child", "Ladan", "Hersi", born(at, 11, 1), "female", lives_in_household=True, present=True,
                   experienced_incident=True, harmed=False, own_words="I locked the door and rang.",
                   school={"urn": "000018", "name": "Walsall Park Primary School"}),
        ],
        "relationships": related("spouse", "c"),
    }  # fmt: skip


def from_a_midwife(at: datetime) -> Said:
    """A midwife rang children's social care two hours ago; the written form is still owed."""
    return {
        "id": "DEMO-REFERRAL-8",
        "kind": "telephone-referral",
        "source": {"agency": "coventry-health", "name": "Midwife", "role": "Midwife"},
        "received_at": moment(at - timedelta(hours=2)),
        "occurred_at": None,
        "area": "coventry",
        "summary": "Told at an antenatal appointment: pushed on the stairs last week. Twenty weeks pregnant.",
        "people": [
            person("v", "victim", "Chantelle", "Palmer", born(at, 24), "female", pregnant=True,
                   addresses=home("41 Holly Avenue", "CV2 1FS"), phones=["07700 900592"]),
            person("p", "person-causing-harm", "Ryan", "Tonks", born(at, 26)[:4], "male", lives_in_household=None),
            {"ref": "u", "roles": ["unborn-child"]},
        ],
        "relationships": related("partner"),
        "consent": [{"person": "v", "purpose": "referral", "status": "given"}],
        "safe_contact": [{"person": "v", "channel": "in-person", "safe": True, "note": "at the clinic, alone"}],
    }  # fmt: skip


# What housing holds of the two families of the examples, spelt as it was once written down: a look-up finds them.
HELD_BY_HOUSING = (
    (("Aisha", "Hussain", "1996-05-11", "female", "1 Example Road", "CV6 5AA", "victim"),),
    (
        ("Joana", "Nowak", "1990-09-02", "female", "22 Example Street", "CV2 4AA", "victim"),
        ("Zofia", "Nowak", "2017-11", "female", "22 Example Street", "CV2 4AA", "child"),
    ),
)


def held_by_housing(at: datetime) -> list[KnownFamily]:
    """Records from before, of the families of both examples."""
    told_on = at - timedelta(days=400)
    return [
        KnownFamily(
            "coventry-housing", "coventry", told_on, tuple(_held(place, *row) for place, row in enumerate(rows))
        )
        for rows in HELD_BY_HOUSING
    ]


def _held(
    place: int, given: str, family: str, birth: str, sex: str, lines: str, postcode: str, role: str
) -> tuple[PersonSaid, str]:
    address = AddressSaid(lines, postcode, current=True)
    return PersonSaid(str(place), given, family, date_of_birth=birth, sex=sex, addresses=(address,)), role
