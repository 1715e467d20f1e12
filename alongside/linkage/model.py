"""A model as data: how often each level of agreement is met within one person and between two, and what follows in bits."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from alongside.linkage.comparisons import (
    APART,
    BORN_TOGETHER,
    FAMILY_ALIKE,
    FREQUENCIES,
    GIVEN_ALIKE,
    HOUSEHOLD,
    LEVELS,
    NAMESAKE,
    SCHEMA,
    SET_TOGETHER,
    SHARED_AT_HOME,
    SHARES_AT_HOME,
    Comparison,
)
from alongside.linkage.keyed import Keyed, mark

FORM = 2
_ALIKE = {"family_alike": ("family_name", FAMILY_ALIKE), "given_name_alike": ("given_name", GIVEN_ALIKE)}
_KEPT = 64  # populations whose weights are kept at hand


@dataclass(frozen=True, slots=True)
class Chance:
    """`m`: how often a level is reached by two records of one person; `u`: by two of different persons."""

    m: float
    u: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A model among so many people. `bits`: comparison → level → bits; `shared`: comparison → level → (column, share, log2 u).

    Where a level is in `shared`, share × (log2 u − log2 of how common the value is) comes on top, as in Splink.
    """

    prior: float
    bits: Mapping[str, Mapping[str, float]]
    shared: Mapping[str, Mapping[str, tuple[str, int, float]]]


@dataclass(frozen=True, eq=False)
class Model:
    """`chances`: comparison → level → m and u; `per_head`: comparison → level → how many others have the same on average,
    which sets u for any population. `household`: how many others live with a person, and how often they share a field;
    `namesakes`: how many times as often as by chance two persons share first name and surname.

    `share_known` of those looked up are known, each with `repeats` other records on average. `frequencies`: column → value →
    share of people, `rarest` that of a value not listed; with a `secret`, values stand there under `keyed` names. A match below
    `show_from` bits is not worth a person's time; from `link_from` the first candidate of a look-up counts as the person (`is_sure`),
    from `repeat_from` two records of one file do. The first is higher: of those looked up many live with somebody known, and are not
    known themselves.
    """

    name: str
    chances: Mapping[str, Mapping[str, Chance]]
    per_head: Mapping[str, Mapping[str, float]]
    others_at_home: float
    shared_at_home: Mapping[str, float]
    namesakes: float
    frequencies: Mapping[str, Mapping[str, float]]
    rarest: Mapping[str, float]
    share_known: float
    repeats: float
    population: int
    show_from: float
    link_from: float
    repeat_from: float
    hash: str
    data: Mapping[str, Any] = field(repr=False)
    secret: bytes = field(default=b"", repr=False)
    _weights: dict[tuple[int, bool], Weights] = field(default_factory=dict, repr=False)
    _logs: dict[str, dict[str, float]] = field(default_factory=dict, repr=False)

    def is_sure(self, weight_bits: float) -> bool:
        """Whether two records count as one person where nobody has looked: an agency *holds* a record, a match is very likely.

        What is shown and below this is somebody alike. The one threshold of a look-up.
        """
        return weight_bits >= self.link_from

    def log_frequency(self, column: str, value: str) -> float:
        """log2 of the share of people who have this value."""
        logs = self.log_frequencies(column)
        found = logs.get(value)
        return logs[""] if found is None else found

    def log_frequencies(self, column: str) -> dict[str, float]:
        """The same of each value that is listed; under "" that of all others."""
        logs = self._logs.get(column)
        if logs is None:
            rarest = self.rarest[column]
            logs = {value: math.log2(max(share, rarest)) for value, share in self.frequencies[column].items()}
            logs |= {"": math.log2(rarest)}
            self._logs[column] = logs = Keyed(logs, column, self.secret) if self.secret else logs
        return logs

    def likelihood(self, population: int | None = None, *, within: bool = False) -> float:
        """λ: how likely one of so many records is of the person looked up; `within`: of the same person as another of them."""
        known = self.repeats if within else self.share_known * (1 + self.repeats)
        return min(0.5, known / max(population or self.population, 2))

    def prior(self, population: int | None = None, *, within: bool = False) -> float:
        """The bits before anything is compared."""
        likelihood = self.likelihood(population, within=within)
        return math.log2(likelihood / (1 - likelihood))

    def weights(self, population: int | None = None, *, within: bool = False) -> Weights:
        """The bits of each level among so many people, the model's own figure if left out; `within`: see `likelihood`."""
        among = max(population or self.population, 2)
        found = self._weights.get((among, within))
        if found is None:
            if len(self._weights) >= _KEPT:
                self._weights.clear()
            found = self._weights[among, within] = _weigh(self, among, within)
        return found

    def at(self, population: int | None = None) -> dict[str, dict[str, Chance]]:
        """m and u among so many people, of the household too."""
        among = max(population or self.population, 2)
        chances = {
            name: {
                level: Chance(chance.m, min(0.5, rate / among)) if rate else chance
                for level, chance in levels.items()
                for rate in (self.per_head.get(name, {}).get(level, 0.0),)
            }
            for name, levels in self.chances.items()
        }
        chances[HOUSEHOLD.name] = _household(self, chances, among)
        chances |= {comparison.name: _at_home(self, comparison, chances) for comparison in SHARED_AT_HOME}
        chances[BORN_TOGETHER.name] = _born_together(self, chances, among)
        chances[NAMESAKE.name] = {"both": Chance(0.5 / self.namesakes, 0.5), APART: Chance(0.5, 0.5)}
        return chances


def _weigh(model: Model, among: int, within: bool) -> Weights:
    from alongside.linkage.comparisons import COMPARISONS

    chances = model.at(among)
    bits = {
        name: {level: math.log2(chance.m / chance.u) for level, chance in levels.items()}
        for name, levels in chances.items()
    }
    shared = {
        comparison.name: {
            level.name: (level.frequency, level.share, math.log2(chances[comparison.name][level.name].u))
            for level in comparison.levels
            if level.frequency
        }
        for comparison in COMPARISONS
        if any(level.frequency for level in comparison.levels)
    }
    return Weights(model.prior(among, within=within), bits, shared)


def _household(model: Model, chances: Mapping[str, Mapping[str, Chance]], among: int) -> dict[str, Chance]:
    """What two different persons share because they live together, against what counting each field alone would say.

    Two persons out of `among` live together with the chance h; then they share each field with the chance r. Counting alone
    says that they share several with the chance Πu, but it is (1 − h)Πu + hΠr: the difference is taken back.
    """
    found = {}
    for level in HOUSEHOLD.levels:
        fields = level.name.split("+") if level.when else ()
        u = chances["family_name"]["exact"].u if level.frequency else 0.5
        # That one field is shared at home is part of its own u.
        found[level.name] = Chance(u * _taken_back(model, chances, among, fields) if len(fields) > 1 else u, u)
    return found


def _taken_back(model: Model, chances: Mapping[str, Mapping[str, Chance]], among: int, fields: Iterable[str]) -> float:
    together = min(0.5, model.others_at_home / among)
    shared = [_alone_and_at_home(model, chances, name) for name in fields]
    alone = math.prod(u for u, _ in shared)
    return min(1.0, alone / ((1 - together) * alone + together * math.prod(share for _, share in shared)))


def _alone_and_at_home(model: Model, chances: Mapping[str, Mapping[str, Chance]], name: str) -> tuple[float, float]:
    """How often any two persons share a field, and how often two who live together do."""
    if name in _ALIKE:
        field, levels = _ALIKE[name]
        told = [chances[field][level] for level in levels]
        share = model.shared_at_home.get(name)
        return sum(x.u for x in told), model.shared_at_home[field] * sum(x.m for x in told) if share is None else share
    return chances[name]["exact"].u, model.shared_at_home[name]


def _at_home(model: Model, comparison: Comparison, chances: Mapping[str, Mapping[str, Chance]]) -> dict[str, Chance]:
    """What two who live together share besides, against what counting it as of any two persons would say."""
    name = comparison.name.removeprefix("home_")
    found = {APART: Chance(0.5, 0.5)}
    for level in comparison.levels[:-1]:
        alone, really = _alone_and_at_home(model, chances, f"{name}_alike" if level.name == "alike" else name)
        u = chances[name]["exact"].u if level.frequency else 0.5
        found[level.name] = Chance(u * min(1.0, alone / really), u)
    return found


def _born_together(model: Model, chances: Mapping[str, Mapping[str, Chance]], among: int) -> dict[str, Chance]:
    """The same of twins, also where less tells of a home."""
    found = _at_home(model, BORN_TOGETHER, chances)
    for name in ("postcode", "family_name"):
        found[name] = Chance(0.5 * _taken_back(model, chances, among, (name, "date_of_birth")), 0.5)
    return found


def read_model(path: Path) -> Model:
    """A model from a file. ValueError naming what is missing, not a number, changed since it was made, or of another schema."""
    try:
        return parse_model(json.loads(path.read_text("utf-8")))
    except json.JSONDecodeError as fault:
        raise ValueError(f"{path.name} is not JSON (line {fault.lineno}): {fault.msg}.") from fault
    except UnicodeDecodeError as fault:
        raise ValueError(f"{path.name} is not UTF-8 text.") from fault
    except ValueError as fault:
        raise ValueError(f"{path.name}: {fault}") from fault


@cache
def default_model() -> Model:
    """The shipped model, `first-day`."""
    return parse_model(json.loads(files("alongside.linkage").joinpath("models/first-day.json").read_text("utf-8")))


def hash_of(data: Mapping[str, Any]) -> str:
    """The hash of a model's data: of everything but the hash itself."""
    rest = {name: value for name, value in data.items() if name != "hash"}
    return sha256(json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def parse_model(data: Any, secret: bytes = b"") -> Model:
    """A model from JSON data; every comparison and level must be there. ValueError otherwise.

    `secret`: with which its values were keyed, where they are; of another model it is not used.
    """
    if not isinstance(data, dict):
        raise ValueError("This is no model: it is not an object.")
    _check_schema(data)
    try:
        model = Model(
            name=str(data["name"]),
            chances={
                name: {level: Chance(float(m), float(u)) for level, (m, u) in levels.items()}
                for name, levels in data["comparisons"].items()
            },
            per_head={
                name: {level: float(rate) for level, rate in levels.items()}
                for name, levels in data["per_head"].items()
            },
            others_at_home=float(data["household"]["others"]),
            shared_at_home={name: float(data["household"]["share"][name]) for name in SHARES_AT_HOME},
            namesakes=float(data["namesakes"]),
            frequencies={
                column: {value: float(share) for value, share in data["frequencies"][column].items()}
                for column in FREQUENCIES
            },
            rarest={column: float(data["rarest"][column]) for column in FREQUENCIES},
            share_known=float(data["prior"]["share_known"]),
            repeats=float(data["prior"]["repeats"]),
            population=int(data["prior"]["population"]),
            show_from=float(data["show_from"]),
            link_from=float(data["link_from"]),
            repeat_from=float(data["repeat_from"]),
            hash=hash_of(data),
            data=data,
            secret=_secret(data, secret),
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"This is no model: {fault} is missing or of the wrong kind.") from fault
    _check(model)
    return model


def _secret(data: Mapping[str, Any], secret: bytes) -> bytes:
    """The secret of a model whose values are keyed; under another, every value would count as rare."""
    wanted = data.get("counted", {}).get("keyed", "")
    if wanted and wanted != mark(secret):
        raise ValueError("How common values are was counted with another key than is given now: count it anew.")
    return secret if wanted else b""


def _check_schema(data: Mapping[str, Any]) -> None:
    if "schema" not in data or "comparisons" not in data:
        raise ValueError("This is no model: schema or comparisons is missing.")
    if (data["schema"], data.get("form")) != (SCHEMA, FORM):
        raise ValueError(
            f"This model was trained for other comparisons (schema {data['schema']}; here it is {SCHEMA}). "
            "Train it anew: alongside linkage train."
        )
    if data.get("hash", hash_of(data)) != hash_of(data):
        raise ValueError("This model has been changed since it was made: its hash is not that of its content.")


def _check(model: Model) -> None:
    for name, levels in LEVELS.items():
        if name in SET_TOGETHER:
            continue
        missing = set(levels) - model.chances.get(name, {}).keys()
        if missing:
            raise ValueError(f"This model has no m and u for {name}: {', '.join(sorted(missing))}.")
    chances = [x for levels in model.chances.values() for chance in levels.values() for x in (chance.m, chance.u)]
    shares = [share for shares in model.frequencies.values() for share in shares.values()]
    if not all(0 < x <= 1 for x in (*chances, *shares, *model.rarest.values(), *model.shared_at_home.values())):
        raise ValueError("Every m, u and frequency of a model must lie between 0 and 1, and none may be 0.")
    if not 0 < model.share_known <= 1 or model.population < 2:
        raise ValueError(
            "The share of people already known must lie between 0 and 1, and the population be at least 2."
        )
    rates = [rate for levels in model.per_head.values() for rate in levels.values()]
    if not all(math.isfinite(x) and x > 0 for x in (*rates, model.others_at_home, model.repeats, model.namesakes)):
        raise ValueError("How many others share a value must be a number above 0.")
    if not all(math.isfinite(bits) for bits in (model.show_from, model.link_from, model.repeat_from)):
        raise ValueError("show_from, link_from and repeat_from must be numbers of bits.")
