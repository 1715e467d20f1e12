"""Nothing leaves but through the one gateway: no other file can open a connection or write a mail, and no file makes an invitation."""

from __future__ import annotations

import ast
import re

import pytest
from allauth.account.adapter import get_adapter
from django.test import RequestFactory

from alongside.outbox.templates import TEMPLATES, rendered
from tests.sweeps.source import PRODUCT, Source, sources

# What can carry something out of the process.
CARRIERS = re.compile(
    r"^(smtplib|requests|httpx|httpcore|aiohttp|urllib3|urllib\.request|http\.client|ftplib|poplib|imaplib|telnetlib|socket|asyncio|"
    r"websockets|paramiko|twilio|notifications_python_client|boto3|icalendar|ics|vobject|django\.core\.mail)(\.|$)"
)
NAMES = frozenset(
    {
        "send_mail",
        "send_mass_mail",
        "mail_admins",
        "mail_managers",
        "EmailMessage",
        "EmailMultiAlternatives",
        "email_user",
    }
)
CALLED = NAMES | {"send_messages"}

# Each with its reason.
DOORS = {
    "outbox/gateway.py": "it is the gateway",
    "outbox/backends.py": "mail of the demonstration is caught here, and goes nowhere",
    "agent/client.py": "asks another agency's own agent over tokens; nothing of it goes to a person",
    "uploads/scanning.py": "asks the scanner on this machine over its socket; nothing of it goes to a person",
    "cli/demo.py": "looks for a free port on this machine",
}


def imported(source: Source) -> set[str]:
    """Every module and name that a file imports, whole."""
    found: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Call) and _names(node.func) in ("import_module", "__import__"):
            found |= {str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return found


def _names(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def ways_out(source: Source) -> list[str]:
    """What in a file could send something."""
    modules = sorted(one for one in imported(source) if CARRIERS.match(one) or one.rpartition(".")[2] in NAMES)
    calls = [
        f"{_names(node.func)}() in line {node.lineno}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and _names(node.func) in CALLED
    ]
    return [*modules, *calls]


def test_only_the_gateway_sends() -> None:
    found = {source.name: ways for source in sources() if (ways := ways_out(source))}
    assert found.keys() >= {"outbox/gateway.py", "agent/client.py"}, "the sweep has lost the gateway"
    assert {name: ways for name, ways in found.items() if name not in DOORS} == {}
    assert sorted(DOORS.keys() - found.keys()) == [], "no exception is kept for nothing"


@pytest.mark.parametrize(
    "code",
    [
        "import smtplib",
        "import requests.sessions",
        "from httpx import get",
        "from urllib.request import urlopen",
        "from urllib import request",
        "from django.core.mail import send_mail",
        "from django.core import mail",
        "import_module('smtplib')",
        "user.email_user('a', 'b')",
        "connection.send_messages([one])",
        "import icalendar",
    ],
)
def test_the_sweep_sees_each_way_out(code: str) -> None:
    assert ways_out(Source(PRODUCT, "x.py", ast.parse(code)))


def test_allauth_s_own_letters_are_never_sent(rf: RequestFactory, mailoutbox: list[object]) -> None:
    get_adapter(rf.get("/")).send_mail("account/email/password_reset_key", "a@demo.example", {})
    assert mailoutbox == []


def test_the_only_words_that_leave_are_fixed_and_name_nobody() -> None:
    assert {subject for subject, _ in map(rendered, TEMPLATES)} == {
        "You have something new in Alongside",
        "Your way of signing in has changed",
        "Message waiting",
    }
    for code in TEMPLATES:
        subject, body = rendered(code)
        assert re.findall(r"\{[^}]*\}|%\w|\?|<", subject + body) == [], "nothing is filled in but the front door"
    subject, body = rendered("message_waiting")
    told = (subject + body).lower()
    assert [
        word for word in ("alongside", "http", "abuse", "police", "support", "service", "safe") if word in told
    ] == []


def test_no_calendar_file_is_made() -> None:
    """Were one ever made, it goes through the gateway with a time and the word "Appointment", and this test changes with it."""
    marks = re.compile(r"VCALENDAR|VEVENT|text/calendar|\.ics\b")
    assert [s.name for s in sources() if marks.search(s.path.read_text("utf-8"))] == []
    templates = [path for path in PRODUCT.rglob("jinja2/**/*") if path.is_file()]
    assert templates and [path.name for path in templates if marks.search(path.read_text("utf-8"))] == []
