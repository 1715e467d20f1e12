"""Error pages in plain words: what happened, what is safe, what to do. They need no database and no session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

# What the layout shows of nobody.
NOBODY: dict[str, Any] = {"now": None, "user": None, "navigation": [], "demo": False, "accounts": [], "idle_lock": None}


def page(
    request: HttpRequest,
    status: int,
    *,
    title: str,
    happened: str,
    safe: str,
    todo: str,
    cite: Any = None,
    typed: Sequence[str] = (),
) -> HttpResponse:
    """One page for every fault; `safe` says what became of what was typed, and `typed` gives it back."""
    words = {
        "title": title,
        "happened": happened,
        "safe": safe,
        "todo": todo,
        "cite": cite,
        "typed": typed,
        "status": status,
    }
    if status >= 500:  # who is signed in stands in a database that may just have failed
        return HttpResponse(render_to_string("design/fault.html", words | NOBODY), status=status)
    return HttpResponse(render_to_string("design/fault.html", words, request), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        400,
        title="That could not be understood",
        happened="What your browser sent is not in a form Alongside can read.",
        safe="Nothing was changed.",
        todo="Go back, reload the page and send it again.",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, "Your role may not do this.")


def refused(request: HttpRequest, sentence: str, cite: Any = None) -> HttpResponse:
    """A refusal with its reason, and the place in the procedure when a procedure forbids it. Nothing is said twice."""
    safe = "Nothing was changed."
    return page(
        request,
        403,
        title="This was not done",
        happened=" ".join(sentence.replace(safe, "").split()),
        safe=safe,
        todo="Go back to carry on with something else. In immediate danger, ring 999.",
        cite=cite,
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Said alike for what does not exist and for what may not be seen."""
    return page(
        request,
        404,
        title="Nothing we can show you",
        happened="There is no page here that we can show you. This is not a nil return: it does not mean that nothing is known.",
        safe="Nothing was changed.",
        todo="Check the address or the reference, or start again from Today. If somebody may be at risk, speak to your safeguarding lead.",
    )


def typed_words(request: HttpRequest) -> list[str]:
    """What somebody wrote into a form that was not taken: browsers forget it on the way back, so the page gives it back."""
    if request.path.startswith("/account/"):
        return []
    try:
        values = [value.strip() for name, values in request.POST.lists() for value in values]
    except Exception:  # what was sent cannot be read; then there is nothing to give back
        return []
    return [value for value in values if " " in value]


def signed_out(request: HttpRequest) -> HttpResponse:
    """A form was sent after the session had ended."""
    typed = typed_words(request)
    return page(
        request,
        403,
        title="You are signed out",
        happened="Your session ended before this was sent. It ends after half an hour without a page, and after ten hours at most.",
        safe="Nothing was sent or changed." + (" What you wrote stands below." if typed else ""),
        todo="Copy what you need, sign in again, and send it once more. If it cannot wait, use the telephone.",
        typed=typed,
    )


def not_set_up(request: HttpRequest) -> HttpResponse:
    """Somebody with a password alone, after the days of setting up."""
    return page(
        request,
        403,
        title="Your sign-in has to be set up anew",
        happened="A password alone opens nothing here, and the days in which a passkey could be added to this account are over.",
        safe="Nothing was opened or changed.",
        todo="Ask your agency’s administrator to have your sign-in set up anew. It takes two people. If it cannot wait, use the telephone.",
    )


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """More tries than a person makes, whoever they were for."""
    typed = typed_words(request)
    return page(
        request,
        429,
        title="Wait before you try again",
        happened="There were too many tries in a short time.",
        safe="Nothing was opened or changed." + (" What you wrote stands below." if typed else ""),
        todo="Wait a few minutes, then try again. If it was not you, tell your agency’s administrator now. If it cannot wait, use the telephone.",
        typed=typed,
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's check of forms failed: usually a page that was open for long."""
    typed = typed_words(request)
    return page(
        request,
        403,
        title="This page was open too long",
        happened="For safety a form can be sent only while you are signed in, from the page it was opened on.",
        safe="Nothing was sent or changed." + (" What you wrote stands below." if typed else ""),
        todo="Copy what you need, open the page again, and send it once more.",
        typed=typed,
    )


CHUNK = 64 * 1024
MOST_THROWN_AWAY = 256 * 1024 * 1024


def throw_away(request: HttpRequest) -> None:
    """Read a body that is not wanted to its end, so that its sender hears why instead of a broken line."""
    left = MOST_THROWN_AWAY
    while left > 0 and (chunk := request.read(CHUNK)):
        left -= len(chunk)


def too_large(request: HttpRequest) -> HttpResponse:
    throw_away(request)
    return page(
        request,
        413,
        title="That is too large",
        happened="More was sent at once than Alongside takes: 2 MB of text, or one file of 20 MB.",
        safe="Nothing was kept.",
        todo="Send it in parts, or bring a file in with the command `alongside ingest`.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Must not fail itself: when even the page cannot be drawn, plain text is sent."""
    try:
        typed = typed_words(request)
        return page(
            request,
            500,
            title="Something went wrong here",
            happened="A fault in Alongside stopped this. It is not your doing, and it has been noted.",
            safe="What you sent was not kept. Everything kept before is unchanged."
            + (" What you wrote stands below: copy it before you leave this page." if typed else ""),
            todo="Go back and send it again. If it cannot wait, use the telephone; in immediate danger, ring 999.",
            typed=typed,
        )
    except Exception:  # whatever it is, people still get words
        return HttpResponse(
            "Something went wrong here. What you sent was not kept. If it cannot wait, use the telephone; in immediate danger, ring 999.",
            status=500,
            content_type="text/plain; charset=utf-8",
        )
