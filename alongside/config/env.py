"""Every setting Alongside reads from its environment, declared once.

`docs/reference/settings.md` is made from this table (`make docs`), and a sweep fails when a setting is read that is not
declared here, or declared and never read.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


class SettingError(ValueError):
    """A setting holds something that cannot be used; the message names the setting and what is accepted."""


@dataclass(frozen=True)
class Setting:
    """One variable of the environment. `default` is its text form; `secret` values are never printed."""

    name: str
    default: str
    meaning: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DATABASE_URL",
        "",
        "PostgreSQL, as `postgresql://USER:PASSWORD@HOST/NAME`. Left empty: SQLite, in the folder ALONGSIDE_DATA.",
        secret=True,
    ),
    Setting(
        "ALONGSIDE_DATA",
        "alongside-data",
        "Folder for what this installation writes: the SQLite database, the keys made at first start, demo mail.",
    ),
    Setting(
        "ALONGSIDE_SECRET_KEY",
        "",
        "Signs sessions and form tokens. Left empty: made at first start and kept in ALONGSIDE_DATA, readable by the "
        "owner alone. Set it when several machines serve one installation.",
        secret=True,
    ),
    Setting(
        "ALONGSIDE_SEALING_KEY",
        "",
        "Wraps the key of each person, with which addresses, whereabouts and all else about them is sealed: 32 bytes in base64. Left empty: made at "
        "first start and kept in ALONGSIDE_DATA. Keep a copy apart from the database: without it sealed fields are lost.",
        secret=True,
    ),
    Setting(
        "ALONGSIDE_SEALING_KEYS_BEFORE",
        "",
        "Earlier sealing keys, newest first, separated by commas: they still open what they sealed or wrapped, until "
        "`alongside sealed rotate` has done it again. Keep the oldest for good: the look-up indexes are made with it.",
        secret=True,
    ),
    Setting(
        "ALONGSIDE_AUDIT_KEY",
        "",
        "Chains the audit trail: 32 bytes in base64. Left empty: made at first start and kept in ALONGSIDE_DATA.",
        secret=True,
    ),
    Setting(
        "ALONGSIDE_ERASED",
        "",
        "The file that says, by ids alone, who was erased: whoever is on it is erased again when an older copy of the database is put "
        "back. Left empty: `erased` in ALONGSIDE_DATA. Keep it where backups are not, and keep copies.",
    ),
    Setting(
        "ALONGSIDE_KEEP_CASE_YEARS",
        "10",
        "After how many years without an entry a case is due to be looked at for erasure (to be confirmed by your partnership: no "
        "document gives a period). Nothing is erased by it.",
    ),
    Setting(
        "ALONGSIDE_KEEP_UNTIL_AGE",
        "25",
        "No case is due before the youngest in it has reached this age (to be confirmed by your partnership).",
    ),
    Setting(
        "ALONGSIDE_PACKS",
        "",
        "Folder of the procedure packs. Left empty: those that came with this version.",
    ),
    Setting(
        "ALONGSIDE_DOCUMENTS",
        "",
        "A folder with copies of the documents, for `alongside policy decide` to quote from. The product itself keeps "
        "the copies added with `alongside documents add`.",
    ),
    Setting(
        "ALONGSIDE_AGENTS",
        "",
        "A TOML file that says where the agents of agencies with systems of their own listen, and where the keys are "
        "([how](../how-to/answer-from-your-own-systems.md#at-the-platform)). Left empty: none is asked.",
    ),
    Setting(
        "ALONGSIDE_AGENT_MINUTES",
        "15",
        "After how many minutes without an answer an agency with a system of its own is to be rung: “no answer came in time” (to be "
        "confirmed by your partnership; the procedure says “immediately”).",
    ),
    Setting(
        "ALONGSIDE_DIRECTORIES",
        "",
        "A TOML file that says through which directory (OpenID Connect) an agency signs its own staff in "
        "([how](../how-to/sign-in-through-a-directory.md)). Left empty: none.",
    ),
    Setting(
        "ALONGSIDE_HOSTS",
        "localhost,127.0.0.1",
        "Host names under which the site may be asked for, separated by commas.",
    ),
    Setting(
        "ALONGSIDE_ADDRESS",
        "http://127.0.0.1:8000",
        "The address people use, written in neutral e-mails to staff. Starting with `https://` it switches on secure "
        "cookies, the redirect from http and HSTS.",
    ),
    Setting(
        "ALONGSIDE_TRUSTED_PROXY",
        "no",
        "`yes` when a proxy you run sets X-Forwarded-Proto and removes it from what clients send.",
    ),
    Setting("ALONGSIDE_LISTEN", "127.0.0.1", "The address `alongside serve` listens on."),
    Setting("ALONGSIDE_PORT", "8000", "The port `alongside serve` listens on."),
    Setting(
        "ALONGSIDE_UNOPENED_MINUTES",
        "15",
        "After how many minutes an immediate task that its team has not opened alerts the team's deputy (to be confirmed by "
        "your partnership).",
    ),
    Setting(
        "ALONGSIDE_UNSENT_CALL_MINUTES",
        "60",
        "After how many minutes a call begun and not sent is brought to its writer's team and the team's deputy: that it is "
        "there, and who began it (to be confirmed by your partnership).",
    ),
    Setting(
        "ALONGSIDE_IDLE_MINUTES",
        "10",
        "After how many minutes without anything done a screen is locked, until whoever is there shows again who they are (to be confirmed "
        "by your partnership; our proposal).",
    ),
    Setting(
        "ALONGSIDE_SET_UP_DAYS",
        "14",
        "For how many days after somebody joins, or is set up anew, a first passkey can be set up and the codes of an authenticator app "
        "stand in for it (to be confirmed by your partnership; OWASP ASVS 5.0.0, 6.3.3, asks for a factor that cannot be phished).",
    ),
    Setting(
        "ALONGSIDE_FILES_ADDRESS",
        "",
        "The address files of cases are given out from: another host name than ALONGSIDE_ADDRESS, for the same site "
        "([how](../how-to/let-files-in.md)). Left empty: no file can be added. In the demonstration: `files.localhost`.",
    ),
    Setting(
        "ALONGSIDE_CLAMD",
        "",
        "The socket of ClamAV’s daemon on this machine, which looks at each file before anybody can open it: "
        "`/run/clamav/clamd.ctl` ([how](../how-to/let-files-in.md)). Left empty, or while it does not answer: files wait, and nobody opens them.",
    ),
    Setting(
        "ALONGSIDE_SIGNATURE_DAYS",
        "7",
        "How many days old the scanner’s list of what is harmful may be; with an older one files wait (to be confirmed by your "
        "partnership; our proposal: the list comes anew several times a day).",
    ),
    Setting(
        "ALONGSIDE_LOOK_UP_MS",
        "250",
        "How many milliseconds a look-up takes, or a multiple of it, whatever it finds: from the time of an answer nobody is to tell "
        "that there is something hidden (to be confirmed by measuring on your own machine; 0 answers at once).",
    ),
    Setting("ALONGSIDE_WORKERS", "2", "Processes of `alongside serve`; each runs four threads."),
    Setting(
        "ALONGSIDE_DEMO",
        "no",
        "`yes` for the demonstration with its invented partnership: accounts with a known password, sign-in by password "
        "alone, mail caught in a page. Never with real people.",
    ),
    Setting("ALONGSIDE_DEBUG", "no", "`yes` shows developers the details of a fault. Never with real people."),
    Setting(
        "ALONGSIDE_SMTP_URL",
        "",
        "The mail server for notices to staff: `smtp://USER:PASSWORD@HOST:PORT`, or `smtps://` for TLS from the start. "
        "Left empty: notices wait in the outbox, and the status page says so.",
        secret=True,
    ),
    Setting("ALONGSIDE_MAIL_FROM", "alongside@localhost", "The neutral sender of every notice."),
    Setting(
        "ALONGSIDE_LOG_LEVEL",
        "INFO",
        "DEBUG, INFO, WARNING or ERROR. Logs hold no names, addresses or typed text at any level.",
    ),
)

DECLARED = {setting.name: setting for setting in SETTINGS}


def text(name: str) -> str:
    """The value of a declared setting; an undeclared name is a programming error (`KeyError`)."""
    return os.environ.get(name, "").strip() or DECLARED[name].default


def flag(name: str) -> bool:
    """`yes` or `no`; anything else is refused rather than guessed."""
    value = text(name).lower()
    if value in {"yes", "true", "1", "on"}:
        return True
    if value in {"no", "false", "0", "off"}:
        return False
    raise SettingError(f"{name} is {value!r}; say yes or no")


def number(name: str) -> int:
    value = text(name)
    if not value.isdecimal():
        raise SettingError(f"{name} is {value!r}; a whole number is needed")
    return int(value)


def names(name: str) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()]


def folder(name: str) -> Path:
    return Path(text(name)).expanduser().resolve()
