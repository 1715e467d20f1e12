"""Saying whom one is close to; what leads are asked, see and answer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.audit.api import record_read
from alongside.cases import queries as cases
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.sharing.conflicts import access, actions, pages, queries
from alongside.sharing.conflicts.forms import AnswerForm, AskForm, CarryOnForm, CloseForm, DeclareForm, TellForm

ON_A_PAGE = 25


@page(may=None)
def mine(request: Request) -> HttpResponse:
    """People close to you: what somebody said of themselves and of others, so that they never see a case of theirs."""
    form = CloseForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.declare(relation=form.cleaned_data["relation"], said=form.said(), by=request.user, at=request.at)
        messages.success(request, "Kept. If they are in a case, now or later, you will not see it.")
        return redirect("sharing:close-people")
    held = queries.close_people(request.user)
    record_read(held, by=request.user, at=request.at, what="conflicts.mine")
    context = {"form": form, "rows": [pages.close(row) for row in held], "messages": messages.get_messages(request)}
    return render(request, "sharing/conflicts/mine.html", context, status=422 if form.is_bound else 200)


@page(may="see_cases")
def declare(request: Request, reference: str) -> HttpResponse:
    """Say that you know somebody in a case."""
    case = load(cases.all_cases(), request.viewer, what="conflicts.declare", reference=reference)
    form = DeclareForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.declare_case(case=case, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        return render(request, "sharing/conflicts/declared.html")
    context = {"case": case, "form": form}
    return render(request, "sharing/conflicts/declare.html", context, status=422 if form.is_bound else 200)


@page(may="keep_conflicts")
def conflicts(request: Request) -> HttpResponse:
    """Conflicts of interest: what waits for you, and which stand."""
    shown = Paginator(queries.standing(request.viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    tasks, asked = queries.to_carry_on(request.viewer), list(queries.to_answer(request.viewer))
    record_read([*tasks, *asked, *shown], by=request.user, at=request.at, what="conflicts.list")
    context = {
        "page": shown,
        "tasks": tasks,
        "done": queries.to_carry_on(request.viewer, done=True)[:ON_A_PAGE],
        "asked": pages.lines(asked, request.user),
        "messages": messages.get_messages(request),
    }
    return render(request, "sharing/conflicts/list.html", context)


@page(may="keep_conflicts")
def conflict(request: Request, pk: UUID) -> HttpResponse:
    """One conflict of interest: asking a lead of another agency to see or to lift it."""
    row = queries.conflict(request.viewer, pk)
    form = AskForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.ask(conflict=row, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "Asked. A lead of another agency has to answer before anything changes.")
        return redirect("sharing:conflict", row.pk)
    until = queries.sees_until(request.viewer, row)
    record_read(row, by=request.user, at=request.at, what="conflicts.seen" if until else "conflicts.one")
    context = {
        "row": row,
        "until": until,
        "about": pages.about(row) if until else None,
        "history": pages.lines(queries.history(row), request.user),
        "form": form,
        "messages": messages.get_messages(request),
    }
    return render(request, "sharing/conflicts/one.html", context, status=422 if form.is_bound else 200)


@page(may="keep_conflicts", step_up=True)
def answer(request: Request, pk: UUID) -> HttpResponse:
    """Answer a lead of another agency."""
    row = queries.asked(request.viewer, pk)
    access.check_may_answer(request.user, row)
    form = AnswerForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.answer(asked=row, agreed=form.cleaned_data["agreed"] == "yes", by=request.user, at=request.at)
        messages.success(request, "Answered, with your name.")
        return redirect("sharing:conflict", row.conflict_id)
    record_read(row, by=request.user, at=request.at, what="conflicts.answer")
    context = {"line": pages.lines([row], request.user)[0], "reason": row.reason.open(), "form": form}
    return render(request, "sharing/conflicts/answer.html", context, status=422 if form.is_bound else 200)


@page(may="keep_conflicts")
def carry_on(request: Request, pk: UUID) -> HttpResponse:
    """See to it that somebody else does the work."""
    task = next((one for one in queries.to_carry_on(request.viewer) if one.pk == pk), None)
    if task is None:
        raise NotVisible
    form = CarryOnForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.carry_on(task=task, how=form.cleaned_data["how"], by=request.user, at=request.at)
        messages.success(request, "Kept, with your name.")
        return redirect("sharing:conflicts")
    record_read(task, by=request.user, at=request.at, what="conflicts.carry_on")
    context = {
        "task": task,
        "may_open": cases.cases_for(request.viewer).filter(pk=task.conflict.case_id).exists(),
        "form": form,
    }
    return render(request, "sharing/conflicts/carry_on.html", context, status=422 if form.is_bound else 200)


@page(may="keep_conflicts")
def tell(request: Request) -> HttpResponse:
    """Keep a member of staff apart from a case, because you were told that they know somebody in it."""
    form = TellForm(request.POST or None, agencies=queries.agencies())
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        user = queries.staff(data["agency"], data["email"])
        if user is None:
            form.add_error(
                "email",
                "Nobody of this agency signs in with this address. Check it with their agency. Nothing was changed.",
            )
        else:
            wanted = data["reference"].strip().upper()
            case = load(cases.all_cases(), request.viewer, what="conflicts.tell", reference=wanted)
            actions.tell(user=user, case=case, reason=data["reason"], by=request.user, at=request.at)
            messages.success(request, "Kept. They see nothing of this case from now on, and are not told.")
            return redirect("sharing:conflicts")
    return render(request, "sharing/conflicts/tell.html", {"form": form}, status=422 if form.is_bound else 200)
