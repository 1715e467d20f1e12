"""Every write names its actor and its instant and leaves one event (house style, point 14)."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable
from typing import Any

from alongside.audit.acts import ACTIONS, discover
from tests.sweeps.source import Source, functions, sources

# Public functions of actions modules that are no actions of their own, each with its reason.
PARTS = {
    "agencies/actions.py begin_signing_in": "part of the act that gives somebody words to begin with",
    "agencies/actions.py forget_factors": "part of the act that closes an account",
    "agencies/actions.py bring_to_teams": "part of the act that says where somebody works",
    "casework/actions/scene.py missing": "says what is still to be answered; writes nothing",
    "gate/actions.py close_grounds": "closes the doors to a record that is gone, each by its own act",
    "intake/actions.py receive": "checks, and hands on to the act that stores",
    "keeping/actions.py erase_again": "drives the erasing again, each batch of which is an act",
    "looking/actions.py follow": "copies what the chains say; each look it raises is an act",
    "outbox/actions.py post": "part of the act that causes the message, in its transaction",
    "outbox/actions.py schedule": "part of the act that needs the timer, in its transaction",
    "outbox/actions.py cancel": "part of the act that no longer needs the timer",
    "outbox/actions.py claim": "the worker's lease, before anything is sent; the sending is the act",
    "outbox/actions.py hold": "settles or postpones one message, each of which is an act, and asks a colleague with it",
    "outbox/actions.py release": "part of the act by which a colleague decides; each message is an act",
    "outbox/actions.py void": "part of the act that changed what messages rested on; each message is an act",
    "outbox/actions.py reclaim": "settles leases of a worker that died; each message it holds is an act",
    "outbox/actions.py delay": "works out a time; writes nothing",
    "people/actions/keying.py rebuild_keys": "drives the batches, each of which is an act",
    "people/actions/reaching.py ask_colleague": "part of the act that cannot be shown to be safe; the task is an act",
    "people/actions/reaching.py held": "part of the act that holds a message",
    "people/actions/reaching.py void_waiting": "part of the act that changes what messages and letters rest on; each is an act",
    "people/actions/recording.py keep_ways": "part of the acts that record people or confirm a way",
    "releases/actions/preparing.py check_whole": "reads; writes nothing",
    "releases/actions/preparing.py told": "part of the acts that release a paper or call it back; the line is an act",
    "releases/actions/releasing.py tell_team": "rung by a timer, in its transaction; the message it posts is an act",
    "sealed/actions.py sealed_fields": "reads; writes nothing",
    "sealed/actions.py rotate": "drives the batches, each of which is an act",
    "sharing/conflicts/actions.py look_in": "part of the act that changed a case; each conflict it opens is an act",
    "sharing/emergency/actions.py ask_again": "rung by a timer, in its transaction; each message it posts is an act",
    "staffing/actions.py signing_in": "says who tells of a try; writes nothing",
    "sealed/actions.py waiting": "reads; writes nothing",
}


def action_modules() -> list[Source]:
    found = [source for source in sources() if "actions" in source.name.removesuffix(".py").split("/")[1:]]
    assert len(found) > 5, "the sweep has lost the actions"
    return found


def decorator_name(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "action":
            first = decorator.args[0]
            assert isinstance(first, ast.Constant)
            return str(first.value)
    return None


def declared() -> dict[str, str]:
    """Action name to where it is written, over the whole product."""
    return {
        name: f"{source.name}:{function.lineno} {function.name}"
        for source in sources()
        for function in functions(source.tree)
        if (name := decorator_name(function))
    }


def registered() -> dict[str, Callable[..., Any]]:
    """The registry with every actions module imported; actions made up by other tests are left out."""
    discover()
    for source in action_modules():
        importlib.import_module(
            "alongside." + source.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        )
    found = {name: act for name, act in ACTIONS.items() if act.__module__.startswith("alongside.")}
    assert len(found) > 20, "the sweep has lost the registry"
    return found


def test_every_action_takes_its_actor_and_its_instant() -> None:
    for name, act in registered().items():
        parameters = inspect.signature(act).parameters
        for needed in ("by", "at"):
            assert needed in parameters, f"{name} does not take {needed}="
            assert parameters[needed].kind is inspect.Parameter.KEYWORD_ONLY, f"{name}: {needed} is not keyword-only"


def test_what_is_written_is_what_is_registered() -> None:
    assert sorted(declared()) == sorted(registered())


def test_every_action_is_named_for_its_app_and_records_in_its_body() -> None:
    for source in sources():
        for function in functions(source.tree):
            name = decorator_name(function)
            if name is None:
                continue
            assert name.split(".")[0] == source.app, f"{source.name}:{function.lineno} is named {name}"
            calls = {node.func for node in ast.walk(function) if isinstance(node, ast.Call)}
            said = {call.id for call in calls if isinstance(call, ast.Name)} | {
                call.attr for call in calls if isinstance(call, ast.Attribute)
            }
            assert "record" in said, f"{name} ({source.name}:{function.lineno}) leaves no event"


def test_every_public_write_is_an_action() -> None:
    loose = []
    for source in action_modules():
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and decorator_name(node) is None:
                loose.append(f"{source.name} {node.name}")
    assert sorted(set(loose) - set(PARTS)) == []
    assert sorted(set(PARTS) - set(loose)) == []
