"""Looking tokens up."""

from alongside.agencies.models import User
from alongside.api.models import ApiToken, mark_of


def bearer(token: str) -> User | None:
    """In whose name a token acts; None for one that is not, or no longer, good."""
    row = ApiToken.objects.filter(mark=mark_of(token), ended_on__isnull=True).select_related("user__agency").first()
    return row.user if row is not None and row.user.is_active else None


def standing() -> list[ApiToken]:
    """Tokens that are good, the newest first."""
    return list(ApiToken.objects.filter(ended_on__isnull=True).select_related("agency"))


def beginning(begins: str) -> ApiToken | None:
    """The good token with these first characters."""
    return ApiToken.objects.filter(begins=begins, ended_on__isnull=True).first()
