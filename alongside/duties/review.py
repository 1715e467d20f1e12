"""Re-evaluate a case, in the transaction of the change that asked for it, and settle what is owed, barred and asked."""

from dataclasses import asdict
from datetime import datetime

from alongside.agencies.models import Agency, User
from alongside.audit.api import action, record
from alongside.cases.models import Case
from alongside.clock import in_london
from alongside.duties import bars, facts, questions, settling
from alongside.duties.evaluation import Finding, People, evaluate, people_in
from alongside.duties.holding import kinds_of, reads_from
from alongside.duties.models import Bar, Duty, Evaluation, ObservedFact, Question, Task
from alongside.duties.providers import observed, the_case_itself
from alongside.duties.routing import Router
from alongside.duties.telling import Telling
from alongside.gate.viewing import holders
from alongside.policy import Outcome, Rulebook
from alongside.policy.codec import to_json
from alongside.procedures import queries as procedures
from alongside.procedures.actions import keep_rules


def register_core_providers() -> None:
    """Facts this app holds itself: stated facts, and what follows from the case being one."""
    reads_from((Task, Duty, Bar, Question))
    facts.provide(the_case_itself)
    facts.provide(observed, reads=(ObservedFact,))


def on_case_changed(*, case: Case, by: User, at: datetime) -> None:
    """The listener registered with `cases`."""
    review(case=case, by=by, at=at)


@action("duties.reviewed")
def review(*, case: Case, by: User, at: datetime) -> Evaluation:
    """Evaluate the packs in force today for the case's places and settle duties, bars and questions; keep the snapshot."""
    kinds = kinds_of(case)
    file = facts.CaseFile(case, tuple(case.members.select_related("person")), at, kinds)
    book = facts.gather(file)
    pack = procedures.pack_at(case.places, in_london(at).date())
    if not procedures.are_kept(pack.hash):
        keep_rules(book=pack, by=by, at=at)
    people = people_in(file)
    findings = evaluate(pack, people, book)
    evaluation = _snapshot(case, pack, people, book, findings, by, at)
    agencies = Agency.objects.filter(pk__in=holders("case", case.pk, at)).order_by("name")
    router = Router(case, procedures.library(), agencies, kinds)
    telling = Telling(pack, file, book, router, at)
    settling.settle_duties(case=case, findings=findings, router=router, reads=telling.reads, kinds=kinds, by=by, at=at)
    bars.settle_bars(case=case, pack=pack, findings=findings, kinds=kinds, at=at)
    questions.settle_questions(case=case, pack=pack, findings=findings, kinds=kinds, at=at)
    record(case, by=by, at=at, evaluation=str(evaluation.pk), pack=pack.hash[:16])
    return evaluation


def _snapshot(
    case: Case,
    pack: Rulebook,
    people: People,
    book: facts.FactBook,
    findings: dict[str, Finding],
    by: User,
    at: datetime,
) -> Evaluation:
    return Evaluation.objects.create(
        case=case,
        version=case.version,
        evaluated_at=at,
        evaluated_by=by,
        area=case.places.home,
        incident_area=case.places.incident,
        victim_area=case.places.victim,
        in_force_on=in_london(at).date(),
        packs=[asdict(p) for p in pack.packs],
        pack_hash=pack.hash,
        facts=[_fact_row(fact) for fact in book.rows()],
        said=[_fact_row(fact) for fact in book.said],
        people={dimension: list(map(str, held)) for dimension, held in people.items()},
        outcomes={
            id_: [str(f.outcome), list(f.about)]
            for id_, f in findings.items()
            if f.outcome is not Outcome.DOES_NOT_FIRE
        },
    )


def _fact_row(fact: facts.FactValue) -> dict[str, object]:
    return {
        "name": fact.name,
        "about": str(fact.about) if fact.about else None,
        "value": to_json(fact.value),
        "said_by": fact.said_by,
        "manner": fact.manner,
        "record": list(map(str, fact.record)),
        "since": fact.since.isoformat() if fact.since else None,
        "disputed": [to_json(v) for v in fact.disputed],
        "standing": fact.standing,
        "agency": str(fact.agency) if fact.agency else None,
        "of": list(map(str, fact.of)),
    }
