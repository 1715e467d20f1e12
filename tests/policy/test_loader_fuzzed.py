"""Pack files with bytes, lines, values and types spoilt: they load, or every fault has its file and line. Never anything else."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.cli._packs import packs_root
from alongside.policy import PackFaults, load_library
from tests.policy.conftest import SMALL_PACKS

ON = date(2026, 11, 30)
VALUES = [
    *(
        "3",
        "-1",
        "1.5",
        '"x"',
        '""',
        "true",
        "1979-05-27",
        "1979-05-27T07:32:00Z",
        "07:32:00",
        "inf",
        "9999-12-31",
        "0001-01-01",
    ),
    *("[]", '[1, "a"]', "[[]]", "[{}]", "{}", "{ a = 1 }", "[{ given = { x = 1 } }]", "99999999999999999999"),
    *(f'"{"(" * 500}a{")" * 500}"', f'"{"a AND " * 3000}a"', "\x00", '"\\u0000"'),
]
BYTES = [b"", b"\x00", b"\xff", b"{", b"[[", b"'", b'"', b"=", b"1e999", b"\r\n", b"[[rule]]\n", b"\xef\xbb\xbf"]
TOKEN = re.compile(r'"[^"\n]*"|(?<![\w.])\d+(?![\w.-])|\btrue\b|\bfalse\b|[{\[][^{}\[\]]*[}\]]')
OF_VALUE = re.compile(r"(?<== )[^\n]+")
MANY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """A file with one thing wrong."""
    text = data.decode("utf-8")
    how = draw(st.sampled_from(["bytes", "lines", "value", "token"]))
    if how == "bytes":
        start = draw(st.integers(0, len(data)))
        return data[:start] + draw(st.sampled_from(BYTES)) + data[min(len(data), start + draw(st.integers(0, 30))) :]
    if how == "lines":
        lines = text.split("\n")
        first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        moved = lines[second : second + draw(st.integers(0, 20))]
        lines[first : first + draw(st.integers(0, 5))] = moved
        return "\n".join(lines).encode()
    places = list((OF_VALUE if how == "value" else TOKEN).finditer(text))
    if not places:
        return b""
    place = draw(st.sampled_from(places))
    return (text[: place.start()] + draw(st.sampled_from(VALUES)) + text[place.end() :]).encode()


def holds(root: Path, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        library = load_library(root)
    except PackFaults as refused:
        assert refused.faults
        assert all(fault.line >= 1 and fault.message and (root / fault.file).exists() for fault in refused.faults)
        return
    for area in library.areas:  # what loads must also decide, say why, and bear every choice
        pack = library.pack(area, ON)
        assert len(pack.hash) == 64
        pack.decide({}).as_json()
        library.any_choice(area, ON).outcomes({})


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*.toml") if path.parent.name not in ("coverage", "atoms", "checklists"))


@settings(MANY, max_examples=120)
@given(st.data())
def test_no_spoilt_pack_breaks_the_loader(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    root = Path(shutil.copytree(SMALL_PACKS, tmp_path_factory.mktemp("packs") / "packs"))
    path = data.draw(st.sampled_from(files(root)))
    holds(root, path, data.draw(spoilt(path.read_bytes())))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shipped") / "packs"
    return Path(shutil.copytree(packs_root(), root, ignore=shutil.ignore_patterns("coverage")))


@settings(MANY, max_examples=8)
@given(st.data())
def test_nor_does_a_spoilt_pack_as_it_is_shipped(shipped: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(files(shipped)))
    whole = path.read_bytes()
    try:
        holds(shipped, path, data.draw(spoilt(whole)))
    finally:
        path.write_bytes(whole)
