"""Whether a browser is still signed in, asked by the script before it sends what somebody typed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def still(request: HttpRequest) -> JsonResponse:
    """Status 200 with the token a form must carry now, or 401: signing in again in another window gives a new token."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    return JsonResponse({"token": get_token(request)})
