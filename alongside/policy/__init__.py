"""The written procedure, run: packs of rules, decided for one case with its reasons. No Django inside.

library = load_library("packs")
pack = library.pack("coventry", date(2026, 3, 2))
decision = pack.decide({"abuse_incident": True, "victim_pregnant": None})
decision.fires, decision.cannot_decide, decision.results[0].why
"""

from alongside.policy.decision import Decision, Result
from alongside.policy.faults import Fault, PackFaults, PolicyError
from alongside.policy.joint import JointPack, Places, Rulebook
from alongside.policy.library import Library, load_library
from alongside.policy.pack import Pack
from alongside.policy.questions import ask_next
from alongside.policy.rules import Act, Actor, Cite, Parameter, Rule, Timer
from alongside.policy.values import NOT_APPLICABLE, Outcome, Range, Value
from alongside.policy.vocabulary import Fact

__all__ = [
    "NOT_APPLICABLE",
    "Act",
    "Actor",
    "Cite",
    "Decision",
    "Fact",
    "Fault",
    "JointPack",
    "Library",
    "Outcome",
    "Pack",
    "PackFaults",
    "Parameter",
    "Places",
    "PolicyError",
    "Range",
    "Result",
    "Rule",
    "Rulebook",
    "Timer",
    "Value",
    "ask_next",
    "load_library",
]
