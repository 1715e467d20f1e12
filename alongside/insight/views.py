"""What a change would do, its table as a file, and the cases it is tried on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies.access import Refused
from alongside.audit.api import record_read
from alongside.gate.routes import Request, page
from alongside.insight import actions, asking, files, hooks, queries
from alongside.insight.asking import Asked
from alongside.insight.forms import PrepareForm


@page(may="try_changes")
def what_if(request: Request) -> HttpResponse:
    """Choose a value, and see what it would have done."""
    found = asking.asked(request)
    if found.answer is not None:
        _leave_trace(request, found, "insight.what_if")
    under_way = queries.asked()
    context = {
        "asked": found,
        "form": found.form,
        "has_asked": bool(request.GET),
        "case_set": found.case_set,
        "sources": hooks.SOURCES,
        "under_way": under_way,
        "progress": files.progress(under_way.pk, (request.at - under_way.asked_at).total_seconds())
        if under_way
        else None,
        "failed": queries.last_failed(),
        "query": request.GET.urlencode(),
        "messages": messages.get_messages(request),
    }
    return render(request, "insight/what_if.html", context)


@page(may="try_changes")
def table(request: Request) -> HttpResponse:
    """The same answer as a file for a spreadsheet."""
    found = asking.asked(request)
    wrong = [str(words) for errors in found.form.errors.values() for words in errors]
    if wrong:
        return HttpResponse(" ".join(wrong), status=400, content_type="text/plain; charset=utf-8")
    if found.answer is None:
        raise Http404
    _leave_trace(request, found, "insight.table")
    response = HttpResponse(found.answer.csv(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="what-a-change-would-do.csv"'
    return response


@require_POST
@page(may="try_changes")
def prepare(request: Request) -> HttpResponse:
    """Have the cases written in the background."""
    form = PrepareForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("Say how many cases: at least one, and at most a million. Nothing was changed.")
        actions.ask_for_cases(
            source=form.cleaned_data["source"], wanted=form.cleaned_data["count"], by=request.user, at=request.at
        )
        messages.success(request, "The cases are being prepared. You can leave this page and come back.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("insight:what-if")


@require_POST
@page(may="try_changes")
def delete(request: Request) -> HttpResponse:
    """Delete the cases, once the question is answered."""
    ready = queries.ready()
    if ready is not None:
        actions.delete_cases(case_set=ready, by=request.user, at=request.at)
        messages.success(request, "The cases are deleted.")
    return redirect("insight:what-if")


def _leave_trace(request: Request, found: Asked, what: str) -> None:
    """What was asked of the cases stays on the audit trail: answers about nearly the same change can be set against each other."""
    asked = " ".join(f"{name}={value}" for name, value in sorted(found.changed.items()))
    area = found.form.cleaned_data["area"]
    cases = ("insight.caseset", str(found.case_set.pk if found.case_set else ""))
    record_read(cases, by=request.user, at=request.at, what=what, area=area, asked=asked[:200])
