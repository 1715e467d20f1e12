"""Components say what they need, forms draw themselves, moments read as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.template import engines

from alongside.design import moments
from alongside.design.dates import Date, Moment, PartialDate
from alongside.design.forms import Answer, GovukForm
from alongside.design.jinja import MissingArgument, sentence

NOW = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)
CITE = {
    "document": "west-midlands-2.24",
    "section": "Response",
    "line": 113,
    "gist": "A baby is always told of.",
    "quote": None,
}


def drawn(source: str, **context: Any) -> str:
    text: str = engines["jinja2"].from_string(source).render(context)
    return text


@pytest.mark.parametrize(
    "macro, call",
    [
        ("tasks", "bar_notice('', cite)"),
        ("tasks", "bar_notice('Do not', none)"),
        ("tasks", "citation({'gist': 'x', 'document': 'd', 'section': ''})"),
        ("tasks", "telephone_first('the desk', '')"),
        ("tasks", "due_line(now)"),
        ("tasks", "why_tree(none)"),
        ("answers", "question_block('name', '')"),
        ("answers", "range_bar(1, 2, 14, 24, '')"),
        ("answers", "checklist_row('a', 1, none)"),
        ("people", "identity_bar('AL-1', '', 'Coventry')"),
        ("people", "candidate_card('c', 1, none)"),
        ("people", "timeline(none)"),
        ("page", "empty_state('Work stands here', '')"),
        ("page", "sub_navigation('', [])"),
        ("page", "tag('')"),
        ("forms", "button_link('', 'Go')"),
    ],
)
def test_a_component_refuses_to_be_drawn_without_what_it_needs(macro: str, call: str) -> None:
    name = call.split("(")[0]
    with pytest.raises(MissingArgument, match=f"{name}|citation"):
        drawn(f"{{% from 'design/macros/{macro}.html' import {name} %}}{{{{ {call} }}}}", cite=CITE, now=NOW)


def test_a_citation_says_when_the_sentence_is_not_there() -> None:
    macro = "{% from 'design/macros/tasks.html' import citation %}{{ citation(cite) }}"
    without = drawn(macro, cite=CITE)
    assert "West Midlands procedures 2.24, “Response”, line 113" in without
    assert "has not added its copy" in without
    with_it = drawn(macro, cite=CITE | {"quote": "The invented sentence."})
    assert "The invented sentence." in with_it
    assert "has not added its copy" not in with_it


def test_not_known_has_one_look_and_is_never_a_no() -> None:
    page = drawn(
        "{% from 'design/macros/page.html' import summary %}{{ summary([{'key': 'Pregnant', 'text': none}]) }}"
    )
    assert '<strong class="al-not-known">Not known</strong>' in page


def test_what_is_typed_is_never_markup() -> None:
    page = drawn("{% from 'design/macros/page.html' import tag %}{{ tag(text) }}", text="<script>alert(1)</script>")
    assert "<script>" not in page


class Example(GovukForm):
    name = forms.CharField(label="Given name", help_text="As she says it.")
    born = PartialDate(label="Date of birth", required=False)
    happened = Moment(label="When", required=False)
    met = Date(label="Day", required=False)
    weapon = Answer(label="Was a weapon used?", sensitive=True)
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")], required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)


def filled(**values: str) -> Example:
    return Example({"name": "Amara", **values})


def test_a_field_draws_itself_with_label_hint_and_fault() -> None:
    page = str(Example({}))
    assert '<label class="govuk-label" for="id_name">' in page
    assert "As she says it." in page
    assert "This is needed." in page
    assert 'aria-describedby="id_name-hint id_name-error"' in page
    assert 'autocomplete="off"' in page
    assert 'spellcheck="false"' in page


def test_not_safe_to_ask_stands_first_where_asking_may_endanger() -> None:
    page = str(Example())
    assert page.index("Not safe to ask") < page.index('value="yes"')


def test_a_field_without_a_label_raises() -> None:
    class Nameless(GovukForm):
        thing = forms.CharField(label="")

    with pytest.raises(MissingArgument, match="thing"):
        str(Nameless())


@pytest.mark.parametrize(
    "parts, value",
    [
        (("", "", ""), None),
        (("", "", "1994"), "1994"),
        (("", "3", "1994"), "1994-03"),
        (("2", "3", "1994"), "1994-03-02"),
        (("29", "2", "2024"), "2024-02-29"),
    ],
)
def test_a_date_known_in_part(parts: tuple[str, str, str], value: str | None) -> None:
    form = filled(**{f"born_{place}": part for place, part in enumerate(parts)})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == value


@pytest.mark.parametrize(
    "parts, words",
    [
        (("31", "2", "1990"), "There is no day 31/2/1990"),
        (("29", "2", "2023"), "There is no day 29/2/2023"),
        (("2", "3", ""), "Give at least the year"),
        (("2", "", "1994"), "must include a month"),
        (("", "13", "1994"), "Month must be a number from 1 to 12"),
        (("", "", "94"), "Year must be a number from 1900"),
        (("", "", "12a4"), "“12a4” was typed"),
    ],
)
def test_a_date_out_of_the_calendar(parts: tuple[str, str, str], words: str) -> None:
    form = filled(**{f"born_{place}": part for place, part in enumerate(parts)})
    assert words in " ".join(form.errors["born"])


def moment(day: str, month: str, year: str, time: str) -> Example:
    return filled(happened_0=day, happened_1=month, happened_2=year, happened_3=time)


@pytest.mark.parametrize("typed", ["9:30pm", "9.30 PM", "21:30", "2130"])
def test_a_time_as_people_type_it(typed: str) -> None:
    form = moment("2", "7", "2026", typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["happened"] == datetime(2026, 7, 2, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "late", "25:00", "13pm", "9", "9:75pm"])
def test_a_time_that_is_none(typed: str) -> None:
    assert "Give the time like 9:30pm" in " ".join(moment("2", "7", "2026", typed).errors["happened"])


@pytest.mark.parametrize("day, month, hour", [("29", "3", "1:30am"), ("25", "10", "1:30am")])
def test_a_time_the_clocks_skip_or_repeat_is_asked_about(day: str, month: str, hour: str) -> None:
    assert "clocks changed" in " ".join(moment(day, month, "2026", hour).errors["happened"])


def test_what_was_typed_stays_in_a_form_with_faults() -> None:
    form = filled(born_0="31", born_1="2", born_2="1990", met_0="5", met_1="6", met_2="2026")
    page = str(form)
    for part in ('value="31"', 'value="1990"', 'value="6"'):
        assert part in page


def test_values_are_shown_in_their_parts() -> None:
    page = str(
        Example(
            initial={
                "name": "A",
                "born": "1994-03",
                "met": date(2026, 6, 5),
                "happened": datetime(2026, 7, 2, 20, 30, tzinfo=UTC),
            }
        )
    )
    for part in ('value="1994"', 'value="3"', 'value="5"', 'value="9:30pm"'):
        assert part in page


@pytest.mark.parametrize(
    "instant, words",
    [
        (datetime(2026, 3, 2, 22, 14, tzinfo=UTC), "Monday 2 March, 10:14pm"),
        (datetime(2026, 7, 1, 23, 5, tzinfo=UTC), "Thursday 2 July, 12:05am"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Sunday 29 March, 12:59am"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Sunday 29 March, 2:00am"),
        (datetime(2026, 6, 1, 11, 0, tzinfo=UTC), "Monday 1 June, 12:00pm"),
    ],
)
def test_moments_read_as_in_london(instant: datetime, words: str) -> None:
    assert moments.when(instant) == words


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moments.when(datetime(2026, 3, 2, 22, 14))


@pytest.mark.parametrize(
    "away, words",
    [
        (timedelta(hours=3), "in 3 hours"),
        (timedelta(minutes=1), "in 1 minute "),
        (timedelta(seconds=20), "in less than a minute"),
        (timedelta(days=3), "in 3 days"),
        (timedelta(minutes=-50), "was due <time"),
    ],
)
def test_a_clock_has_the_exact_time_beside_it(away: timedelta, words: str) -> None:
    shown = moments.clock(NOW + away, NOW)
    assert words in shown
    assert (NOW + away).isoformat() in shown


def test_several_words_read_as_a_sentence() -> None:
    assert sentence(["a"]) == "a"
    assert sentence(["a", "b", "c"]) == "a, b and c"
    assert sentence([]) == ""
