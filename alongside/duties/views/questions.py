"""Ask next: answering a question, and settling two answers to one."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases import pages as cases
from alongside.cases import queries as case_queries
from alongside.duties import actions, queries, words
from alongside.duties.actions import AnsweredAlready
from alongside.duties.asking import asking
from alongside.duties.changes import Picture
from alongside.duties.forms import AnswerForm, SettleForm
from alongside.duties.models import Question
from alongside.duties.pages import questions as pages
from alongside.duties.pages.bars import asked_by_bars
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.policy.codec import from_json
from alongside.procedures.queries import library


@page(may="answer")
def ask_next(request: Request, reference: str) -> HttpResponse:
    """At most three questions of a case; all of them when asked for."""
    case = load(case_queries.all_cases(), request.viewer, what="duties.questions", reference=reference)
    everything = request.GET.get("all") == "yes"
    open_ = asking(case, request.viewer) if everything else None
    context = pages.ask_next(case, request.viewer, everything=everything, open_=open_)
    context |= {
        "case": case,
        "identity": cases.identity(case, request.viewer),
        "messages": messages.get_messages(request),
        "closing": pages.closing(case, request.viewer, open_, request.GET.get("about", "")),
    }
    return render(request, "duties/questions.html", context)


@page(may="answer")
def question(request: Request, pk: UUID) -> HttpResponse:
    """One question: shown, or answered; the picture changes at once."""
    row = load(queries.questions(), request.viewer, what="duties.question", pk=pk)
    prefix = str(row.pk)[:8]
    fact = library().vocabulary[row.fact]
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        fact=fact,
        why=pages.why_it_matters(row.rules),
        prefix=prefix,
    )
    if not form.is_valid():
        return _show(request, row, form)
    before = Picture.of(row.case, request.viewer)
    try:
        actions.answer(
            question=row, value=form.value(), manner=form.manner, reason=form.reason, by=request.user, at=request.at
        )
    except AnsweredAlready as already:
        return _both(request, row, SettleForm(initial={"yours": json.dumps(already.yours)}), already)
    messages.success(request, before.change(Picture.of(row.case, request.viewer)))
    return redirect("duties:questions", row.case.reference)


def _show(request: Request, row: Question, form: AnswerForm) -> HttpResponse:
    said = queries.not_known_yet(row.case, request.viewer).get((row.fact, row.about_id))
    context = {"case": row.case, "identity": cases.identity(row.case, request.viewer), "settled": row.state != "open"}
    context |= pages.block(row, request.viewer, said, form)
    return render(request, "duties/question.html", context, status=422 if form.is_bound else 200)


def _both(request: Request, row: Question, form: SettleForm, already: AnsweredAlready) -> HttpResponse:
    context = {
        "case": row.case,
        "identity": cases.identity(row.case, request.viewer),
        "form": form,
        "sentence": str(already),
    }
    context |= pages.both(already.theirs, already.yours) | {
        "question": row,
        "text": library().vocabulary[row.fact].question,
    }
    return render(request, "duties/both.html", context, status=409)


@page(may="answer")
def settle(request: Request, pk: UUID) -> HttpResponse:
    """Which of two answers is right, and why; the other stays on record."""
    row = load(queries.questions(), request.viewer, what="duties.question", pk=pk)
    form = SettleForm(request.POST if request.method == "POST" else None)
    if row.answer is None or not form.is_bound:
        return redirect("duties:question", pk)
    try:
        yours = json.loads(form.data.get("yours", ""))
        from_json(yours, library().vocabulary[row.fact])
    except ValueError:
        return redirect("duties:question", pk)
    if not form.is_valid():
        return _both(request, row, form, AnsweredAlready(row.answer, yours))
    if form.cleaned_data["which"] == "theirs":
        messages.success(request, "The first answer stands.")
        return redirect("duties:questions", row.case.reference)
    before = Picture.of(row.case, request.viewer)
    actions.settle_answer(question=row, value=yours, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
    messages.success(request, before.change(Picture.of(row.case, request.viewer)))
    return redirect("duties:questions", row.case.reference)


@page(may="answer")
def tell(request: Request, reference: str, name: str) -> HttpResponse:
    """Answer what a bar waits for, where it is no open question of the case."""
    case = load(case_queries.all_cases(), request.viewer, what="duties.bar_question", reference=reference)
    fact = library().vocabulary.get(name)
    if fact is None or not fact.askable or name not in asked_by_bars(case, request.viewer):
        raise NotVisible
    form = AnswerForm(request.POST if request.method == "POST" else None, fact=fact)
    if form.is_valid():
        before = Picture.of(case, request.viewer)
        actions.tell_fact(
            case=case,
            name=name,
            value=form.value(),
            manner=form.manner,
            reason=form.reason,
            by=request.user,
            at=request.at,
        )
        messages.success(request, before.change(Picture.of(case, request.viewer)))
        return redirect("cases:case", reference)
    context = {"case": case, "identity": cases.identity(case, request.viewer), "form": form, "text": fact.question}
    context |= {"who_else": words.roles(fact.who, without=request.user.role)}
    return render(request, "duties/question.html", context, status=422 if form.is_bound else 200)
