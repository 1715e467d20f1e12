"""Making and ending the token of a connected system."""

import secrets
from datetime import datetime

from alongside.agencies.actions import service_user
from alongside.agencies.models import Agency
from alongside.api.models import ApiToken, mark_of
from alongside.audit.api import Actor, action, record

BEGINS = "al_"
SHOWN = 9


@action("api.token_made")
def make_token(*, agency: Agency, by: Actor, at: datetime) -> str:
    """A new token for an agency; it is returned once and kept nowhere."""
    token = BEGINS + secrets.token_urlsafe(32)
    user = service_user(agency=agency, by=by, at=at)
    row = ApiToken.objects.create(agency=agency, user=user, begins=token[:SHOWN], mark=mark_of(token), made_on=at)
    record(row, by=by, at=at, agency=agency.code)
    return token


@action("api.token_ended")
def end_token(*, token: ApiToken, by: Actor, at: datetime) -> ApiToken:
    """From now on the token opens nothing."""
    token.ended_on = at
    token.save(update_fields=["ended_on"])
    record(token, by=by, at=at, begins=token.begins)
    return token
