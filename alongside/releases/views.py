"""Papers: preparing, looking, releasing, copies, and whose copy one is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies.access import Refused
from alongside.audit.api import record_read
from alongside.cases import pages as case_pages
from alongside.cases.queries import all_cases
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.people.queries import people
from alongside.releases import access, actions, document, pages, printing
from alongside.releases.actions.preparing import Recipient, Said
from alongside.releases.forms import NOT_KNOWN, BeginForm, CopyForm, WhoseForm, WhyForm, WriteForm
from alongside.releases.models import Paper, PaperCopy
from alongside.releases.queries import looking, papers
from alongside.sharing.decisions.queries import teams_to_share_with


@page(may="draft_papers")
def begin(request: Request, reference: str) -> HttpResponse:
    """Begin a paper of a case: for whom, from what, what for."""
    case = load(all_cases(), request.viewer, what="releases.begin", reference=reference)
    form = BeginForm(
        request.POST or None,
        teams=teams_to_share_with(frozenset(case.places.areas), request.user.agency_id),
        people=papers.people_to_write_to(case, request.viewer),
        held=papers.records_for(case, request.viewer),
    )
    if form.is_bound and form.is_valid():
        made = actions.begin_paper(
            case=case,
            to=_recipient(request, form),
            sources=form.cleaned_data["records"],
            purpose=form.cleaned_data["purpose"],
            by=request.user,
            at=request.at,
        )
        return redirect("releases:paper", made.pk)
    context = {"case": case, "identity": case_pages.identity(case, request.viewer), "form": form}
    return render(request, "releases/begin.html", context, status=422 if form.is_bound else 200)


def _recipient(request: Request, form: BeginForm) -> Recipient:
    said = form.cleaned_data
    if form.side == "team":
        team = form.teams[said["team"]]
        return Recipient("team", f"{team.name}, {team.agency.name}", team=team)
    person = load(people(), request.viewer, what="releases.person", pk=form.person) if form.person else None
    return Recipient(form.side, said["name"], person=person)


@page(may="draft_papers")
def mine(request: Request) -> HttpResponse:
    """Papers of one's agency, and papers that came for one's teams."""
    own, came = papers.own_papers(request.viewer), papers.received(request.viewer)
    record_read([*own, *came], by=request.user, at=request.at, what="releases.papers")
    context = {"rows": [pages.row(one) for one in own], "received": came, "messages": messages.get_messages(request)}
    return render(request, "releases/papers.html", context)


@page(may="draft_papers")
def paper(request: Request, pk: UUID) -> HttpResponse:
    """One paper: what its recipient will read, what is left out, what stops it, and what can be done next."""
    row = _own(request, pk)
    form = _writing(request, row)
    if form is not None and form.is_bound and form.is_valid():
        actions.write_paper(paper=row, said=_said(form), by=request.user, at=request.at)
        return redirect("releases:paper", row.pk)
    refused = None
    if request.method == "POST" and (form is None or not form.is_bound):
        try:
            return _do(request, row)
        except Refused as refusal:
            refused = refusal
    status = 403 if refused else 422 if form is not None and form.is_bound else 200
    return render(request, "releases/paper.html", _context(request, row, form, refused), status=status)


def _own(request: Request, pk: UUID) -> Paper:
    """A paper of one's own agency; another's answers as one that is not there."""
    row = load(papers.papers(), request.viewer, what="releases.paper", pk=pk)
    if row.agency_id != request.user.agency_id:
        raise NotVisible
    return row


def _writing(request: Request, row: Paper) -> WriteForm | None:
    if row.state != "draft" or row.kind != "papers":
        return None
    bound = request.POST if request.POST.get("do") == "write" else None
    chosen = [one.key for one in document.parts_of(row)]
    offers = papers.offers(row, request.viewer)
    if not row.reason and row.side == "survivor":
        chosen = [one.part.key for one in offers if not one.unless and not one.never]
    initial = {"parts": chosen, "note": row.note.open(), "purpose": row.purpose, "reason": row.reason.open()}
    initial |= {"gateway": row.gateway, "consent": (row.consent or NOT_KNOWN) if row.reason else ""}
    initial |= {"why_left": "not-needed"}
    return WriteForm(bound, side=row.side, offers=offers, initial=initial)


def _said(form: WriteForm) -> Said:
    held = form.cleaned_data
    return Said(
        parts=form.chosen(),
        left_out=form.left_out(),
        purpose=held["purpose"],
        reason=held["reason"],
        gateway=held.get("gateway", ""),
        consent="" if held.get("consent") == NOT_KNOWN else held.get("consent", ""),
        note=held["note"],
    )


def _do(request: Request, row: Paper) -> HttpResponse:
    """One of the acts that need no proof of who is there."""
    do = request.POST.get("do")
    if do == "ask":
        actions.ask_release(paper=row, by=request.user, at=request.at)
        messages.success(request, "A colleague who may release it is asked. Nothing has gone yet.")
    elif do == "drop":
        actions.drop_paper(paper=row, by=request.user, at=request.at)
        messages.success(request, "Not used. What it said is removed.")
        return redirect("releases:papers")
    elif do == "copy":
        form = CopyForm(request.POST)
        if form.is_valid():
            made = actions.make_copy(paper=row, how=form.cleaned_data["how"], by=request.user, at=request.at)
            return redirect("releases:copy", made.pk)
        raise Refused("Say how the copy reaches its recipient. Nothing was made.")
    return redirect("releases:paper", row.pk)


def _context(request: Request, row: Paper, form: WriteForm | None, refused: Refused | None) -> dict[str, Any]:
    return {
        "row": row,
        "as_row": pages.row(row),
        "held": document.compose(row, None, at=request.at),
        "left_out": pages.left_out(row),
        "count": row.count_left_out,
        "stops": looking.stops(row, linked=False) if row.state in ("draft", "waiting") else [],
        "copies": pages.copies(row, request.viewer),
        "may": pages.may(row, request.viewer),
        "releasers": papers.releasers(request.viewer),
        "why_recalled": row.recalled_why.open(),
        "form": form,
        "how": CopyForm(),
        "refused": refused,
        "messages": messages.get_messages(request),
    }


@page(may="release_papers", step_up=True)
def release(request: Request, pk: UUID) -> HttpResponse:
    """Release a paper, or send it back: a second person, who shows once more who they are."""
    row = _own(request, pk)
    form, refused = WhyForm(request.POST if request.POST.get("do") == "back" else None), None
    try:
        if request.POST.get("do") == "release":
            actions.release_paper(paper=row, by=request.user, at=request.at)
            messages.success(
                request, "Released. Nothing of it opens for five minutes: until then you can call it back unseen."
            )
            return redirect("releases:paper", row.pk)
        if form.is_bound and form.is_valid():
            actions.send_back(paper=row, why=form.cleaned_data["why"], by=request.user, at=request.at)
            messages.success(request, "Sent back, with what to change.")
            return redirect("releases:paper", row.pk)
    except Refused as refusal:
        refused = refusal
    context = {**_context(request, row, None, refused), "form": form}
    status = 403 if refused else 422 if form.is_bound else 200
    return render(request, "releases/release.html", context, status=status)


@page(may="draft_papers", step_up=True)
def recall(request: Request, pk: UUID) -> HttpResponse:
    """Call a released paper back."""
    row = _own(request, pk)
    form = WhyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.recall_paper(paper=row, why=form.cleaned_data["why"], by=request.user, at=request.at)
        messages.success(request, "Called back. Nothing of it opens any more. Tell each holder on the list below.")
        return redirect("releases:paper", row.pk)
    context = {"row": row, "as_row": pages.row(row), "copies": pages.copies(row, request.viewer), "form": form}
    return render(request, "releases/recall.html", context, status=422 if form.is_bound else 200)


def _copy(request: Request, pk: UUID) -> PaperCopy:
    """A copy of one's own agency's paper, while the paper stands."""
    row = load(papers.copies(), request.viewer, what="releases.copy", pk=pk)
    if row.paper.agency_id != request.user.agency_id or row.reader_id is not None:
        raise NotVisible
    access.check_opens(row.paper, request.at)
    return row


@page(may="draft_papers")
def copy(request: Request, pk: UUID) -> HttpResponse:
    """One copy, to look at and to take as a file."""
    row = _copy(request, pk)
    context = {"row": row, "held": document.compose(row.paper, row, at=request.at)}
    return render(request, "releases/copy.html", context)


@page(may="draft_papers")
def paper_pdf(request: Request, pk: UUID) -> HttpResponse:
    """The copy as a PDF."""
    row = _copy(request, pk)
    body = printing.printed(document.compose(row.paper, row, at=request.at))
    return _file(body, "application/pdf", "paper.pdf")


@page(may="draft_papers")
def paper_csv(request: Request, pk: UUID) -> HttpResponse:
    """The copy as a table."""
    row = _copy(request, pk)
    body = document.compose(row.paper, row, at=request.at).table().encode("utf-8-sig")
    return _file(body, "text/csv; charset=utf-8", "table.csv")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    """A file whose name tells nothing."""
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@page(may="draft_papers")
def told(request: Request, pk: UUID) -> HttpResponse:
    """The holder of a copy knows that it is called back."""
    row = load(papers.copies(), request.viewer, what="releases.told", pk=pk)
    actions.tell_holder(copy=row, by=request.user, at=request.at)
    return redirect("releases:paper", row.paper_id)


@page(may="see_cases")
def received(request: Request, pk: UUID) -> HttpResponse:
    """A paper that was released to one's team: each reader's copy has a mark of its own."""
    row = load(papers.papers(), request.viewer, what="releases.received", pk=pk)
    if row.to_team_id not in request.viewer.team_ids or not pages.is_open(row, request.at):
        raise NotVisible
    mark = actions.read_here(paper=row, by=request.user, at=request.at)
    return render(request, "releases/received.html", {"row": row, "held": document.compose(row, mark, at=request.at)})


@page(may="release_papers")
def whose(request: Request) -> HttpResponse:
    """Whose copy is this? By its mark, or by all the words of a print."""
    form = WhoseForm(request.POST or None)
    found: list[dict[str, object]] | None = None
    if form.is_bound and form.is_valid():
        rows = papers.by_marks(form.cleaned_data["text"], request.viewer)
        record_read(rows, by=request.user, at=request.at, what="releases.whose")
        found = pages.whose(rows, request.viewer)
    failed = form.is_bound and found is None
    return render(request, "releases/whose.html", {"form": form, "found": found}, status=422 if failed else 200)
