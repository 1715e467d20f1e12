"""Plain words of a condition: golden ones, every rule's, and random trees read back from their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from alongside.policy import NOT_APPLICABLE, Fact, Library, Range, Value
from alongside.policy.evaluate import compare, conjunction, disjunction, evaluate, negate
from alongside.policy.parser import parse
from alongside.policy.tree import Compare, Flag, In, Name, Node, Not, walk
from alongside.policy.values import Truth
from alongside.policy.wording import ALL, OPERATORS, Said, Wording

from . import small

CODE = re.compile(r"[a-z0-9]_[a-z0-9]|:\w|[<>={}\[\]]|\b(AND|OR|NOT|IN|BETWEEN|TRUE|FALSE)\b")
GOLDEN = {
    "wm-under-12-months-refer": [
        "all of these:",
        "  there has been violence or abuse, or behaviour that controls, forces or threatens",
        "  at least one of these:",
        "    the age of the youngest child of the family is under 12 months (asked only where there is a child in the family)",
        "    the victim is pregnant",
    ],
    "wm-marac-14-ticks": [
        "the number of the checklist’s topics answered yes is at least 14"
        " (asked only where the risk assessment that the police use is other than DIAL)"
    ],
    "wm-marac-adult-victim-only": [
        "all of these:",
        "  a referral to MARAC is being thought of",
        "  the age of the victim is under 18 years",
    ],
    "wm-marac-escalation": [
        "the number of police callouts to this victim for domestic abuse in the last twelve months is at least the local"
        " number of callouts that counts as escalation"
    ],
    "staffs-dvpo-duration-invalid": [
        "all of these:",
        "  a protection order has been granted",
        "  at least one of these:",
        "    the length of the protection order granted is under 14 days",
        "    the length of the protection order granted is more than 28 days",
    ],
    "staffs-dvds-lawful-test": [
        "all of these:",
        "  at least one of these:",
        "    somebody has asked under the disclosure scheme",
        "    the police hold information that somebody could be at risk",
        "  at least one of these:",
        "    the disclosure is judged not to be lawful",
        "    the disclosure is judged not to be proportionate",
        "    the disclosure is judged not to be necessary",
    ],
    "staffs-is-consent-preferred": [
        "all of these:",
        "  sharing information is being thought of",
        "  consent to share or refer is not unsafe to ask for",
    ],
    "wm-marac-judgement-basis": ["a professional is seriously concerned about the victim’s situation"],
}


def shown(said: Said) -> list[str]:
    return ["  " * depth + text for depth, text in said.lines()]


@pytest.mark.parametrize("rule", GOLDEN)
def test_a_rule_reads_as_a_person_would_say_it(library: Library, rule: str) -> None:
    pack = library.pack("stoke-on-trent" if rule.startswith("staffs") else "coventry", date(2026, 3, 2))
    wording = Wording(pack.vocabulary, pack.parameters)
    assert shown(wording.condition(pack.rule(rule).when)) == GOLDEN[rule]


def test_a_value_of_the_area_stands_in_the_sentence_with_its_standing(library: Library) -> None:
    pack = library.pack("coventry", date(2026, 3, 2), adopted={"marac_ticks": 12})
    wording = Wording(pack.vocabulary, pack.parameters, pack.values)
    assert "is at least 12 (your partnership’s choice)" in wording.condition(pack.rule("wm-marac-14-ticks").when).flat
    escalation = wording.condition("police_callouts_12m >= local_callout_threshold").flat
    assert escalation.endswith("escalation (here: 3, to be confirmed by your partnership)")
    unset = Wording(pack.vocabulary, pack.parameters, {}).condition("police_callouts_12m >= local_callout_threshold")
    assert unset.flat.endswith("escalation (not set here)")
    told = wording.condition("NOT force_in_encompass").flat
    assert told == "the area’s police force does not send notices to schools (here: yes, as shipped)"


def test_every_rule_has_words_for_all_it_asks_about_and_no_code(library: Library) -> None:
    choices = library.parameters("coventry", date(2026, 3, 2))
    wording, rules = Wording(library.vocabulary, choices), list(library.every_rule())
    assert len(rules) > 300
    for rule in rules:
        told = wording.condition(rule.when).flat
        assert not CODE.search(told), (rule.id, told)
        for name in parse(rule.when).names:
            fact = library.vocabulary[name]
            assert fact.said in told or (fact.not_said and fact.not_said in told), (rule.id, name)


def test_every_fact_has_words_of_its_own(library: Library) -> None:
    said = [fact.said for fact in library.vocabulary.values()] + [f.not_said for f in library.vocabulary.values()]
    told = [words for words in said if words]
    assert len(told) == len(set(told)), "two facts are said alike"
    for fact in library.vocabulary.values():
        assert fact.said and bool(fact.not_said) is (fact.type == "boolean"), fact.name
        assert len(fact.words_said) == len(fact.words), fact.name
        for words in (fact.said, fact.not_said, *fact.words_said):
            assert not CODE.search(words) and not words.endswith("."), fact.name
        for clause in filter(None, (fact.said, fact.not_said)):
            assert clause[0].islower() or clause.split()[0].isupper(), fact.name


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("victim_pregnant", True, "the victim is pregnant"),
        ("victim_pregnant", False, "the victim is not pregnant"),
        ("victim_pregnant", None, "not known: whether the victim is pregnant"),
        ("youngest_child_age_months", 1, "the age of the youngest child of the family is 1 month"),
        ("youngest_child_age_months", Range(9, 17), "the age of the youngest child of the family is 9 to 17 months"),
        ("dash_yes_count", Range(9, None), "the number of the checklist’s topics answered yes is at least 9"),
        (
            "youngest_child_age_months",
            NOT_APPLICABLE,
            "the question does not arise: the age of the youngest child of the family",
        ),
        (
            "relationship",
            "ex-partner",
            "the relationship of the person reported as causing harm to the victim is that of a former partner",
        ),
        ("first_contact_due", False, "no first contact with the victim remains to be made"),
        ("consent_status", "refused", "consent to share or refer is withheld"),
    ],
)
def test_a_fact_with_its_value(library: Library, name: str, value: Value, told: str) -> None:
    assert Wording(library.vocabulary).fact(name, value) == told


def test_what_a_rule_asks_is_said_as_the_question(library: Library) -> None:
    wording = Wording(library.vocabulary)
    assert wording.question("victim_pregnant") == f"“{library.vocabulary['victim_pregnant'].question}”"
    assert wording.question("a_new_fact") == "whether a new fact"


def test_no_noun_carries_a_comma_before_what_it_is(library: Library) -> None:
    assert [name for name, fact in library.vocabulary.items() if fact.said.endswith(",")] == []


def test_a_default_is_said_in_the_words_of_its_fact(library: Library) -> None:
    rule = library.pack("coventry", date(2026, 3, 2)).rule("england-older-notices-and-orders")
    assert any("the older ones (DVPN and DVPO)." in words for words in rule.local)


# Random trees, read back. Each boolean is said "a holds" or "a does not hold", every other fact by its name.
SPOKEN: dict[str, Fact] = {
    name: replace(fact, said=f"{name} holds", not_said=f"{name} does not hold")
    if fact.type == "boolean"
    else replace(fact, said=f"the {name}", applies_when=None)
    for name, fact in small.VOCABULARY.items()
}
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
_CLAUSE = re.compile(r"the (?P<left>\w+) is (?P<no>not )?(?P<rest>.+)\Z")


def read_back(said: Said, facts: Mapping[str, Value]) -> Truth:
    """The truth of what is said, worked out from the words alone."""
    if said.parts:
        truths = [read_back(part, facts) for part in said.parts]
        return conjunction(truths) if said.text.endswith(ALL) else disjunction(truths)
    clause = said.text.rpartition(", that is, ")[2]
    if found := _CLAUSE.match(clause):
        truth = _compared(facts.get(found["left"]), found["rest"], facts)
        return negate(truth) if found["no"] else truth
    name, _, rest = clause.partition(" ")
    held = facts.get(name)
    truth = False if held is NOT_APPLICABLE else held if isinstance(held, bool) else None
    return negate(truth) if rest == "does not hold" else truth


def _compared(left: Value, rest: str, facts: Mapping[str, Value]) -> Truth:
    if between := re.fullmatch(r"from (\d) to (\d)", rest):
        return conjunction((compare(left, ">=", int(between[1])), compare(left, "<=", int(between[2]))))
    for op, words in sorted(OPERATORS.items(), key=lambda pair: -len(pair[1])):
        if rest.startswith(f"{words} "):
            return compare(left, op, _read(rest.removeprefix(f"{words} "), facts))
    return disjunction(compare(left, "=", _read(word, facts)) for word in re.split(", | or ", rest))


def _read(word: str, facts: Mapping[str, Value]) -> Value:
    return int(word) if word.isdigit() else facts.get(word[4:]) if word.startswith("the ") else word


def _plain(node: Node) -> bool:
    """Range and IN: the engine looks at the members of a narrow range together, which the reader of one clause does not."""
    return not any(isinstance(part, In) for part in walk(node))


@unhurried
@given(tree=small.trees, facts=small.facts)
def test_what_is_said_decides_as_the_tree_does(tree: Node, facts: dict[str, Value]) -> None:
    if not _plain(tree):
        facts = {name: value for name, value in facts.items() if not isinstance(value, Range)}
    opened = small.pack("a").binder._open(tree)
    facts.pop("dv", None)
    assert read_back(Wording(SPOKEN).node(tree), facts) == evaluate(opened, facts)


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("value", [1, 2, 3])
def test_a_comparison_written_the_other_way_round_says_the_same(op: str, value: int) -> None:
    tree, facts = Compare(2, op, Name("n")), {"n": value}
    assert read_back(Wording(SPOKEN).node(tree), facts) == evaluate(tree, facts)


@unhurried
@given(tree=small.trees)
def test_every_fact_of_a_tree_is_mentioned_and_no_word_repeats_its_denial(tree: Node) -> None:
    told = Wording(SPOKEN).node(tree).flat
    for name in tree.names:
        assert re.search(rf"\b{name} (holds|does not hold)|the {name}\b", told)
    assert Wording(SPOKEN).node(Not(Not(tree))).flat == told
    if not isinstance(tree, Not):
        assert Wording(SPOKEN).node(Not(tree)).flat != told


def test_a_fact_that_is_no_longer_described_is_said_by_its_name() -> None:
    assert Wording({}).leaf(Flag(Name("old_fact"))) == "old fact"
    assert Wording({}).leaf(Flag(Name("old_fact")), negated=True) == "it is not so that old fact"
