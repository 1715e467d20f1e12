"""What two records are compared in, and the levels of agreement: read in-process, and as SQL by Splink.

The first level that holds is the one reached. Where a comparison is not known it adds nothing. A model of other comparisons or
levels is refused: `SCHEMA` is a hash of all of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import combinations

from alongside.linkage.conditions import (
    DUCKDB,
    LEFT,
    RIGHT,
    Condition,
    begins,
    beside,
    both,
    compiled,
    either,
    equal,
    every,
    inside,
    known,
    overlap,
    same,
    share,
    similar,
    slip,
    some,
    unequal,
    unknown,
)
from alongside.linkage.row import Row


@dataclass(frozen=True, slots=True)
class Level:
    """`when` is None for what is left over. `frequency`: a column; sharing a common value of it is worth less.

    `share` is how much of that counts: 1, or -1 where it is taken back.
    """

    name: str
    when: Condition | None = None
    frequency: str = ""
    share: int = 1


@dataclass(frozen=True)
class Comparison:
    """`unknown` is when nothing can be said, None for never; without one of the columns `of` it is so always.

    `level(a, b)`: the level two rows reach, "" for not known.
    """

    name: str
    of: tuple[str, ...]
    unknown: Condition | None
    levels: tuple[Level, ...]
    level: Callable[[Row, Row], str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        lines = (f"def {self.name}(a, b):", *(f"    {line}" for line in self.chain(lambda name: f"return {name!r}")))
        object.__setattr__(self, "level", compiled(self.name, lines))

    def chain(self, do: Callable[[str], str]) -> list[str]:
        """Python over two rows, a and b: lines that do what `do` gives for the name of the level reached, "" for not known."""
        tests = [(self.unknown.python("a", "b"), "")] if self.unknown else []
        tests += [(level.when.python("a", "b") if level.when else "", level.name) for level in self.levels]
        return [f"{_if(place, when)}: {do(name)}" for place, (when, name) in enumerate(tests)]


@dataclass(frozen=True)
class _Where(Comparison):
    """Levels that hold only where `where` does. `asked` False: it is asked only where that is seen already; SQL asks it always."""

    where: Condition = field(kw_only=True, compare=False, repr=False)
    of_these: tuple[Level, ...] = field(kw_only=True, compare=False, repr=False)
    asked: bool = field(default=True, kw_only=True)

    def chain(self, do: Callable[[str], str]) -> list[str]:
        tests = [(f"not ({self.where.python('a', 'b')})", APART)] if self.asked else []
        tests += [(level.when.python("a", "b"), level.name) for level in self.of_these if level.when]
        return [f"{_if(place, when)}: {do(name)}" for place, (when, name) in enumerate((*tests, ("", APART)))]


def _where(name: str, where: Condition, *levels: Level, asked: bool = True) -> Comparison:
    there = tuple(replace(level, when=every(where, level.when)) if level.when else level for level in levels)
    return _Where(name, (), None, (*there, Level(APART)), where=where, of_these=levels, asked=asked)


def _if(place: int, when: str) -> str:
    return f"{'elif' if place else 'if'} {when}" if when else "else"


def _missing(column: str) -> Condition:
    return either(unknown(column))


APART = "apart"
NEAR, CLOSE, STREET = 0.92, 0.85, 0.88
# Four letters at least: among shorter names a slip makes another name of one (Ali, Alia).
_ALIKE = 4


def _alike(one: str, other: str) -> Condition:
    """Two names that may be one, whichever of given and family name they stand as."""
    return some(equal(f"{one}_same", f"{other}_same"), similar(one, other, NEAR), slip(one, other, _ALIKE))


# Family name first on one form, given name first on another: nearly as usual as a slip, and it tells of both names at once.
TURNED = every(unequal("given_same"), unequal("family_same"), _alike("given", "family"), _alike("family", "given"))
_SINGLE = either(every(unknown("family"), equal("given_same", "family_same")))

GIVEN_NAME = Comparison(
    "given_name",
    ("given",),
    _missing("given"),
    (
        Level("exact", same("given"), "given_same"),
        Level("spelling", same("given_same"), "given_same"),
        Level("swapped", TURNED),
        Level("short_form", some(share("given_forms"), either(begins("given", 3)))),
        Level("part", share("given_words")),
        Level("initial", either(begins("given", 1, 1))),
        Level("near", some(similar("given", "given", NEAR), slip("given", "given", _ALIKE))),
        Level("as_middle", either(inside("given", "middle"))),
        Level("as_family", _SINGLE),
        Level("sound", same("given_sound")),
        Level("close", similar("given", "given", CLOSE)),
        Level("differ"),
    ),
)
FAMILY_NAME = Comparison(
    "family_name",
    ("family",),
    some(_missing("family"), TURNED),
    (
        Level("exact", same("family"), "family_same"),
        Level("spelling", same("family_same"), "family_same"),
        Level("part", share("family_words")),
        Level("initial", either(begins("family", 1, 1))),
        Level("near", some(similar("family", "family", NEAR), slip("family", "family", _ALIKE))),
        # A patronymic, or the name before a marriage.
        Level("as_middle", either(inside("family", "middle"))),
        Level("sound", same("family_sound")),
        Level("close", similar("family", "family", CLOSE)),
        Level("changed", both("sex", "f")),
        Level("differ"),
    ),
)
MIDDLE_NAMES = Comparison(
    "middle_names",
    ("middle",),
    _missing("middle"),
    (Level("exact", share("middle")), Level("initial", share("middle_initials")), Level("differ")),
)
DATE_OF_BIRTH = Comparison(
    "date_of_birth",
    ("born_year",),
    _missing("born_year"),
    (
        # 1 January is what people are given who do not know their day.
        Level("exact_new_year", every(same("born"), known("new_year"))),
        # Other stand-ins show in that they are common.
        Level("exact", same("born"), "born"),
        Level("swapped", equal("born", "born_turned")),
        Level("year_new_year", every(same("born_year"), unequal("born"), either(known("new_year")))),
        Level("one_digit", slip("born", "born")),
        Level("near", every(unequal("born"), same("born_year"), some(same("born_month"), same("born_dom")))),
        Level("day_and_month", same("born_day")),
        Level("month_known", same("born_month")),
        Level("year_known", every(same("born_year"), either(unknown("born_month")))),
        Level("year", same("born_year")),
        Level("year_beside", every(either(unknown("born")), beside("born_year"))),
        Level("differ"),
    ),
)
POSTCODE = Comparison(
    "postcode",
    ("postcode",),
    _missing("postcode"),
    (
        Level("exact", same("postcode")),
        Level("near", slip("postcode", "postcode")),
        Level("sector", same("postcode_sector")),
        Level("district", same("postcode_district")),
        Level("differ"),
    ),
)
_SAME_HOUSE = some(
    every(same("house"), some(overlap("street_words", 0.5), similar("street", "street", NEAR))),
    every(unknown("house"), either(unknown("house")), overlap("street_words", 0.75)),
)
ADDRESS = Comparison(
    "address",
    ("uprn", "street"),
    every(_missing("uprn"), _missing("street")),
    (
        Level("exact", some(same("uprn"), _SAME_HOUSE)),
        Level("street", some(overlap("street_words", 0.5), similar("street", "street", STREET))),
        Level("differ"),
    ),
)
PHONE = Comparison(
    "phone",
    ("phone",),
    _missing("phone"),
    (Level("exact", share("phones")), Level("near", slip("phone", "phone")), Level("differ")),
)
EMAIL = Comparison(
    "email",
    ("email",),
    _missing("email"),
    (
        Level("exact", same("email")),
        # Another number after the same name is most often somebody else's.
        Level("near", every(slip("email", "email"), same("email_number"))),
        Level("local_part", same("email_local")),
        Level("differ"),
    ),
)


def _number(column: str) -> Comparison:
    return Comparison(
        column,
        (column,),
        _missing(column),
        (Level("exact", same(column)), Level("near", slip(column, column)), Level("differ")),
    )


def _words(column: str) -> Comparison:
    near = Level("near", similar(column, column, NEAR))
    return Comparison(
        column, (column,), _missing(column), (Level("exact", same(column), column), near, Level("differ"))
    )


SEX = Comparison("sex", ("sex",), _missing("sex"), (Level("exact", same("sex")), Level("differ")))

# What tells of a home, and for each what it takes to agree in it.
HOME: Mapping[str, Condition] = {
    "postcode": same("postcode"),
    "address": some(same("uprn"), _SAME_HOUSE),
    "phone": share("phones"),
}
_FAMILY: Mapping[str, Condition] = {
    "family_name": same("family_same"),
    # A family's surname with a slip in it is still the family's.
    "family_alike": some(
        share("family_words"),
        similar("family", "family", CLOSE),
        slip("family", "family", _ALIKE),
        same("family_sound"),
    ),
}
# The levels of FAMILY_NAME that "family_alike" stands for.
FAMILY_ALIKE = ("part", "near", "sound", "close")


class _Household(Comparison):
    """Each condition is tried once for all the levels it stands in."""

    def chain(self, do: Callable[[str], str]) -> list[str]:
        home = [f"same_{field} = {shared.python('a', 'b')}" for field, shared in HOME.items()]
        exact, alike = (surname.python("a", "b") for surname in _FAMILY.values())
        home += [
            f"is_home = {' or '.join(f'same_{field}' for field in HOME)}",
            f"same_family_name = is_home and ({exact})",
            f"same_family_alike = is_home and not same_family_name and ({alike})",
            f"if not is_home: {do(APART)}",
        ]
        for level in self.levels:
            fields = level.name.split("+") if level.when else []
            home.append(f"{_if(1, ' and '.join(f'same_{field}' for field in fields))}: {do(level.name)}")
        return home


def _household() -> Comparison:
    """Which of these two records share: the most first. A model takes back what counting each alone says too much."""
    levels = [
        Level(
            "+".join((*family, *home)),
            every(*(_FAMILY[field] for field in family), *(HOME[field] for field in home)),
            # What a rare surname adds, it adds for everybody in the family.
            *(("family_same", -1) if "family_name" in family else ()),
        )
        for count in range(len(HOME), 0, -1)
        for home in combinations(HOME, count)
        for family in (*((name,) for name in _FAMILY), ())
        if family or home != ("postcode",)  # so many live at one postcode
    ]
    return _Household("household", (), None, (*levels, Level(APART)))


HOUSEHOLD = _household()
AT_HOME = some(HOME["address"], HOME["phone"], every(HOME["postcode"], some(*_FAMILY.values())))


def _other(column: str) -> Condition:
    """Not known to be the same."""
    return some(unequal(column), either(unknown(column)))


def _at_home(field: str, *levels: Level) -> Comparison:
    """What those who live together have in common besides: a father and his son their name, a child its mother's e-mail.

    Asked only where HOUSEHOLD says that they do.
    """
    return _where(f"home_{field}", AT_HOME, *levels, asked=False)


# Twins have no first name in common, nor father and son their birthday: who shares both is one person, whoever lives there.
_TWINS = every(same("born"), _other("given_same"))
# Twins are told by less than other people of a home: that two of one birthday share a postcode alone, or a surname, tells already.
BORN_TOGETHER = _where(
    "home_date_of_birth",
    _TWINS,
    Level("home", some(AT_HOME, every(slip("postcode", "postcode"), some(*_FAMILY.values())))),
    Level("postcode", HOME["postcode"]),
    Level("family_name", _FAMILY["family_name"]),
)
_GIVEN_ALIKE = some(
    share("given_forms"),
    either(begins("given", 3)),
    either(begins("given", 1, 1)),
    similar("given", "given", NEAR),
    slip("given", "given", _ALIKE),
    either(inside("given", "middle")),
    same("given_sound"),
)
# The levels of GIVEN_NAME that it stands for.
GIVEN_ALIKE = ("short_form", "initial", "near", "as_middle", "sound")
SHARED_AT_HOME: tuple[Comparison, ...] = (
    _at_home(
        "given_name",
        Level("exact", every(same("given_same"), _other("born")), "given_same", -1),
        Level("alike", every(unequal("given_same"), _GIVEN_ALIKE)),
    ),
    _at_home("middle_names", Level("exact", share("middle"))),
    _at_home("town", Level("exact", same("town"), "town", -1)),
    _at_home("email", Level("exact", same("email"))),
    _at_home("birth_place", Level("exact", same("birth_place"), "birth_place", -1)),
)
# How often those who live together share each: the figures a model gives.
SHARES_AT_HOME = (
    *("family_name", *HOME, "date_of_birth"),
    *("given_name", "given_name_alike", "middle_names", "town", "email", "birth_place"),
)
# First names and surnames go together, by family, faith and country: both tell less than each alone counted twice.
NAMESAKE = Comparison(
    "namesake", (), None, (Level("both", every(same("given_same"), same("family_same"))), Level(APART))
)
# Not fitted level by level: worked out from what a model says of all of them.
SET_TOGETHER = tuple(c.name for c in (HOUSEHOLD, NAMESAKE, BORN_TOGETHER, *SHARED_AT_HOME))
COMPARISONS: tuple[Comparison, ...] = (
    *(GIVEN_NAME, FAMILY_NAME, MIDDLE_NAMES, DATE_OF_BIRTH, POSTCODE, ADDRESS, _words("town"), PHONE, EMAIL),
    *(
        _number("nhs_number"),
        _number("national_id"),
        SEX,
        _words("birth_place"),
        _words("occupation"),
        HOUSEHOLD,
        NAMESAKE,
        BORN_TOGETHER,
    ),
    *SHARED_AT_HOME,
)
LEVELS: Mapping[str, tuple[str, ...]] = {c.name: tuple(level.name for level in c.levels) for c in COMPARISONS}
# Columns of which it is known how common each value is.
FREQUENCIES: tuple[str, ...] = tuple(dict.fromkeys(x.frequency for c in COMPARISONS for x in c.levels if x.frequency))


def _schema() -> str:
    said = []
    for comparison in COMPARISONS:
        unknown_sql = comparison.unknown.sql(DUCKDB, LEFT, RIGHT) if comparison.unknown else ""
        said.append(f"{comparison.name}: {unknown_sql}")
        for level in comparison.levels:
            sql = level.when.sql(DUCKDB, LEFT, RIGHT) if level.when else ""
            said.append(f"  {level.name} {level.frequency} {level.share}: {sql}")
    return sha256("\n".join(said).encode()).hexdigest()[:16]


SCHEMA = _schema()
