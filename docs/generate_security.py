"""Writes docs/reference/security.md: ways in, limits, sessions, files, logs, secrets and parts, read from the code. Run by `make docs`."""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import django

# As it is for real: the defaults, and nothing of the machine it is made on.
for name in [name for name in os.environ if name.startswith("ALONGSIDE_") or name == "DATABASE_URL"]:
    del os.environ[name]
os.environ["ALONGSIDE_DATA"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django.conf import settings  # noqa: E402

from alongside.agent import client, exchange  # noqa: E402
from alongside.agent import settings as agents  # noqa: E402
from alongside.cli import serve  # noqa: E402
from alongside.config.env import SETTINGS  # noqa: E402
from alongside.config.middleware import CONTENT_SECURITY_POLICY, REFUSED_POWERS  # noqa: E402
from alongside.intake import reading  # noqa: E402
from alongside.looking import rules  # noqa: E402
from alongside.outbox import actions as outbox  # noqa: E402
from alongside.policy import documents  # noqa: E402
from alongside.procedures import forms as procedures  # noqa: E402
from alongside.uploads import cleaner  # noqa: E402
from alongside.uploads import codes as uploads  # noqa: E402

HERE = Path(__file__).resolve().parent
OUT = HERE / "reference" / "security.md"
HEAD = """<!-- Generated from the code and docs/security/ by docs/generate_security.py: change those, then `make docs`. -->

# What is set up for security

For whoever keeps the service running and whoever checks it. Numbers are read from the code. What a partnership should decide is marked *to be confirmed*.
Who may open what stands in [addresses](routes.md), what is held in [data](data.md), every setting in [settings](settings.md), what is asked of us in
[the verification standard](asvs.md), and what could go wrong in [threats](../explanation/threats.md).
"""
MINUTE, MB = 60, 1024 * 1024
Row = Sequence[object]


def table(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    """A table of Markdown."""
    yield f"| {' | '.join(map(str, head))} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def said(*lines: str) -> str:
    """A paragraph."""
    return " ".join(lines) + "\n"


def toml(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((HERE / "security" / name).read_text("utf-8"))


def ways_in() -> Iterator[str]:
    yield "## Ways in, and what each asks for\n"
    yield from table(
        ("way", "for", "what it asks for"),
        (
            (
                "the sign-in page",
                "people",
                f"a passkey, whose device checks its owner; for {settings.ALONGSIDE_SET_UP_DAYS} days from joining (to be confirmed) also a password "
                "with a code of an authenticator app; a password alone opens only the page to add a passkey",
            ),
            (
                "an agency's own directory, where it has one",
                "people whose account two people bound to it",
                "that the directory says who it is; it stands in for the password alone, and a passkey is asked for all the same",
            ),
            (
                "`/api/`",
                "a connected system of an agency",
                "a token of 256 random bits in the header `Authorization`; kept as its hash, ended by the operator",
            ),
            (
                "an agency's own agent",
                "the platform alone",
                f"a message encrypted and authenticated under the channel's own key, at most {exchange.LIVES} seconds old, each question once",
            ),
            ("the command line", "the operator", "the account of the service on the machine"),
            ("the demonstration", "nobody real", "a known password; refused where there are real people"),
        ),
    )
    yield "There is no other: no sign-up, no reset by mail, no secret questions, no codes by mail or telephone, no account with all rights.\n"


def guessing() -> Iterator[str]:
    limits = settings.ACCOUNT_RATE_LIMITS
    yield "## How guessing is stopped\n"
    yield from table(
        ("what", "how often", "then"),
        (
            (
                "wrong passwords of one account",
                f"{settings.AXES_FAILURE_LIMIT}",
                f"shut for {int(settings.AXES_COOLOFF_TIME.total_seconds()) // MINUTE} minutes, also for the right one",
            ),
            (
                "tries to sign in from one network address",
                limits["login"].split("/")[0] + " a minute",
                "refused until the minute is over",
            ),
            (
                "wrong tries from one network address, or of one account",
                limits["login_failed"]
                .replace("/m/ip", " a minute")
                .replace("/5m/key", " in five minutes")
                .replace(",", ", "),
                "refused until the time is over",
            ),
            (
                "giving the password again",
                limits["reauthenticate"].split("/")[0] + " a minute",
                "refused until the minute is over",
            ),
            (
                "tries with a passkey from one network address",
                settings.MFA_RATE_LIMITS["webauthn_login"].split("/")[0] + " a minute",
                "refused until the minute is over",
            ),
            ("questions to an agency's agent", f"{agents.MOST_AN_HOUR} an hour", "refused until the hour is over"),
        ),
    )
    yield said(
        "Counts are kept in the database, so that every process sees them. An account that exists and one that does not are",
        "answered alike. Somebody who shuts out a colleague by wrong tries does so for minutes only; an agency's staff share a",
        "network address, so that its limit is generous.",
    )
    yield said(
        "**Passwords**: twelve signs or more, of any kind, up to any length;",
        "refused are the 20,000 commonest and those like one's own name or address; they never grow old; kept with Argon2id.",
    )


def sessions() -> Iterator[str]:
    idle, whole = settings.SESSION_COOKIE_AGE // MINUTE, int(settings.SESSION_ABSOLUTE_AGE.total_seconds()) // 3600
    yield "## Sessions\n"
    yield said(
        f"A session ends after **{idle} minutes** without a page, after **{whole} hours** however busy it was, when the browser is",
        "closed, at signing out, and when its person is put out. NIST SP 800-63B asks at its second level for an end after 30",
        "minutes without use and after 12 hours at most; ours are no longer. A shift has up to ten hours; half an hour is a visit",
        "at a door. A person may be signed in at several places: nothing limits how many (*to be confirmed*), and",
        "each sees and ends them under *Where you are signed in*. Changing the",
        "password, the agency or the role ends all, and so does whoever says that somebody has left or is to be set up anew.",
    )
    yield said(
        "**Cookies**: the session and the token of forms, both `__Host-`, Secure, HttpOnly, SameSite=Strict,",
        "and no other. Sessions are kept in the database, and so is what the next page will say.",
    )


def limits() -> Iterator[str]:
    yield "## Limits\n"
    yield from table(
        ("what", "limit", "for whom", "beyond it"),
        (
            (
                "a form or a notification",
                f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MB} MB, {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields",
                "each request",
                "refused with words; nothing kept",
            ),
            (
                "any request",
                f"{settings.FILE_UPLOAD_MAX_MEMORY_SIZE // MB} MB",
                "each request",
                "refused before it is read",
            ),
            ("an address", f"{serve._options('', 1)['limit_request_line']:,} signs", "each request", "refused"),
            ("requests at once", f"{serve.THREADS} a process, `ALONGSIDE_WORKERS` processes", "all", "wait"),
            ("a process that says nothing", "60 seconds", "all", "ended and begun anew"),
            ("sets of cases prepared to replay", "1 at a time", "all", "told to wait"),
            (
                "different records opened in a day (to be confirmed)",
                f"{rules.SLOW_FROM}, then one in {rules.PAUSE.seconds} seconds; {rules.A_DAY}",
                "each person",
                "slowed down, then stopped, told why and whom to ring; their own cases stay open",
            ),
        ),
    )


def files() -> Iterator[str]:
    yield "## Files that are taken\n"
    yield from table(
        ("page", "for", "kinds", "largest", "unpacked", "what becomes of it"),
        (
            (
                "Documents: *Add your copy*",
                "policy leads",
                "text, HTML, DOCX, PDF; told by their first bytes",
                f"{procedures.MOST_BYTES // 1_000_000} MB",
                f"{documents.MOST_BYTES // 1_000_000} MB, {documents.MOST_PAGES:,} pages, {documents.MOST_TEXT:,} signs",
                "its text is kept; the file is not, and is never given out",
            ),
            (
                "Call: *Drop in a file*",
                "who may notify",
                "JSON in UTF-8",
                f"{reading.MOST_BYTES // MB} MB",
                "–",
                "read as a notification, or refused with every fault",
            ),
            (
                "Case: *Add a file*",
                "who may keep files",
                f"{', '.join(words[0] for words in uploads.TYPES.values())}; told by their first bytes",
                f"{uploads.MOST_BYTES // 1_000_000} MB, {uploads.MOST_A_DAY} a day (to be confirmed)",
                f"{cleaner.MOST_UNPACKED // 1_000_000} MB, {cleaner.MOST_PAGES} pages, {cleaner.MOST_PIXELS // 1_000_000} million dots",
                "sealed; after the scanner a clean copy is given out, from another host, once",
            ),
        ),
    )
    yield said(
        "A file that is locked, damaged, declares entities or unpacks to more is refused with words. Files of cases pass a scanner, and wait",
        f"while it is away or its list is older than {settings.ALONGSIDE_SIGNATURE_DAYS} days (*to be confirmed*);",
        "[how](../how-to/let-files-in.md). Nothing uploaded is written to a disk.",
    )


def browsers() -> Iterator[str]:
    yield "## What a browser must be able to do\n"
    yield said(
        "Every page works without scripts. A browser must speak TLS 1.2, keep `__Host-` cookies with SameSite, and send",
        "`Sec-Fetch-Site` (every one since March 2023): without it pages can be read and forms are refused. It is told to keep to",
        "https for a year, to keep no copy of a page, to tell no site where it came from, to frame nothing, and:",
    )
    yield "```text\n" + CONTENT_SECURITY_POLICY.replace("; ", ";\n") + "\n```\n"
    yield f"Refused to every page, {len(REFUSED_POWERS)} powers of the machine: {', '.join(REFUSED_POWERS)}.\n"


def logs() -> Iterator[str]:
    yield "## Logs\n"
    yield from table(
        ("log", "what stands in it", "form", "where", "who reads it", "kept"),
        (
            (
                "audit trail",
                "every act, every look at a record, every refusal: who, when, what, on which page, which ids",
                "a row, chained by HMAC-SHA-256",
                "database, append-only",
                "auditor, information governance lead",
                "as long as any record it is about, then six years",
            ),
            (
                "steps",
                "every step of every record through its workflow, and why",
                "a row",
                "database, append-only",
                "who may see the record",
                "as the record",
            ),
            (
                "outbox",
                "what waits, went, failed; never what a mail server said",
                "a row",
                "database",
                "operator",
                "as long as the trail",
            ),
            (
                "service",
                "faults by kind and place in the code; no name, no typed text, no query",
                "a line",
                "standard error of the service",
                "operator",
                "as the operator's journal is; to be confirmed",
            ),
            (
                "agent",
                "who asked, for what, what was answered",
                "a line of JSON",
                "a file at the agency, for its owner",
                "the agency",
                "as the agency decides",
            ),
        ),
    )
    yield said(
        "Nothing else is written: no access log, no analytics, no mail of faults. Where the chains end can be [noted on another",
        "machine](../how-to/run-it-for-real.md#6-watch-it).",
    )


def spoken_to() -> Iterator[str]:
    first, longest = int(outbox.FIRST_DELAY.total_seconds()), int(outbox.LONGEST_DELAY.total_seconds()) // MINUTE
    yield "## What the service speaks to\n"
    yield from table(
        ("to", "setting", "lines at most", "waits", "when it is away"),
        (
            (
                "its database",
                "`DATABASE_URL`",
                "one for each thread, one for the worker, kept for ten minutes and looked at before use",
                "the database's own",
                "the request fails, nothing is half kept; the worker waits and goes on",
            ),
            (
                "a mail server",
                "`ALONGSIDE_SMTP_URL`",
                "one",
                f"{settings.EMAIL_TIMEOUT} seconds",
                f"tried again after {first} seconds, then twice as long each time, at most {longest} minutes",
            ),
            (
                "agents of agencies",
                "`ALONGSIDE_AGENTS`",
                "one at a time, once a round",
                f"{client.WAITS:.0f} seconds; {client.MOST_BYTES // 1024} KB",
                "asked again in the next round; after `ALONGSIDE_AGENT_MINUTES` somebody is to ring; never read as *not held*",
            ),
        ),
    )
    yield said(
        "Nobody who uses a page can name a place to be spoken to, and no redirect is followed. Browsers and systems reach the",
        "service through the operator's proxy alone.",
    )


def secrets() -> Iterator[str]:
    every = toml("parts.toml")["changed_every"]
    yield "## Secrets\n"
    yield from table(
        ("secret", "what it does", "change it every (to be confirmed)"),
        ((f"`{one.name}`", one.meaning.split(". ")[0].rstrip("."), every[one.name]) for one in SETTINGS if one.secret),
    )
    yield said(
        "Each is known to the service and to the two people who keep the copy apart from the database (*to be confirmed* who they",
        "are). The channel key of an agent is known to the platform and that agency alone. A key is made by the machine, is a file",
        "for its owner or a setting, comes with no product and stands in no log. One that may be known to somebody else is changed",
        "on the day.",
    )


def cryptography() -> Iterator[str]:
    yield "## Where cryptography is used\n"
    yield said(
        "A sweep finds every use; one that is not here fails. Sealed values carry a version and the id of their key, so that",
        "another method can be taken up row by row.",
    )
    yield from table(
        ("in", "method and what for"),
        ((f"`{path}`", why) for path, why in toml("left-out.toml")["cryptography"].items()),
    )
    yield said(
        "Certificates are the proxy's. Against quantum computers: what is sealed rests on 256-bit keys of one kind for both sides,",
        "which stand; TLS is the proxy's to change.",
    )


def dangerous() -> Iterator[str]:
    yield "## Places to look at first\n"
    yield "What can be dangerous is left out of the code; where it is there all the same, a sweep holds the list.\n"
    held = {name: places for name, places in toml("left-out.toml").items() if places and name != "cryptography"}
    rows = ((name, f"`{path}`", why) for name, places in held.items() for path, why in places.items())
    yield from table(("what", "in", "why"), rows)


def parts() -> Iterator[str]:
    held = toml("parts.toml")
    yield "## Libraries to watch, and how soon a weak one is replaced\n"
    yield from table(
        ("library", "why, and what stands around it"), ((f"`{name}`", why) for name, why in held["risky"].items())
    )
    yield from table(("when a part", "replace it within (to be confirmed)"), held["replaced_within"].items())


def costly() -> Iterator[str]:
    yield "## What costs much\n"
    yield from table(
        ("what", "how it cannot stop the rest"),
        (
            (
                "looking somebody up",
                "keys shared by many are read to a bound; as many statements in a crowd as for few",
            ),
            ("a case decided anew", "asks only the apps that hold something of it; bounded by the rules there are"),
            (
                "what a change would do",
                "the set of cases is prepared by a process of its own, one at a time; the same question is worked out once",
            ),
            ("a page of a long list", "as many statements as for a short one; long ones are paged"),
            ("reading a document", "bounded in bytes, pages and signs; a policy lead alone"),
            ("files of notifications", "on the command line, a piece at a time"),
            ("walking the audit trail", "on the command line"),
        ),
    )


def text() -> str:
    """The page as it should be."""
    every = (
        ways_in,
        guessing,
        sessions,
        limits,
        files,
        browsers,
        logs,
        spoken_to,
        secrets,
        cryptography,
        dangerous,
        parts,
        costly,
    )
    return HEAD + "\n" + "\n".join(line for section in every for line in section())


def main() -> int:
    OUT.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
