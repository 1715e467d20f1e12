"""Pages of risk: the checklist, a judgement that raises, the review of a police log."""

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.cases.models import Case
from alongside.cases.pages import identity
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible
from alongside.risk import actions, pages, queries
from alongside.risk.forms import ChecklistForm, JudgeForm, ReviewForm, not_asked
from alongside.risk.instruments import Instrument, instruments
from alongside.risk.models import Assessment

# Where a page leads back to, by the word in its address; anything else leads to the case.
THEN = {"scene": "casework:scene"}
PLACES = {"review_dial": "supervisor", "review_dial_in_mash": "mash"}


@page(may="assess")
def checklist(request: Request, reference: str, instrument: str = "") -> HttpResponse:
    """One topic a row; six answers kept apart; the running result as a range."""
    case = queries.open_case(request.viewer, reference, "risk.checklist")
    chosen = instruments().get(instrument or _usual(case))
    if chosen is None:
        raise NotVisible
    block = request.POST.get("not_asked", "")
    if request.method == "POST" and not block:
        form = ChecklistForm(chosen, request.POST)
        if form.is_valid():
            actions.assess(case=case, filled=form.filled(), id=form.cleaned_data["id"], by=request.user, at=request.at)
            return redirect(_after(request, case))
    elif block:
        form = ChecklistForm.kept(chosen, not_asked(request.POST, chosen, block))
    else:
        form = ChecklistForm(chosen, initial={"id": uuid4()})
    return _show_checklist(request, case, chosen, form)


def _show_checklist(request: Request, case: Case, chosen: Instrument, form: ChecklistForm) -> HttpResponse:
    rows = queries.of_the_victim(
        case,
        [row for row in queries.answered(case, request.viewer) if row.instrument == chosen.code],
        request.viewer,
    )
    stands = pages.standing_answers(rows, request.user.agency_id)
    answers = pages.with_typed(stands, form.answered())
    context = {
        "case": case,
        "identity": identity(case, request.viewer),
        "instrument": chosen,
        "others": [other for other in instruments().values() if other.code != chosen.code],
        "form": form,
        "blocks": pages.blocks(chosen, form, pages.said_before(rows), stands),
        "standing": pages.standing(chosen, answers, queries.threshold(chosen, case, request.at)),
        "earlier": rows,
        "then": _then(request),
    }
    return render(request, "risk/checklist.html", context, status=422 if form.errors else 200)


def _usual(case: Case) -> str:
    """The form of the case's area: its police tool says which."""
    return "dial" if queries.police_tool(case) == "DIAL" else "dash"


def _then(request: Request) -> str:
    """The known word of the page to go back to, "" for the case."""
    return next((word for word in THEN if word == request.GET.get("then")), "")


def _after(request: Request, case: Case) -> str:
    return reverse(THEN.get(_then(request), "cases:case"), args=[case.reference])


@page(may="assess")
def judge(request: Request, reference: str) -> HttpResponse:
    """Say that the risk is higher than an instrument shows."""
    case = queries.open_case(request.viewer, reference, "risk.judge")
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.judge(case=case, **form.cleaned_data, by=request.user, at=request.at)
        return redirect("cases:case", case.reference)
    context = {"case": case, "identity": identity(case, request.viewer), "form": form}
    return render(request, "risk/judge.html", context, status=422 if form.errors else 200)


@page(may="review_assessment")
def review(request: Request, task_id: UUID) -> HttpResponse:
    """A supervisor's, or the MASH's, review of a police log, reached from its task."""
    task = queries.open_task(request.viewer, task_id, "risk.review")
    if task.act not in PLACES:
        raise NotVisible
    log = queries.log_of_task(task, request.viewer)
    form = ReviewForm(log, request.POST or None, initial={"id": log.pk})
    if request.method == "POST" and form.is_valid():
        _review(request, log, PLACES[task.act], form)
        return redirect("duties:today")
    context = {
        "task": task,
        "log": pages.card(log),
        "form": form,
        "identity": {"reference": task.case.reference, "area": task.case.area.name},
    }
    return render(request, "risk/review.html", context, status=422 if form.errors else 200)


def _review(request: Request, log: Assessment, place: str, form: ReviewForm) -> None:
    typed = form.cleaned_data
    actions.review(
        assessment=log,
        place=place,
        agreed=typed["agreed"] == "yes",
        grade=typed.get("grade", ""),
        safeguarding_concern={"yes": True, "no": False}.get(typed["safeguarding_concern"]),
        note=typed["note"],
        by=request.user,
        at=request.at,
    )
