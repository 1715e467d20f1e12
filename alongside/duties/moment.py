"""Bars that belong to the moment of an act: a letter about to be posted, a leaflet about to be left.

They are no part of a case's evaluation. Where such an act could be done, every way of doing it is tried on the facts, so that the
bar stands beside the act before anybody has chosen it.
"""

from __future__ import annotations

from collections.abc import Mapping

from alongside.policy import Outcome, Pack, Rule, Value


def bars_at_hand(pack: Pack, values: Mapping[str, Value]) -> list[tuple[Rule, Outcome]]:
    """Bars whose condition hangs on how an act is done, with their worst outcome over every way; those that never stand are left out."""
    found = []
    for rule in pack.rules:
        if rule.reaches_as != "bar":
            continue
        moments = [pack.vocabulary[name] for name in pack.facts_of(rule.id) if pack.vocabulary[name].kind == "moment"]
        tried = [{fact.name: word} for fact in moments for word in fact.words]
        outcomes = {pack.outcomes({**values, **one}, rules=(rule.id,))[rule.id] for one in tried}
        if moments and outcomes - {Outcome.DOES_NOT_FIRE}:
            found.append((rule, Outcome.FIRES if Outcome.FIRES in outcomes else Outcome.CANNOT_DECIDE))
    return found
