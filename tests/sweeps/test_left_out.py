"""What Alongside leaves out on purpose: means that turn a text into code, markup, a command or a query. Each exception has its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.sweeps.source import PRODUCT, ROOT, Source, sources
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


# What is looked for, and where it is all the same, with the reason.
LEFT_OUT: dict[str, tuple[Finder, dict[str, str]]] = {
    "code made from text": (
        calls("eval", "exec", "__import__", alone=True),
        {
            "linkage/conditions.py": "the comparisons of a model, written by us; no text from outside",
            "policy/explaining.py": "only checked trees of a pack are written",
            "policy/generate.py": "only checked trees of a pack are written",
        },
    ),
    "a template made from text": (calls("from_string"), {}),
    "a command through a shell": (given("shell"), {}),
    "a command as text": (calls("system", "popen", of=("os",)), {}),
    "another program": (
        imports("subprocess"),
        {
            "cli/serve.py": "the worker, beside the site: our own program",
            "insight/making.py": "an export, apart from the site: our own program, with an id of ours",
            "policy/spark.py": "looks for Java, on a command line only",
        },
    ),
    "objects read from bytes": (
        imports("pickle", "marshal", "shelve", "dill", "joblib", "yaml"),
        {"linkage/row.py": "rows that we packed ourselves, in a column that only we write"},
    ),
    "a hash that is broken": (calls("md5", "sha1"), {}),
    "plain chance": (
        imports("random"),
        {
            "demo/families.py": "invented people",
            "demo/generate.py": "invented people",
            "demo/names.py": "invented people",
            "demo/telling.py": "invented people",
            "linkage/training.py": "a sample to learn from; no secret",
        },
    ),
    "cryptography": (
        imports("cryptography", "hmac", "hashlib", "secrets"),
        {
            "agent/client.py": "Fernet: reads the key of a channel",
            "agent/exchange.py": "Fernet: what an agency's agent is asked and answers",
            "agent/settings.py": "Fernet: reads the key of a channel",
            "agent/tokens.py": "HMAC-SHA-256: keys of a person as tokens, cut to 128 bits",
            "api/actions.py": "256 random bits: the token of a connected system",
            "api/models.py": "SHA-256: the token as it is kept",
            "audit/anchors.py": "HMAC-SHA-256: lines of the anchor file",
            "audit/chain.py": "HMAC-SHA-256: the chain and its heads",
            "cases/models.py": "random letters: the reference of a case",
            "cli/agent.py": "Fernet, random bits: makes keys",
            "config/accounts.py": "Fernet, HKDF-SHA-256: secrets of authenticator apps",
            "config/keys.py": "256 random bits: keys made at first start",
            "linkage/comparisons.py": "BLAKE2: keyed names of a model",
            "linkage/keyed.py": "BLAKE2: keyed names of a model",
            "linkage/keys.py": "BLAKE2: blocking keys",
            "linkage/model.py": "SHA-256: the hash of a model",
            "outbox/gateway.py": "HMAC-SHA-256: the Message-ID",
            "people/matching.py": "SHA-256: the mark of a secret",
            "policy/archive.py": "SHA-256: the hash of kept rules",
            "policy/citation.py": "SHA-256: the hash of a sentence",
            "policy/loader.py": "SHA-256: the hash of a pack",
            "procedures/actions.py": "SHA-256: the hash of a copy",
            "procedures/editions.py": "SHA-256: the hash of a sentence",
            "sealed/index.py": "HMAC-SHA-256: blind indexes",
            "sealed/keys.py": "AES-256-GCM-SIV, HKDF-SHA-256: sealed fields",
            "sealed/value.py": "compares in constant time; AES-256-GCM-SIV",
        },
    ),
    "markup by hand": (
        calls("Markup", "mark_safe", constants=False),
        {
            "cases/views.py": "blocks that templates have drawn",
            "insight/charts.py": "escaped by the writer of XML",
        },
    ),
    "a query as text": (
        calls("raw", "extra", "RawSQL"),
        {"gate/viewing.py": "Django's own words, with their parameters"},
    ),
    "a form taken without its check": (calls("csrf_exempt", "ensure_csrf_cookie"), {}),
}


@pytest.mark.parametrize("what", LEFT_OUT)
def test_it_is_left_out(what: str) -> None:
    finder, kept = LEFT_OUT[what]
    found = {source.name: list(finder(source)) for source in sources()}
    assert {name: lines for name, lines in found.items() if lines and name not in kept} == {}
    assert sorted(name for name in kept if not found.get(name)) == [], "a reason is kept for nothing"


def test_the_finders_find() -> None:
    tree = ast.parse(
        "import os, pickle\nfrom hashlib import md5\neval(x)\nos.system(y)\nrun(z, shell=True)\nMarkup(z)\nMarkup('b')\n"
    )
    made = Source(PRODUCT / "made.py", "made.py", tree)
    assert [list(finder(made)) for finder in (imports("pickle"), imports("hashlib"), calls("eval"))] == [[1], [2], [3]]
    assert [list(finder(made)) for finder in (calls("system", of=("os",)), given("shell"))] == [[4], [5]]
    assert list(calls("Markup", constants=False)(made)) == [6]


# Statements put together from parts: parts of ours, and never a value.
STATEMENTS = {
    "agent/index.py": "statements of this module",
    "agent/source.py": "the operator's own view, its name checked",
    "audit/triggers.py": "names of triggers and tables of ours",
    "duties/holding.py": "names of tables of ours",
    "linkage/training.py": "DuckDB in memory, statements of this module",
    "people/queries/holders.py": "names of tables of ours; values are parameters",
}


def test_no_value_is_written_into_a_statement() -> None:
    built = {source.name for source in sources() if list(calls("execute", constants=False)(source))}
    assert built, "the sweep has lost the statements"
    assert sorted(built - set(STATEMENTS)) == []
    assert sorted(set(STATEMENTS) - built) == []


# Templates that take a text as markup, each with whose text it is.
TRUSTED = {
    "mfa/totp/activate_form.html": "the square code that allauth draws",
    "procedures/sentence.html": "a frame of ours, filled by `format`, which escapes",
}
NOT_ESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")


def test_templates_take_no_text_as_markup() -> None:
    found = {name for name, path in templates().items() if NOT_ESCAPED.search(path.read_text("utf-8"))}
    assert sorted(found - set(TRUSTED)) == []
    assert sorted(set(TRUSTED) - found) == []


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


def test_libraries_it_does_without() -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE))
    assert len(pinned) > 20, "the sweep has lost the lock"
    assert sorted(pinned & set(WITHOUT)) == []
