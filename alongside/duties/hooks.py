"""What higher apps register with duties: evidence that closes them, deadlines only they can work out, who has been sent a case,
and the page on which an act is done."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.agencies.models import Team
from alongside.cases.models import Case
from alongside.clock import Deadline
from alongside.duties.holding import Kinds, Records, is_asked, reads_from
from alongside.duties.models import Task
from alongside.gate.viewing import Viewer


@dataclass(frozen=True)
class Evidence:
    """A record that discharges duties: its kind (`referral.sent_to_childrens_social_care`), what it is, when it was made.

    `about` empty: it counts for everybody in the case; else only for duties about one of these people. `act` and
    `for_agency` narrow it to duties of one act, or of one agency.
    """

    kind: str
    record: tuple[str, UUID]
    on: datetime
    about: frozenset[str] = frozenset()
    act: str = ""
    for_agency: str = ""


@dataclass(frozen=True)
class Unfinished:
    """What waits for a person and is no task: a call begun and not sent, a notice not opened. Words without a name,
    and where to go on, empty where there is nothing to open; `button` says what is done there."""

    text: str
    about: str
    href: str
    button: str = ""


FindEvidence = Callable[[Case], Iterable[Evidence]]


# What a record says by being sent at all.
SAID_BY_SENDING = frozenset({"abuse_incident", "domestic_abuse_known_or_suspected", "local_authority"})


@dataclass(frozen=True)
class Sent:
    """A team that was sent a record of the case, with the facts that went: rows {key: "fact:person", value, in words}; when, when it
    was first opened there (None: not yet, or not noted), what it is, as in "a referral", and the facts it says by being sent at all."""

    team: Team
    facts: Iterable[Mapping[str, str]]
    on: datetime
    what: str
    opened_on: datetime | None = None
    says: frozenset[str] = SAID_BY_SENDING

    def keys(self) -> frozenset[tuple[str, str]]:
        """The facts that went: key and value in words."""
        return frozenset((row["key"], row["value"]) for row in self.facts if "key" in row)


FindTeams = Callable[[Case], Iterable[Sent]]
EVIDENCE: dict[str, tuple[FindEvidence, Records]] = {}
DEADLINES: dict[str, Callable[[Case, datetime, list[str]], Deadline]] = {}
SENT_TO: list[tuple[FindTeams, Records]] = []
ACT_PAGES: dict[str, Callable[[Task], str]] = {}
UNFINISHED: list[Callable[[Viewer], Iterable[Unfinished]]] = []


def register_evidence(kind: str, find: FindEvidence, *, reads: Records = ()) -> None:
    """Say how records of a kind are found in a case; `reads`: without any such record of the case there are none."""
    EVIDENCE[kind] = (find, reads_from(reads))


def evidence(kind: str, case: Case, kinds: Kinds) -> list[Evidence]:
    """Records of a kind in a case."""
    find, reads = EVIDENCE.get(kind, (None, ()))
    return list(find(case)) if find and is_asked(reads, kinds) else []


def register_deadline(limit: str, work_out: Callable[[Case, datetime, list[str]], Deadline]) -> None:
    """Work out a limit the clock alone cannot, such as the morning a school opens."""
    DEADLINES[limit] = work_out


def register_sent_to(teams: FindTeams, *, reads: Records = ()) -> None:
    """Name the teams to which somebody has sent this case by a recorded decision, and the facts that went."""
    SENT_TO.append((teams, reads_from(reads)))


def sent_to(case: Case, kinds: Kinds) -> dict[UUID, set[tuple[str, str]]]:
    """Ids of the teams to which somebody has sent the case, each with the facts that went: key and value in words."""
    found: dict[UUID, set[tuple[str, str]]] = {}
    for sent in everything_sent(case, kinds):
        found.setdefault(sent.team.pk, set()).update(sent.keys())
    return found


def everything_sent(case: Case, kinds: Kinds) -> Iterator[Sent]:
    """Every record of a case that was sent to a team by a recorded decision."""
    for find, reads in SENT_TO:
        yield from find(case) if is_asked(reads, kinds) else ()


def register_act_page(act: str, url: Callable[[Task], str]) -> None:
    """The page on which an act is done; the task's one button leads there."""
    ACT_PAGES[act] = url


def register_unfinished(find: Callable[[Viewer], Iterable[Unfinished]]) -> None:
    """What waits for a person and is no task stands first on their Today."""
    UNFINISHED.append(find)
