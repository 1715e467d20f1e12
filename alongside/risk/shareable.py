"""Assessments as records that may be shared, topic by topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from alongside.cases.models import Case
from alongside.design.moments import when
from alongside.gate.viewing import Viewer
from alongside.risk.instruments import ANSWERS, Instrument, instruments
from alongside.risk.models import Assessment
from alongside.risk.pages import SOURCES, grade_words, told_on
from alongside.risk.queries import assessments
from alongside.sharing.hooks import Part, Shareable


def find(case: Case, viewer: Viewer) -> Iterable[Shareable]:
    """Every assessment of a case the viewer may see, the latest first."""
    for row in reversed(list(assessments(case, viewer))):
        instrument = instruments().get(row.instrument)
        if instrument is not None:
            title = f"{instrument.title}, filled in {when(told_on(row), year=True)}, {row.agency.name}"
            yield Shareable("risk.assessment", row.pk, title, partial(_parts, instrument, row))


def _parts(instrument: Instrument, row: Assessment) -> Iterator[Part]:
    """The grade and the worry as they were given, then every topic: one that was not asked says so."""
    if row.grade:
        yield Part("grade", "Grade given", grade_words(row.grade))
    if row.serious_concern:
        yield Part("concern", "Serious concern", row.reason or "Yes")
    said = {answer.topic: answer for answer in row.answers.all()}
    for topic in instrument.topics:
        answer = said.get(topic.key)
        if answer is None:
            yield Part(topic.key, topic.label, "Not asked")
            continue
        source = SOURCES.get(answer.source, "") if answer.source != "victim" else ""
        yield Part(topic.key, topic.label, "; ".join(p for p in (ANSWERS[answer.answer], source, answer.note) if p))
