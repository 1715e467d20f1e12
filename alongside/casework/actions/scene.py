"""Keeping and finishing the scene record."""

from datetime import datetime

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.casework.codes import WAY_ACTS
from alongside.casework.models import SceneRecord
from alongside.duties.bars import check_not_barred
from alongside.risk.models import Assessment

ANSWERS = {
    "children_in_household": "whether children live in the household",
    "pregnant": "whether the victim is pregnant",
    "exposure": "whether a child was exposed to it",
    "safeguarding_done": "what was done to make the victim safe",
    "information": "whether information on services was given",
}


@action("casework.scene_kept")
def keep(*, case: Case, values: dict[str, str], by: User, at: datetime) -> SceneRecord:
    """Keep what has been answered so far; an empty value leaves a question unanswered."""
    access.check_may(by, "finish_scene")
    row, _ = SceneRecord.objects.get_or_create(case=case, defaults={"started_at": at, "started_by": by})
    if row.finished_at is not None:
        raise Refused(
            "This scene record is finished. Nothing was changed; what you learn now goes to the open questions of the case."
        )
    if values.get("information") == "given" and values.get("information_how") in WAY_ACTS:
        check_not_barred(case, WAY_ACTS[values["information_how"]])
    for name in (*ANSWERS, "information_how", "information_note"):
        if name in values:
            setattr(row, name, values[name])
    row.save()
    record(row, by=by, at=at, case=str(case.pk))
    cases.changed(case=case, by=by, at=at)
    return row


def missing(case: Case, row: SceneRecord | None) -> list[str]:
    """What still has to be answered, in words; *not known* is an answer."""
    lacking = [words for name, words in ANSWERS.items() if not getattr(row, name, "")]
    if not Assessment.objects.filter(case=case).exists():
        lacking.append("the risk assessment (a topic may be answered “not asked”)")
    return lacking


@action("casework.scene_finished")
def finish(*, case: Case, by: User, at: datetime) -> SceneRecord:
    """Finish the record: five answers and an assessment; what is lacking is named."""
    access.check_may(by, "finish_scene")
    row = SceneRecord.objects.select_for_update().filter(case=case).first()
    lacking = missing(case, row)
    if lacking or row is None:
        raise Refused(
            f"The scene record still needs {'; '.join(lacking)}. “Not known” is an answer. What you have typed is kept."
        )
    if row.finished_at is None:
        row.finished_at, row.finished_by = at, by
        row.save(update_fields=["finished_at", "finished_by"])
        cases.note(
            case=case,
            what="The scene record was finished",
            record_kind="casework.scenerecord",
            record_id=row.pk,
            by=by,
            at=at,
        )
    record(row, by=by, at=at, case=str(case.pk))
    cases.changed(case=case, by=by, at=at)
    return row
