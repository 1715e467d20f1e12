"""The access rule of a page, written on its view and asked before anything is loaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from alongside.agencies.access import check_may
from alongside.agencies.models import User
from alongside.gate import stepping
from alongside.gate.viewing import Viewer

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """What a view declared with `page` is given: a request of somebody signed in, at one instant, through one gate."""

    user: User
    at: datetime
    viewer: Viewer


SIGNED_IN = "signed in"


def page(*, may: str | None, step_up: bool = False, even_time: bool = False) -> Callable[[View], View]:
    """Declare who may open a page: a permission of `agencies.roles`, or None for everybody who is signed in.

    With `step_up` the view runs only within ten minutes of the person showing who they are (`gate.stepping`): for a release,
    for break-glass, for giving somebody access. A form that is sent later is asked for it on the way, and loses nothing; one
    with a file is not carried, so its page asks when it is opened.

    With `even_time` what it answers to a form takes the same time whatever was found (`config.even_time`): for a look-up beyond the gate.

    The view finds `request.viewer`, and everything it shows is loaded through the gate for that viewer. The rule is kept
    on the view as `access_rule`, where the sweep over all addresses reads it.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if may is not None:
                check_may(request.user, may)  # type: ignore[arg-type]
            if step_up and (question := stepping.ask(request)) is not None:
                return question
            request.viewer = Viewer(request.user, request.at)  # type: ignore[attr-defined, arg-type]
            return view(request, *args, **kwargs)

        checked.access_rule = may or SIGNED_IN  # type: ignore[attr-defined]
        checked.step_up = step_up  # type: ignore[attr-defined]
        checked.even_time = even_time  # type: ignore[attr-defined]
        return checked

    return declare
