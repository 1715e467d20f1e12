"""Adopting a local choice, adding the partnership's own copy of a document, and deciding what a changed sentence does to its rule."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import Area, User
from alongside.audit.api import action, record
from alongside.clock import in_london
from alongside.design.jinja import document
from alongside.policy import PolicyError, Rulebook
from alongside.policy.archive import texts
from alongside.policy.awaiting import is_awaiting
from alongside.policy.documents import UnreadableDocument, read
from alongside.procedures import queries
from alongside.procedures.editions import work_on
from alongside.procedures.models import AdoptedChoice, DocumentCopy, KeptRules, SentenceDecision
from alongside.procedures.queries import adopted_rows, findings, library

# A new edition keeps most of its sentences; another document holds next to none.
HALF = 0.5
_BY_PROOF = (
    "A number outside can only be set in the area's pack, where the check proves that no case is lost by it: "
    "ask whoever looks after the packs. "
)


class NotSure(Refused):
    """A copy that may be the wrong one; adding it again with `sure` adds it all the same."""


@action("procedures.document_added")
def add_document(*, code: str, name: str, data: bytes, sure: bool = False, by: User, at: datetime) -> DocumentCopy:
    """Keep the partnership's copy of a document and look every citation up in it. An earlier copy stays on record.

    Raises `NotSure` for a copy that followed ones have replaced, or in which most sentences are not found.
    """
    access.check_may(by, "adopt_choices")
    if code not in queries.documents():
        raise Refused(
            f"No rule cites a document “{code}”. The ones cited are {', '.join(queries.documents())}. Nothing was added."
        )
    try:
        text = read(name, data)
    except UnreadableDocument as fault:
        raise Refused(f"{fault}. Nothing was added.") from fault
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    _check_is_another(queries.copies_of({code}).get(code, []), sha256, sure)
    if not sure:
        _check_is_of(code, text)
    states = [finding.state for finding in findings(code, text)]
    found, moved, missing = (states.count(state) for state in ("found", "moved", "missing"))
    row = DocumentCopy.objects.create(
        code=code, text=text, sha256=sha256, found=found, moved=moved, missing=missing, added_at=at, added_by=by
    )
    record(row, by=by, at=at, document=code, found=found, moved=moved, missing=missing)
    return row


def _check_is_another(copies: Sequence[DocumentCopy], sha256: str, sure: bool) -> None:
    """The copy in use is not added again; one that another followed only by somebody who is sure."""
    same = next((copy for copy in copies if copy.sha256 == sha256), None)
    if same is None:
        return
    added = f"{in_london(same.added_at):%-d %B %Y}"
    if same == copies[0]:
        raise Refused(f"Your partnership has this copy already, added on {added}. Nothing was changed.")
    if not sure:
        raise NotSure(
            f"This is the copy added on {added}, and a later one is in use. Nothing was added. If the partnership goes back "
            "to this one, say that you are sure and choose the file again."
        )


def _check_is_of(code: str, text: str) -> None:
    """Most of a sample of its sentences are found; otherwise it is probably another document."""
    share = queries.share_found(code, text)
    if share >= HALF:
        return
    others = {other: queries.share_found(other, text) for other in queries.documents() if other != code}
    likest = max(others, key=lambda other: others[other], default="")
    seems = f" It looks like {document(likest)}." if others.get(likest, 0) >= HALF else ""
    raise NotSure(
        f"Of a hundred sentences that {document(code)} should hold, about {round(share * 100)} are in this "
        f"file.{seems} Nothing was added, and the rules go on as before. If it is the right document, written wholly anew or read "
        "badly, say that you are sure and choose the file again."
    )


@action("procedures.sentence_decided")
def decide_sentence(*, rule: str, said: str, verdict: str, reason: str, by: User, at: datetime) -> SentenceDecision:
    """Say of a rule whose sentence changed or went whether it stands. It holds for these words: `said` is their hash."""
    access.check_may(by, "adopt_choices")
    known = queries.rules().get(rule)
    work = work_on(known) if known else None
    if work is None:
        raise Refused("The sentence of this rule stands as it was: there is nothing to decide. Nothing was changed.")
    if work.key[2] != said:
        raise Refused(
            "A later copy was added while you looked, and it says something else. Look again; nothing was changed."
        )
    if verdict not in dict(SentenceDecision.VERDICTS) or (verdict == SentenceDecision.REOPENED and work.is_open):
        raise Refused("Say whether the rule stands or must be written anew. Nothing was changed.")
    if not reason.strip():
        raise Refused("Say in a sentence why. Nothing was changed.")
    row = SentenceDecision.objects.create(
        copy=work.copy,
        rule=rule,
        cited=work.key[1],
        said=said,
        verdict=verdict,
        reason=reason.strip(),
        decided_at=at,
        decided_by=by,
    )
    record(row, by=by, at=at, rule=rule, verdict=verdict)
    return row


@action("procedures.choice_adopted")
def adopt_choice(
    *, area: Area, parameter: str, value: object, reason: str, from_on: date, by: User, at: datetime
) -> AdoptedChoice:
    """Set a local choice from a day on, within what the pack lets vary; the one before ends that day.

    Cases are evaluated with it at their next change; what was decided before stays as it was decided.
    """
    access.check_may(by, "adopt_choices")
    held = library().parameters(area.code, from_on).get(parameter)
    if held is None:
        raise Refused("This pack has no such local choice. Nothing was changed.")
    if not reason.strip():
        raise Refused("Say in a sentence why the partnership chooses this. Nothing was changed.")
    if not held.accepts(value):
        more = _BY_PROOF if held.type == "integer" else ""
        raise Refused(
            f"That is outside what this choice may be ({held.limits or held.type}). {more}Nothing was changed."
        )
    try:
        library().pack(area.code, from_on, adopted={parameter: value})
    except PolicyError as fault:
        raise Refused(f"The rules do not allow this choice: {fault}. Nothing was changed.") from fault
    open_before = AdoptedChoice.objects.filter(area=area, parameter=parameter, in_force_until_on__isnull=True)
    if open_before.filter(in_force_from_on__gte=from_on).exists():
        raise Refused(
            "A choice from that day, or a later one, stands already. Choose a later day; nothing was changed."
        )
    open_before.update(in_force_until_on=from_on)
    row = AdoptedChoice.objects.create(
        area=area,
        parameter=parameter,
        value=value,
        reason=reason,
        in_force_from_on=from_on,
        adopted_at=at,
        adopted_by=by,
    )
    record(row, by=by, at=at, area=area.code, parameter=parameter)
    return row


@action("procedures.default_confirmed")
def confirm_default(*, area: Area, parameter: str, reason: str, by: User, at: datetime) -> AdoptedChoice:
    """Confirm a default in force as it ships: from today it is the partnership's own choice, and decides as it did."""
    access.check_may(by, "adopt_choices")
    today = in_london(at).date()
    held = library().parameters(area.code, today).get(parameter)
    if held is None or not is_awaiting(held):
        raise Refused("Nothing of that name awaits confirmation here. Nothing was changed.")
    if parameter in adopted_rows(area.code, today):
        raise Refused("Your partnership has confirmed this, or chosen otherwise, already. Nothing was changed.")
    row = adopt_choice(area=area, parameter=parameter, value=held.value, reason=reason, from_on=today, by=by, at=at)
    record(row, by=by, at=at, area=area.code, parameter=parameter)
    return row


@action("procedures.rules_kept")
def keep_rules(*, book: Rulebook, by: User, at: datetime) -> None:
    """Keep the rules that decide a case, as they are now; nothing where they are kept already (`queries.are_kept`)."""
    rows = [KeptRules(hash=mark, text=text, kept_on=at) for mark, text in texts(book)]
    KeptRules.objects.bulk_create(rows, ignore_conflicts=True)  # another case may be decided by them at this moment
    record(("rules", book.hash), by=by, at=at)
