"""A case whose places lie in different areas: each rule once, by the text and the choices of the area it follows."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy import JointPack, Library, Places

ON = date(2026, 3, 2)
POLICE_IN_COVENTRY = Places(home="stoke-on-trent", incident="coventry", victim="stoke-on-trent")
ALL_APART = Places(home="stoke-on-trent", incident="coventry", victim="walsall")


def test_one_area_is_its_own_pack(library: Library) -> None:
    one = Places("coventry", "coventry", "coventry")
    assert library.joint(one, ON, adopted={}) is library.pack("coventry", ON)


def test_each_rule_is_taken_from_the_area_it_follows(library: Library) -> None:
    joint = library.joint(POLICE_IN_COVENTRY, ON, adopted={})
    ids = [rule.id for rule in joint.rules]
    assert len(ids) == len(set(ids))
    assert {"wm-dash-at-all-calls", "wm-dash-copy-to-mash", "wm-encompass-notify"} <= set(ids)
    assert {"staffs-refer-significant-harm-immediately", "staffs-marac-list-to-childrens-services"} <= set(ids)
    assert not {
        "wm-under-12-months-refer",
        "wm-marac-14-ticks",
        "staffs-dial-complete",
        "staffs-dial-supervisor-review",
    } & set(ids)


def test_marac_is_the_victims_home(library: Library) -> None:
    ids = {rule.id for rule in library.joint(ALL_APART, ON, adopted={}).rules}
    assert {"wm-marac-14-ticks", "wm-marac-professional-judgement"} <= ids
    assert not any(id_.startswith("staffs-marac-list") or id_ == "staffs-high-risk-to-marac" for id_ in ids)


@settings(deadline=None)
@given(st.data())
def test_a_joint_pack_decides_as_the_area_of_each_rule_would(library: Library, data: st.DataObject) -> None:
    joint = library.joint(ALL_APART, ON, adopted={})
    told = [name for name, fact in library.vocabulary.items() if fact.type == "boolean" and not fact.derived]
    facts = data.draw(st.dictionaries(st.sampled_from(told), st.sampled_from([True, False, None])))
    alone = {area: library.pack(area, ON).outcomes(facts) for area in ALL_APART.areas}
    together = joint.outcomes(facts)
    assert together == {rule.id: alone[ALL_APART.of(library.follows(rule))][rule.id] for rule in joint.rules}
    rule = data.draw(st.sampled_from(joint.rules))
    assert joint.decide_rule(rule.id, facts).outcome is together[rule.id]
    assert joint.outcomes(facts, [rule.id]) == {rule.id: together[rule.id]}


def test_a_choice_adopted_in_one_area_decides_its_rules_alone(library: Library) -> None:
    facts = {"abuse_incident": True, "domestic_abuse_known_or_suspected": True, "dash_yes_count": 12}
    outcomes = [
        library.joint(ALL_APART, ON, adopted={area: {"marac_ticks": 12}}).outcomes(facts)["wm-marac-14-ticks"]
        for area in ("walsall", "coventry")
    ]
    assert outcomes == ["fires", "does-not-fire"]


def test_a_joint_hash_tells_its_places_apart(library: Library) -> None:
    books = [library.joint(places, ON, adopted={}) for places in (POLICE_IN_COVENTRY, ALL_APART)]
    assert all(isinstance(book, JointPack) for book in books)
    assert len({book.hash for book in books}) == 2
    assert library.joint(ALL_APART, ON, adopted={}) is books[1]
    assert {version.id for version in books[1].packs} >= {"staffordshire", "west-midlands", "england"}


@pytest.mark.parametrize("follows", ["home", "incident", "victim"])
def test_every_place_decides_something(library: Library, follows: str) -> None:
    assert [rule for rule in library.every_rule() if library.follows(rule) == follows]
