"""What Alongside leaves out on purpose: means that turn a text into code, markup, a command or a query. Each exception has its reason."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator

import pytest

from tests.sweeps.source import PRODUCT, ROOT, Source, sources
from tests.sweeps.test_dependencies import declared
from tests.sweeps.test_templates import templates

Finder = Callable[[Source], Iterator[int]]


def imports(*names: str) -> Finder:
    """Lines that import one of these modules, or anything in them."""

    def found(source: Source) -> Iterator[int]:
        for node in ast.walk(source.tree):
            told = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            told += [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
            if any(one == name or one.startswith(f"{name}.") for one in told for name in names):
                yield node.lineno  # type: ignore[attr-defined]

    return found


def calls(*names: str, of: tuple[str, ...] = (), alone: bool = False, constants: bool = True) -> Finder:
    """Lines that call one of these; `of`: as methods of these names; `alone`: never as methods; a constant is no fault without `constants`."""

    def found(source: Source) -> Iterator[int]:
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or not _called(node.func, names, of, alone):
                continue
            if constants or not node.args or not isinstance(node.args[0], ast.Constant):
                yield node.lineno

    return found


def _called(function: ast.expr, names: tuple[str, ...], of: tuple[str, ...], alone: bool) -> bool:
    if isinstance(function, ast.Name):
        return function.id in names and not of
    if alone or not isinstance(function, ast.Attribute) or function.attr not in names:
        return False
    return not of or (isinstance(function.value, ast.Name) and function.value.id in of)


def given(keyword: str) -> Finder:
    """Lines that call anything with this keyword."""

    def found(source: Source) -> Iterator[int]:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and any(one.arg == keyword for one in node.keywords):
                yield node.lineno

    return found


def formats(source: Source) -> Iterator[int]:
    """Lines that fill in a text which neither stands there nor is a constant, as `words.format(…)`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _called(node.func, ("format",), (), False):
            text = getattr(node.func, "value", None)
            if isinstance(text, ast.Call) and text.args:
                text = text.args[0]
            if isinstance(text, ast.Subscript):
                text = text.value
            name = getattr(text, "id", None) or getattr(text, "attr", "")
            if text is not None and not isinstance(text, ast.Constant) and not name.isupper():
                yield node.lineno


PATTERNS = ("compile", "sub", "search", "match", "fullmatch", "findall", "finditer", "split")

# Where it is all the same, with the reason, by what is left out.
KEPT: dict[str, dict[str, str]] = tomllib.loads((ROOT / "docs" / "security" / "left-out.toml").read_text("utf-8"))

# How each is found in the code.
FINDERS: dict[str, Finder] = {
    "code made from text": calls("eval", "exec", "__import__", alone=True),
    "a template made from text": calls("from_string"),
    "a command through a shell": given("shell"),
    "a command as text": calls("system", "popen", of=("os",)),
    "another program": imports("subprocess"),
    "objects read from bytes": imports("pickle", "marshal", "shelve", "dill", "joblib", "yaml"),
    "a hash that is broken": calls("md5", "sha1"),
    "plain chance": imports("random"),
    "cryptography": imports("cryptography", "hmac", "hashlib", "secrets"),
    "markup by hand": calls("Markup", "mark_safe", constants=False),
    "a query as text": calls("raw", "extra", "RawSQL"),
    "a pattern made from parts": calls(*PATTERNS, of=("re",), constants=False),
    "a text filled in that does not stand there": formats,
    "a log of its own": calls(
        "FileHandler",
        "RotatingFileHandler",
        "TimedRotatingFileHandler",
        "SysLogHandler",
        "SocketHandler",
        "HTTPHandler",
        "SMTPHandler",
        "basicConfig",
        "addHandler",
    ),
    "a form taken without its check": calls("csrf_exempt", "ensure_csrf_cookie"),
}


@pytest.mark.parametrize("what", FINDERS)
def test_it_is_left_out(what: str) -> None:
    kept = KEPT.get(what, {})
    found = {source.name: list(FINDERS[what](source)) for source in sources()}
    assert {name: lines for name, lines in found.items() if lines and name not in kept} == {}
    assert sorted(name for name in kept if not found.get(name)) == [], "a reason is kept for nothing"


def test_the_finders_find() -> None:
    tree = ast.parse(
        "import os, pickle\nfrom hashlib import md5\neval(x)\nos.system(y)\nrun(z, shell=True)\nMarkup(z)\nMarkup('b')\n"
        "'{}'.format(z) or SAID.format(z)\nz.format(1)\nre.compile(z)\nre.compile('a')\n"
    )
    made = Source(PRODUCT / "made.py", "made.py", tree)
    assert [list(finder(made)) for finder in (imports("pickle"), imports("hashlib"), calls("eval"))] == [[1], [2], [3]]
    assert [list(finder(made)) for finder in (calls("system", of=("os",)), given("shell"))] == [[4], [5]]
    assert [list(finder(made)) for finder in (calls("Markup", constants=False), formats)] == [[6], [9]]
    assert list(calls("compile", of=("re",), constants=False)(made)) == [10]


STATEMENTS, TRUSTED = "a statement put together", "a text taken as markup in a template"


def test_no_reason_is_kept_for_what_is_not_looked_for() -> None:
    assert sorted(KEPT.keys() - FINDERS.keys() - {STATEMENTS, TRUSTED}) == []


def test_no_value_is_written_into_a_statement() -> None:
    built = {source.name for source in sources() if list(calls("execute", constants=False)(source))}
    assert built, "the sweep has lost the statements"
    assert sorted(built - set(KEPT[STATEMENTS])) == []
    assert sorted(set(KEPT[STATEMENTS]) - built) == []


NOT_ESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")


def test_templates_take_no_text_as_markup() -> None:
    found = {name for name, path in templates().items() if NOT_ESCAPED.search(path.read_text("utf-8"))}
    assert sorted(found - set(KEPT[TRUSTED])) == []
    assert sorted(set(KEPT[TRUSTED]) - found) == []


SCRIPTS = sorted((PRODUCT / "design" / "assets" / "js").glob("*.js"))
# What a script of ours never does: run or draw a text, keep anything on the device, speak to other pages, notify, or stop a paste.
NEVER = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|javascript:|localStorage|sessionStorage|indexedDB"
    r"|caches\.|serviceWorker|document\.cookie|postMessage|Notification\b(?!Banner)|PushManager|__proto__|\"paste\"|window\.open"
)
# Names of components of the design system, which are no such thing.
COMPONENTS = re.compile(r"NotificationBanner|notification-banner")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_run_no_text_and_keep_nothing(script: object) -> None:
    text = COMPONENTS.sub("", (ROOT / str(script)).read_text("utf-8"))
    code = "\n".join(line.split("//")[0] for line in text.splitlines())
    assert NEVER.findall(code) == []


def test_scripts_are_there() -> None:
    assert len(SCRIPTS) > 4, "the sweep has lost the scripts"


# Interpreters and means of transport that Alongside does without: no package for them is in the lock.
WITHOUT = (
    "ldap3", "python-ldap", "lxml", "elementpath", "pymemcache", "python-memcached", "pylibmc", "pylatex", "jnius", "channels",
    "websockets", "graphene", "strawberry-graphql", "aiortc", "django-cors-headers", "pyyaml",
)  # fmt: skip


# Brought along by another library, and called by nothing of ours.
BROUGHT = {
    "lxml": "by pikepdf, for the account of a document, which is taken out unread; loaded only in the process that makes clean copies"
}


def test_libraries_it_does_without() -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE))
    assert len(pinned) > 20, "the sweep has lost the lock"
    assert sorted(pinned & set(WITHOUT)) == sorted(BROUGHT)
    called = {
        name
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [*(alias.name for alias in node.names), getattr(node, "module", None) or ""]
    }
    assert [name for name in called if name.partition(".")[0] in BROUGHT] == []


PARTS: dict[str, dict[str, str]] = tomllib.loads((ROOT / "docs" / "security" / "parts.toml").read_text("utf-8"))


def test_every_risky_library_is_one_of_ours_and_every_secret_has_its_time() -> None:
    from alongside.config.env import SETTINGS

    assert sorted(PARTS["risky"].keys() - declared(extras=True)) == []
    assert sorted(PARTS["changed_every"]) == sorted(one.name for one in SETTINGS if one.secret)
    assert PARTS["replaced_within"]


def test_the_wheel_holds_the_product_and_nothing_beside_it() -> None:
    """No history of the code, no tests, no settings of a machine: only the package, its packs and what is built for browsers."""
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert built["packages"] == ["alongside"] and built["force-include"] == {"packs": "alongside/packs"}
    assert built["artifacts"] == ["alongside/design/static/design/*"]
    hidden = [
        path.name for folder in (PRODUCT, ROOT / "packs") for path in folder.rglob(".*") if path.name != ".gitignore"
    ]
    assert hidden == []
    secret = [
        path.name for path in PRODUCT.rglob("*") if path.suffix in {".pem", ".key", ".env", ".sqlite3", ".bak", ".orig"}
    ]
    assert secret == []
