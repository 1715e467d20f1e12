"""The tool: sharing chosen parts of a record of a case, as they stand, or deciding not to."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Team, User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.outbox.api import STAFF_NOW, post
from alongside.sharing.codes import REFERRAL
from alongside.sharing.decisions.actions.consenting import record_consent
from alongside.sharing.decisions.actions.deciding import Weighed, disclose, keep_back
from alongside.sharing.decisions.models import Disclosure, SharedCopy
from alongside.sharing.gateways import GATEWAYS
from alongside.sharing.hooks import Part, Shareable
from alongside.sharing.queries import last_word


@dataclass(frozen=True)
class Letter:
    """What a worker decided with the tool; `gateway` is a code of `gateways.GATEWAYS`, empty where nothing goes."""

    purpose: str
    reason: str
    gateway: str = ""
    consent: str = ""
    left_out: Sequence[str] = ()
    weighed: Weighed | None = None


@action("sharing.copy_shared")
def share(
    *,
    key: UUID,
    case: Case,
    source: Shareable,
    parts: Collection[Part],
    to_team: Team,
    letter: Letter,
    by: User,
    at: datetime,
) -> Disclosure:
    """Share the chosen parts of a record with a team, as they stand now; or the case itself, where the source is the case.

    `key` is the id the copy gets: the same page sent twice is one decision.
    """
    check_may(by, "decide_sharing")
    Case.objects.select_for_update().get(pk=case.pk)  # two presses wait for each other here
    there = Disclosure.objects.filter(case=case, record_id=key).first() if not source.is_case else None
    if there is not None and (there.decided_by_id, there.to_team_id) != (by.pk, to_team.pk):
        raise Refused("This page belongs to another decision. Begin again from the case. Nothing was sent.")
    if there is not None:
        record(there, by=by, at=at, again=True)
        return there
    if not source.is_case and not parts:
        raise Refused("Choose at least one part that goes, or decide not to share. Nothing was sent.")
    _check_weighed(letter)
    _keep_word(case, letter.consent, by, at)
    subject = case if source.is_case else _copied(key, case, source, parts, to_team, by, at)
    row = disclose(
        case=case,
        subject=subject,
        to_team=to_team,
        purpose=letter.purpose,
        basis=GATEWAYS[letter.gateway].basis,
        gateway=letter.gateway,
        consent=letter.consent,
        reason=letter.reason,
        what=["the case, and what is added to it"] if source.is_case else [part.label for part in parts],
        left_out=[*(part.label for part in source.parts if part not in parts), *letter.left_out],
        weighed=letter.weighed,
        by=by,
        at=at,
    )
    post(to=f"team:{to_team.pk}", key=f"share-{row.pk}", template=STAFF_NOW, by=by, at=at)
    record(row, by=by, at=at, to=to_team.code, of=source.kind)
    _tell(case, row, "A record was shared with another agency", by, at)
    return row


HER_WORD = ("given", "refused", "withdrawn")


def _keep_word(case: Case, said: str, by: User, at: datetime) -> None:
    """What the victim said, where the worker knows something newer than the record: before the decision, so that it is no part of it.

    That nobody asked about this share, or could not, is no word of hers and takes the place of none.
    """
    member = case.members.filter(role="victim").select_related("person").order_by("pk").first()
    if member is not None and said in HER_WORD and last_word(member.person) != said:
        record_consent(case=case, person=member.person, purpose=REFERRAL, status=said, by=by, at=at)


def _check_weighed(letter: Letter) -> None:
    weighed = letter.weighed or Weighed()
    if letter.gateway not in GATEWAYS:
        raise Refused("Choose what in law allows you to share this. Nothing was sent.")
    if not weighed.necessity.strip() or not weighed.proportionality.strip():
        raise Refused("Say why it is needed, and why no more goes. Nothing was sent.")


def _copied(
    key: UUID, case: Case, source: Shareable, parts: Collection[Part], to_team: Team, by: User, at: datetime
) -> SharedCopy:
    return SharedCopy.objects.create(
        pk=key,
        case=case,
        of_kind=source.kind,
        of_id=source.id,
        title=source.title,
        to_team=to_team,
        parts=json.dumps([{"label": part.label, "text": part.text} for part in parts]),
        shared_at=at,
        shared_by=by,
    )


@action("sharing.copy_opened")
def open_copy(*, copy: SharedCopy, by: User, at: datetime) -> SharedCopy:
    """Note who of the receiving team opened it first."""
    if copy.opened_at is None:
        copy.opened_at, copy.opened_by = at, by
        copy.save(update_fields=["opened_at", "opened_by"])
    record(copy, by=by, at=at)
    return copy


@action("sharing.copy_kept_back")
def keep_record_back(
    *, case: Case, source: Shareable, to_team: Team, letter: Letter, by: User, at: datetime
) -> Disclosure:
    """Decide with the tool not to share a record with a team. The same words again are the same decision."""
    check_may(by, "decide_sharing")
    Case.objects.select_for_update().get(pk=case.pk)
    there = Disclosure.objects.filter(
        case=case, record_id=source.id, to_team=to_team, shared=False, reason=letter.reason.strip(), decided_by=by
    ).first()
    if there is not None:
        record(there, by=by, at=at, again=True)
        return there
    row = keep_back(
        case=case,
        subject=(source.kind, source.id),
        to_team=to_team,
        purpose=letter.purpose,
        reason=letter.reason,
        consent=letter.consent,
        weighed=letter.weighed,
        by=by,
        at=at,
    )
    record(row, by=by, at=at, to=to_team.code, of=source.kind)
    _tell(case, row, "Decided not to share a record with another agency", by, at)
    return row


def _tell(case: Case, row: Disclosure, what: str, by: User, at: datetime) -> None:
    cases.note(case=case, what=what, record_kind="sharing.disclosure", record_id=row.pk, by=by, at=at)
    cases.changed(case=case, by=by, at=at)
