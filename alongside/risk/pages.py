"""Words for the risk screens. No result is ever called low: what was not asked is said in the same breath."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.urls import reverse

from alongside.cases.models import Case
from alongside.design.moments import when
from alongside.duties.models import ObservedFact
from alongside.gate.viewing import Viewer
from alongside.risk import queries
from alongside.risk.instruments import ANSWERS, Instrument, Topic, instruments
from alongside.risk.models import Answer, Assessment
from alongside.risk.queries import Threshold
from alongside.risk.results import SETTLED, Result, count, latest_by_source, narrowed

SOURCES = {
    "victim": "The victim",
    "child": "A child",
    "seen": "Seen by the worker",
    "other-person": "Somebody else there",
    "record": "A record",
    "force-form": "The force's own form",
}
GRADES = {"high": "High", "medium": "Medium", "standard": "Standard (the form's word; it is not “no risk”)"}
# In the order they are offered; where asking may endanger, "not safe to ask" stands first.
KEYS = {"yes": "y", "no": "n", "not-known": "k", "refused": "r", "not-asked": "a", "not-safe-to-ask": "s"}
OPEN_WORDS = {
    "not-asked": "not asked",
    "not-known": "not known",
    "refused": "the victim did not want to say",
    "not-safe-to-ask": "not safe to ask",
    "disputed": "disputed",
}


@dataclass(frozen=True)
class Standing:
    """Where a checklist stands: figures for the bar and the sentence under it."""

    low: int
    high: int
    top: int
    threshold: int | None
    number_words: str
    sentence: str
    disputed: tuple[str, ...]


def choices(sensitive: bool) -> list[dict[str, str]]:
    """The six answers of one topic, kept apart."""
    order = sorted(ANSWERS, key=lambda code: code != "not-safe-to-ask") if sensitive else list(ANSWERS)
    return [{"value": code, "text": ANSWERS[code], "key": KEYS[code]} for code in order]


def number_words(threshold: Threshold) -> str:
    """Where the local number comes from; an unadopted one says so."""
    if threshold.number is None:
        return "the procedures of this area name no number of topics"
    if threshold.agreed:
        return f"local number {threshold.number}"
    proposed = f"; proposed here: {threshold.proposed}" if threshold.proposed else ""
    return f"number {threshold.number}, as the text says{proposed}"


def standing(
    instrument: Instrument,
    answers: Mapping[str, Sequence[str]],
    threshold: Threshold,
    stated: ObservedFact | None = None,
) -> Standing | None:
    """What several sources' answers come to together, with what was stated beside them; None for an instrument that is not counted."""
    if instrument.scoring != "count-yes":
        return None
    counted = count(instrument, answers)
    result = _with_stated(counted, stated)
    sentence = f"{verdict(result, threshold)}; {open_words(result, answers)}.{_stated_words(counted, result, stated)}"
    return Standing(
        result.least,
        result.most,
        len(instrument.keys),
        threshold.number,
        number_words(threshold),
        sentence,
        result.disputed,
    )


def _with_stated(counted: Result, stated: ObservedFact | None) -> Result:
    return counted if stated is None else narrowed(counted, queries.stated_value(stated))


def _stated_words(counted: Result, result: Result, stated: ObservedFact | None) -> str:
    """Where the range is narrower than its topics: who made it so."""
    if stated is None or result == counted:
        return ""
    topics = _figures(counted)
    return f" The topics alone come to {topics}; {stated.said_by} stated {_figures(result)} beside them."


def _figures(result: Result) -> str:
    return f"{result.least}" if result.is_settled else f"{result.least} to {result.most}"


def standing_answers(rows: Iterable[Assessment], agency: object) -> dict[str, tuple[list[str], str]]:
    """For each topic: what other agencies answered, and what this one did; the latest yes or no of each."""
    stands: dict[str, tuple[list[str], str]] = {}
    per: dict[object, list[Assessment]] = {}
    for row in rows:
        per.setdefault(row.agency_id, []).append(row)
    for holder, own_rows in per.items():
        for topic, said in latest_by_source(own_rows).items():
            others, own = stands.get(topic, ([], ""))
            stands[topic] = (others, said[0]) if holder == agency else ([*others, *said], own)
    return stands


def with_typed(stands: Mapping[str, tuple[list[str], str]], typed: Mapping[str, str]) -> dict[str, list[str]]:
    """The answers once what is typed on the page counts: it stands over the agency's own earlier yes or no only when it is one."""
    answers = {}
    for topic in {*stands, *typed}:
        others, own = stands.get(topic, ([], ""))
        new = typed.get(topic, "")
        answers[topic] = [*others, *filter(None, [new if new in SETTLED or not own else own])]
    return answers


def verdict(result: Result, threshold: Threshold) -> str:
    """What the count says of the local number today."""
    if threshold.number is None:
        return "The count alone decides nothing here"
    if result.least >= threshold.number:
        return f"Meets the local number of {threshold.number}"
    if result.most < threshold.number:
        return f"Does not meet the local number of {threshold.number} today"
    return f"{threshold.number} cannot be ruled out"


def open_words(result: Result, answers: Mapping[str, Sequence[str]]) -> str:
    """The topics nobody has answered yes or no, by what became of each."""
    why = Counter(_why_open(key, result, answers) for key in result.open_topics)
    if not why:
        return "every topic is answered"
    parts = [f"{why[code]} {words}" for code, words in OPEN_WORDS.items() if why[code]]
    topics = "topic" if sum(why.values()) == 1 else "topics"
    return f"{sum(why.values())} {topics} open ({', '.join(parts)})"


def _why_open(key: str, result: Result, answers: Mapping[str, Sequence[str]]) -> str:
    if key in result.disputed:
        return "disputed"
    said = [answer for answer in answers.get(key, ()) if answer in OPEN_WORDS]
    return next((answer for answer in said if answer != "not-asked"), "not-asked")


def said_before(rows: Iterable[Assessment]) -> dict[str, list[str]]:
    """For each topic, what each earlier assessment says of it, oldest first."""
    said: dict[str, list[str]] = {}
    for row in rows:
        for answer in row.answers.all():
            source = (
                f" ({SOURCES[answer.source].lower()})" if answer.source in SOURCES and answer.source != "victim" else ""
            )
            said.setdefault(answer.topic, []).append(
                f"{ANSWERS[answer.answer]}{source}, {row.agency.name}, {when(told_on(row))}"
            )
    return said


def blocks(
    instrument: Instrument, form: BaseForm, before: Mapping[str, list[str]], stands: Mapping[str, tuple[list[str], str]]
) -> list[dict[str, Any]]:
    """The rows of a checklist under their headings, each with what was typed and what was said before."""
    numbers = {key: place for place, key in enumerate(instrument.keys, start=1)}
    return [
        {
            "code": block.code,
            "title": block.title,
            "rows": [
                {
                    "topic": topic,
                    "number": numbers[topic.key],
                    "answer": form[f"a_{topic.key}"],
                    "source": form[f"s_{topic.key}"],
                    "note": form[f"n_{topic.key}"],
                    "choices": choices(topic.sensitive),
                    "before": before.get(topic.key, []),
                    "others": " ".join(stands.get(topic.key, ([], ""))[0]),
                    "own": stands.get(topic.key, ([], ""))[1],
                }
                for topic in block.topics
            ],
        }
        for block in instrument.blocks
    ]


def told_on(row: Assessment) -> Any:
    """When an assessment was made."""
    return row.completed_on or row.recorded_at


def copies(rows: Iterable[Assessment]) -> str:
    """The latest of each instrument, topic by topic, as another service reads it; empty where nobody has assessed."""
    latest = {row.instrument: row for row in rows}
    return "\n\n".join(_copy(instruments()[code], row) for code, row in latest.items() if code in instruments())


def _copy(instrument: Instrument, row: Assessment) -> str:
    said = {answer.topic: answer for answer in row.answers.all()}
    who = ", ".join(part for part in (row.completed_by_words, row.agency.name) if part)
    head = f"{instrument.title}, {who}, {when(told_on(row), year=True)}"
    grade = [f"Grade given: {row.grade}"] if row.grade else []
    return "\n".join([head, *grade, *(_line_of(topic, said.get(topic.key)) for topic in instrument.topics)])


def _line_of(topic: Topic, answer: Answer | None) -> str:
    if answer is None:
        return f"{topic.label}: not asked"
    source = SOURCES.get(answer.source, "") if answer.source != "victim" else ""
    return f"{topic.label}: " + "; ".join(p for p in (ANSWERS[answer.answer].lower(), source, answer.note) if p)


def words(case: Case, viewer: Viewer) -> str | None:
    """The risk of a case in one line, for the bar at its top: what was said last, by whom and when. None while nobody has assessed it."""
    judged = queries.judgements(case, viewer).first()
    rows = list(queries.answered(case, viewer))
    if judged is not None and (not rows or judged.judged_at >= told_on(rows[-1])):
        return f"{judged.get_what_display()[0].upper()}{judged.get_what_display()[1:]} · {judged.judged_by.role_held.label}, {when(judged.judged_at)}"
    if not rows:
        return None
    last = rows[-1]
    instrument = instruments()[last.instrument]
    return f"{_short(instrument, rows, last, case, viewer)} · {last.agency.name}, {when(told_on(last))}"


def _short(instrument: Instrument, rows: Sequence[Assessment], last: Assessment, case: Case, viewer: Viewer) -> str:
    concern = "Serious concern; " if last.serious_concern else ""
    if instrument.scoring != "count-yes":
        graded = grade_words(last.grade) or "no grade given"
        return f"{concern}{instrument.short}: {graded}"
    counted = queries.of_the_victim(case, [row for row in rows if row.instrument == instrument.code], viewer)
    result = _with_stated(count(instrument, latest_by_source(counted)), queries.stated_beside(counted))
    figures = _figures(result)
    said = verdict(result, queries.threshold(instrument, case, viewer.at))
    return f"{concern}{instrument.short} {figures} of {len(instrument.keys)}: {said[0].lower()}{said[1:]}"


def next_in_a_call(case: Case, viewer: Viewer) -> str | None:
    """After "Who is this?" comes the checklist, while nobody has assessed the risk and the person may."""
    if not viewer.user.may("assess") or queries.assessments(case, viewer).exists():
        return None
    return reverse("risk:checklist", args=[case.reference])


def panel(case: Case, viewer: Viewer) -> dict[str, object]:
    """The block on the case page under Risk."""
    rows = list(queries.assessments(case, viewer))
    dash = instruments()["dash"]
    counted = queries.of_the_victim(case, [row for row in rows if row.instrument == dash.code], viewer)
    threshold = queries.threshold(dash, case, viewer.at)
    stated = queries.stated_beside(counted)
    now = standing(dash, latest_by_source(counted), threshold, stated) if counted else None
    return {
        "case": case,
        "standing": now,
        "assessments": [card(row) for row in reversed(rows)],
        "disputed": _disputed(now, counted),
        "judgements": list(queries.judgements(case, viewer)),
        "may_assess": viewer.user.may("assess"),
    }


def card(row: Assessment) -> dict[str, object]:
    instrument = instruments()[row.instrument]
    answers = {answer.topic: answer for answer in row.answers.all()}
    alone = count(instrument, {key: [answer.answer] for key, answer in answers.items()})
    topics = [(topic.label, answers[topic.key]) for topic in instrument.topics if topic.key in answers]
    return {
        "row": row,
        "title": instrument.title,
        "when": told_on(row),
        "by": f"{row.completed_by_words or row.recorded_by.role_held.label}, {row.agency.name}",
        "count": f"{alone.least} of {len(instrument.keys)} answered yes" if instrument.scoring == "count-yes" else "",
        "open": f"{len(alone.open_topics)} not answered yes or no" if instrument.topics and alone.open_topics else "",
        "grade": grade_words(row.grade),
        "topics": [
            {
                "label": label,
                "answer": answer.answer,
                "words": ANSWERS[answer.answer],
                "source": SOURCES.get(answer.source, answer.source),
                "note": answer.note,
            }
            for label, answer in topics
        ],
        "reviews": list(row.reviews.all()),
    }


def grade_words(grade: str) -> str:
    """A grade as the form that gave it words it, never standing for safety."""
    if not grade:
        return ""
    return (
        "graded high"
        if grade == "high"
        else f"graded {grade} on that form: its criteria for high were not met that day"
    )


def _disputed(now: Standing | None, rows: Iterable[Assessment]) -> list[dict[str, object]]:
    if now is None or not now.disputed:
        return []
    labels = {topic.key: topic.label for topic in instruments()["dash"].topics}
    said = said_before(rows)
    return [{"label": labels[key], "said": said[key]} for key in now.disputed]


def topic_words(name: str) -> str | None:
    """A topic as a place that honours a sentence, by `instrument/key`; the instrument alone is all of it."""
    code, _, key = name.partition("/")
    held = instruments().get(code)
    labels = {topic.key: topic.label for topic in held.topics} if held else {}
    if held is None or (key and key not in labels):
        return None
    return f"{held.title}: “{labels[key]}”" if key else held.title
