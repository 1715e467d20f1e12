"""Invented places and numbers, and the many ways in which a hand writes them: for what looks through free text."""

from __future__ import annotations

# ruff: noqa: SIM905 - words in a row read better
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alongside.releases import scanning
from alongside.releases.scanning import Known

NAMES = "Sample Larkfield Bramble Old Mill Thornbury Kestrel Saint Anne Quarry Hazel Wren Foxglove Upper Meadow Beacon".split()
KINDS = {
    "Street": "St Str",
    "Road": "Rd",
    "Avenue": "Ave",
    "Close": "Cl",
    "Lane": "Ln",
    "Crescent": "Cres",
    "Gardens": "Gdns",
}
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen".split()
ONES += "eighteen nineteen".split()
TENS = "x x twenty thirty forty fifty sixty seventy eighty ninety".split()
NATO = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliet Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango"
        " Uniform Victor Whiskey Xray Yankee Zulu".split(),
        strict=True,
    )
)
CYRILLIC = str.maketrans("aeopcxyAEOPCXTMKBH", "аеорсхуАЕОРСХТМКВН")
FILLER = (
    "He came to the door at about nine and was told to leave.",
    "The worker rang twice on Tuesday; nobody answered, so she wrote it down.",
    "The children were quiet, and ate well. One of them has a cough.",
    "There are 3 reports from 2025, and 14 calls in all.",
    "A review is held in two weeks, at the office, with both services.",
    "She said that she wants to stay in work, and that the money is short.",
)


@dataclass(frozen=True)
class Secret:
    """Something that leads to somebody, as it is on record, what is looked for, and a way in which somebody wrote it."""

    kind: str
    value: str
    known: tuple[Known, ...]
    written: str


def in_words(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return f"{ONES[number // 100]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")


def spaced(text: str, between: str = " ") -> str:
    return "  ".join(between.join(word) for word in text.split())


def digits_said(digits: str, rng: random.Random) -> str:
    said, at = [], 0
    zero = rng.choice(["zero", "oh", "nought"])
    while at < len(digits):
        word = zero if digits[at] == "0" else ONES[int(digits[at])]
        if digits[at : at + 3] == digits[at] * 3 and rng.random() < 0.5:
            said.append(f"triple {word}")
            at += 3
        elif digits[at : at + 2] == digits[at] * 2 and rng.random() < 0.7:
            said.append(f"double {word}")
            at += 2
        else:
            said.append(word)
            at += 1
    return rng.choice([" ", ", ", "-"]).join(said)


def address(rng: random.Random) -> Secret:
    number, name, kind = rng.randint(1, 199), " ".join(rng.sample(NAMES, rng.randint(1, 2))), rng.choice(list(KINDS))
    value = f"{number} {name} {kind}"
    short = f"{number} {name} {rng.choice(KINDS[kind].split())}"
    ways: list[Callable[[], str]] = [
        lambda: value,
        lambda: value.upper(),
        lambda: f"{short}.",
        lambda: f"{short},",
        lambda: f"{in_words(number)} {name} {kind}",
        lambda: f"{in_words(number)} {short.split(' ', 1)[1]}",
        lambda: f"{name} {kind}, number {number}",
        lambda: spaced(value),
        lambda: spaced(short, "-"),
        lambda: spaced(f"{in_words(number)} {name} {kind}"),
        lambda: value.replace(" ", ""),
        lambda: value.replace(" ", "\n"),
        lambda: value.replace("o", "0").replace("l", "1"),
        lambda: value.translate(CYRILLIC),
        lambda: "\u200b".join(value),
        lambda: value.replace(" ", "_"),
        lambda: f"{number}, {name.lower()}-{kind.lower()}",
        lambda: " ".join(NATO.get(sign, sign) for sign in name.upper().replace(" ", "")) + f" {kind}",
        lambda: f"no. {number} {name}",
    ]
    return Secret("address", value, tuple(scanning.address(value)), rng.choice(ways)())


def postcode(rng: random.Random) -> Secret:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    out = rng.choice(["CV", "WS", "B", "ST", "DY"]) + str(rng.randint(1, 9))
    inn = f"{rng.randint(1, 9)}{rng.choice(letters)}{rng.choice(letters)}"
    value = f"{out} {inn}"
    ways: list[Callable[[], str]] = [
        lambda: value,
        lambda: value.lower(),
        lambda: value.replace(" ", ""),
        lambda: spaced(value),
        lambda: spaced(value, "-"),
        lambda: f"{out}  -  {inn}",
        lambda: f"{out}\n{inn}",
        lambda: " ".join(NATO.get(sign, sign) for sign in out + inn),
        lambda: " ".join(NATO[s] if s.isalpha() else ONES[int(s)] for s in out + inn),
        lambda: " ".join(s if s.isalpha() else ONES[int(s)] for s in out + inn),
        lambda: " ".join(f"{s} for {NATO[s]}" if s.isalpha() else s for s in out + inn),
        lambda: value.replace("1", "I"),
        lambda: value.translate(CYRILLIC),
    ]
    return Secret("postcode", value, tuple(scanning.postcode(value)), rng.choice(ways)())


def phone(rng: random.Random) -> Secret:
    value = f"07700 900{rng.randint(100, 999)}" if rng.random() < 0.7 else f"0121 496 0{rng.randint(100, 999)}"
    flat = value.replace(" ", "")
    ways: list[Callable[[], str]] = [
        lambda: value,
        lambda: flat,
        lambda: f"+44 {flat[1:]}",
        lambda: f"+44 (0){flat[1:5]} {flat[5:]}",
        lambda: f"0044{flat[1:]}",
        lambda: spaced(flat),
        lambda: "-".join(flat),
        lambda: ". ".join((flat[:4], flat[4:7], flat[7:])),
        lambda: digits_said(flat, rng),
        lambda: digits_said(flat[:5], rng) + " then " + flat[5:],
        lambda: flat.replace("0", "O"),
        lambda: f"{flat[:5]}/{flat[5:8]}/{flat[8:]}",
        lambda: flat.translate({48 + n: 0xFF10 + n for n in range(10)}),
        lambda: "\n".join((flat[:5], flat[5:])),
        lambda: f"{flat[:5]} and then {flat[5:]}",
    ]
    return Secret("phone", value, tuple(scanning.phone(value)), rng.choice(ways)())


def email(rng: random.Random) -> Secret:
    name, other = rng.choice(NAMES).lower(), rng.choice(NAMES).lower()
    value = f"{name}.{other}{rng.randint(1, 99)}@example.org"
    local, host = value.split("@")
    ways: list[Callable[[], str]] = [
        lambda: value,
        lambda: value.upper(),
        lambda: f"{local} @ {host}",
        lambda: f"{local} at {host.replace('.', ' dot ')}",
        lambda: f"{local.replace('.', ' dot ')} at {host.replace('.', ' dot ')}",
        lambda: f"{local}(at){host}",
        lambda: value.replace("@", " [at] ").replace(".", " [dot] "),
        lambda: spaced(value),
        lambda: value.replace("@", "@\n"),
    ]
    return Secret("email", value, tuple(scanning.email(value)), rng.choice(ways)())


def school(rng: random.Random) -> Secret:
    core = " ".join(rng.sample(NAMES, 2))
    tail = rng.choice(["Primary School", "C of E Primary School", "Academy", "Medical Centre", "Surgery"])
    value = f"{core} {tail}"
    ways: list[Callable[[], str]] = [
        lambda: value,
        lambda: value.lower(),
        lambda: core,
        lambda: spaced(core),
        lambda: value.replace("Primary School", "Prim. Sch.").replace("Centre", "Ctr").replace("Surgery", "Surg."),
        lambda: value.replace("Saint", "St"),
        lambda: value.replace(" ", "-"),
        lambda: value.translate(CYRILLIC),
    ]
    return Secret("school", value, tuple(scanning.place(value)), rng.choice(ways)())


def secrets(count: int, seed: int) -> Iterator[tuple[Secret, str]]:
    """So many documents: each with the secret that is hidden in it."""
    rng = random.Random(seed)  # noqa: S311 - invented documents
    for number in range(count):
        secret = (address, postcode, phone, email, school)[number % 5](rng)
        around = rng.sample(FILLER, 4)
        yield secret, f"{around[0]} {around[1]}\n{secret.written} {around[2]} {around[3]}"


def plain(count: int, seed: int) -> Iterator[tuple[Secret, str]]:
    """So many documents that hide nothing, each with something that is looked for in vain."""
    rng = random.Random(seed)  # noqa: S311 - invented documents
    for number in range(count):
        yield (address, postcode, phone, email, school)[number % 5](rng), " ".join(rng.sample(FILLER, 5))
