"""The scene record of a case, and what is known already of what it asks."""

from __future__ import annotations

from typing import Any

from alongside.cases.models import Case
from alongside.casework.models import SceneRecord
from alongside.duties.models import Evaluation
from alongside.gate.viewing import Viewer

KNOWN = ("child_in_household", "victim_pregnant", "child_exposed_to_dva", "child_experienced_incident")


def of_case(case: Case, viewer: Viewer) -> SceneRecord | None:
    """The record, once somebody has begun it."""
    return SceneRecord.objects.visible_to(viewer).filter(case=case).select_related("started_by", "finished_by").first()


def known(case: Case, viewer: Viewer) -> dict[str, tuple[Any, str]]:
    """What the latest evaluation knows of the five questions: value, and who said so."""
    evaluation = Evaluation.objects.visible_to(viewer).filter(case=case).order_by("-version", "-evaluated_at").first()
    rows = evaluation.facts if evaluation else []
    return {
        row["name"]: (row["value"], row["said_by"]) for row in rows if row["name"] in KNOWN and row["about"] is None
    }
