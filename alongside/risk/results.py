"""What answers come to. A result is a range: the topics answered yes, up to those plus every topic not answered yes or no."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from alongside.policy import Range, Value
from alongside.risk.instruments import Instrument
from alongside.risk.models import Assessment

SETTLED = ("yes", "no")


@dataclass(frozen=True)
class Result:
    """`least` to `most` topics said yes; `open_topics` not answered yes or no; `disputed` where two sources differ."""

    least: int
    most: int
    open_topics: tuple[str, ...]
    disputed: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        return self.least == self.most


def count(instrument: Instrument, answers: Mapping[str, Iterable[str]]) -> Result:
    """Count topics; `answers` gives each topic the latest answer of every source."""
    yes, open_topics, disputed = 0, [], []
    for key in instrument.keys:
        said = {answer for answer in answers.get(key, ()) if answer in SETTLED}
        if said == {"yes"}:
            yes += 1
        elif said != {"no"}:
            open_topics.append(key)
            if len(said) == 2:
                disputed.append(key)
    return Result(yes, yes + len(open_topics), tuple(open_topics), tuple(disputed))


def narrowed(result: Result, stated: Value) -> Result:
    """The result with the number, or range, stated outright beside it; what does not meet it changes nothing."""
    if not isinstance(stated, int | Range):
        return result
    low, high = (stated.min, stated.max) if isinstance(stated, Range) else (stated, stated)
    least, most = max(result.least, int(low or 0)), min(result.most, result.most if high is None else int(high))
    return replace(result, least=least, most=most) if least <= most else result


def latest_by_source(assessments: Iterable[Assessment]) -> dict[str, list[str]]:
    """Each topic's answers, the latest settled one per agency; `assessments` come oldest first with their answers read."""
    per: dict[tuple[str, object], str] = {}
    for assessment in assessments:
        for row in assessment.answers.all():
            key = (row.topic, assessment.agency_id)
            if row.answer in SETTLED or key not in per:
                per[key] = row.answer
    answers: dict[str, list[str]] = {}
    for (topic, _), answer in per.items():
        answers.setdefault(topic, []).append(answer)
    return answers
