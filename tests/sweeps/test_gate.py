"""Rows are reached only through queries, actions and models: the edge never asks a table (house style, point 12)."""

from __future__ import annotations

import ast

from tests.sweeps.source import Source, sources

DOORS = {"objects", "_default_manager", "_base_manager", "raw"}

# Names of modules that may ask a table, in every app.
MODULES = {
    "models": "nouns and invariants",
    "queries": "reads, limited to what the viewer may see",
    "actions": "writes",
    "providers": "facts of one case for its evaluation, which no viewer sees unfiltered",
    "evidence": "evidence of one case for its duties, in the transaction of the act",
    "sent": "to whom a case went, for the grounds of the gate",
}

# Single modules, each with its reason.
FILES = {
    "gate/viewing.py": "it is the gate",
    "audit/chain.py": "the chain is written here and nowhere else",
    "audit/states.py": "changes of state, written inside actions",
    "audit/verify.py": "verifying walks every chain",
    "audit/anchors.py": "anchors copy the heads of the chains",
    "outbox/worker.py": "the worker sends for nobody in particular",
    "staffing/factors.py": "a session that is proven is listed under its new name",
    "outbox/backends.py": "mail of the demonstration is caught here",
    "uploads/cleaner.py": "the objects of a PDF, in a process that knows no table",
    "demo/partnership.py": "the invented partnership is made here, before anybody can sign in",
    "keeping/erasing.py": "erasing finds every row of somebody, whoever may see it, inside the act of two people",
    "duties/bars.py": "evaluation keeps its bars",
    "duties/notices.py": "a timer looks whether a task was opened",
    "duties/counting.py": "figures without names, for the browser of procedures",
    "duties/again.py": "an operator's check that deciding again gives the same, counts only",
    "duties/population.py": "an operator's export of what was decided, without names, recorded by its action",
    "duties/questions.py": "evaluation keeps its questions",
    "duties/review.py": "evaluation keeps its snapshot",
    "duties/settling.py": "evaluation keeps its duties",
    "duties/telling.py": "evaluation asks what a receiving team knows",
    "children/watching.py": "a timer looks whether a notice was opened",
    "intake/drafts/watching.py": "a timer looks whether a call was sent",
}


def doors(source: Source) -> list[str]:
    return [
        f"{source.name}:{node.lineno} .{node.attr}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in DOORS
    ]


def may_ask(source: Source) -> bool:
    parts = source.name.removesuffix(".py").split("/")[1:]
    return source.name in FILES or any(part in MODULES for part in parts)


def test_only_queries_actions_and_models_ask_tables() -> None:
    asked = {source.name: doors(source) for source in sources()}
    assert sum(len(found) for found in asked.values()) > 50, "the sweep has lost the tables"
    wrong = [line for source in sources() if not may_ask(source) for line in asked[source.name]]
    assert wrong == []


def test_no_exception_is_kept_for_nothing() -> None:
    asking = {source.name for source in sources() if doors(source)}
    assert sorted(set(FILES) - asking) == []
