"""People from a CSV or Parquet file, as the contract reads them (section 3)."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alongside.linkage.record import Record

if TYPE_CHECKING:
    import polars

COLUMNS = (
    *("id", "given_name", "middle_names", "family_name", "full_name", "sex", "date_of_birth", "postcode", "address"),
    *("town", "phone", "email", "nhs_number", "national_id", "birth_place", "occupation"),
)
LONGEST_VALUE = 10_000_000
Mine = Callable[[int], bool]  # is the row at this place, from 0, for us?
_AT_ONCE = 5_000  # rows of a Parquet file held as Python's own text
_BETWEEN_PHONES = re.compile(r"[;,/|]")


class TableError(ValueError):
    """A file that cannot be read as people, with a sentence that says where and why."""


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a file, read as they are asked for, and the columns nobody asked for."""

    records: Iterator[Record]
    columns: tuple[str, ...]
    ignored: tuple[str, ...]


def parse_maps(pairs: Iterable[str]) -> dict[str, str]:
    """FILE_COLUMN=OUR_COLUMN, in the order given. TableError for another form or a column we do not have."""
    maps: dict[str, str] = {}
    for pair in pairs:
        theirs, equals, ours = (text.strip() for text in pair.partition("="))
        if not (theirs and equals and ours):
            raise TableError(f"“{pair}” is not FILE_COLUMN=OUR_COLUMN.")
        if ours not in COLUMNS:
            raise TableError(f"There is no column {ours}: it is one of {', '.join(COLUMNS)}.")
        maps[theirs] = ours
    return maps


def read_people(path: Path, maps: Mapping[str, str] | None = None, mine: Mine | None = None) -> Table:
    """The people of a file ending in .parquet, or of CSV text in UTF-8 with a header line; those at places that are `mine`.

    TableError at once for a file without an id column, while reading for a row without an id or text that is not UTF-8.
    """
    header, rows = rows_of(path, set(COLUMNS) | set(maps or {}))
    return people_of(path.name, header, rows, maps, mine)


def rows_of(path: Path, wanted: Set[str]) -> tuple[list[str], Iterator[Sequence[str]]]:
    """The header of such a file and its rows; of a Parquet file the columns that are not wanted are left empty."""
    return _parquet(path, wanted) if path.suffix.lower() in (".parquet", ".pq") else _csv(path)


def people_of(
    name: str,
    header: Sequence[str],
    rows: Iterator[Sequence[str]],
    maps: Mapping[str, str] | None = None,
    mine: Mine | None = None,
) -> Table:
    """The same of rows from anywhere else; `name` is what a fault calls them."""
    places = _places(header, maps or {})
    if "id" not in places:
        raise TableError(f"{name} has no column id; its columns are {', '.join(header) or 'none'}.")
    used = {place for several in places.values() for place in several}
    ignored = tuple(column for place, column in enumerate(header) if place not in used and column)
    return Table(_records(name, rows, places, mine), tuple(header), ignored)


def read_columns(path: Path, wanted: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """The values of some columns, each under the first of its names that the file has. TableError if it has none."""
    names = {name for several in wanted for name in several}
    header, rows = _parquet(path, names) if path.suffix.lower() in (".parquet", ".pq") else _csv(path)
    places = []
    for several in wanted:
        found = [header.index(name) for name in several if name in header]
        if not found:
            raise TableError(f"{path.name} has no column {several[0]}; its columns are {', '.join(header) or 'none'}.")
        places.append(found[0])
    for row in rows:
        yield tuple(row[place].strip() if place < len(row) else "" for place in places)


def _places(header: Sequence[str], maps: Mapping[str, str]) -> dict[str, list[int]]:
    """Our column → where its values stand: a column of that name first, then those mapped to it, in that order."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(header):
        if name in COLUMNS and name not in maps:
            places.setdefault(name, []).append(place)
    for theirs, ours in maps.items():
        places.setdefault(ours, []).extend(place for place, name in enumerate(header) if name == theirs)
    return {ours: several for ours, several in places.items() if several}


def _records(
    name: str, rows: Iterator[Sequence[str]], places: Mapping[str, list[int]], mine: Mine | None
) -> Iterator[Record]:
    plain = [(ours, several[0]) for ours, several in places.items() if len(several) == 1]
    joined = [(ours, several) for ours, several in places.items() if len(several) > 1]
    for place, row in enumerate(rows):
        if mine is not None and not mine(place):
            continue
        width = len(row)
        values: dict[str, Any] = {ours: row[at].strip() if at < width else "" for ours, at in plain}
        for ours, several in joined:
            found = filter(None, (row[at].strip() for at in several if at < width))
            values[ours] = (";" if ours == "phone" else " ").join(found)
        if not values["id"]:
            raise TableError(f"{name}: row {place + 1} has no id.")
        phones = tuple(_BETWEEN_PHONES.split(values.pop("phone", "")))
        yield Record(phones=phones, **values)


def _csv(path: Path) -> tuple[list[str], Iterator[Sequence[str]]]:
    rows = _csv_rows(path)
    header = next(rows, None)
    if header is None:
        raise TableError(f"{path.name} is empty.")
    return [name.strip() for name in header], rows


def _csv_rows(path: Path) -> Iterator[Sequence[str]]:
    # The standard limit refuses a value of 131,073 characters; a paste by mistake must not stop a whole file.
    csv.field_size_limit(LONGEST_VALUE)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from (row for row in csv.reader(file, skipinitialspace=True) if row)
    except UnicodeDecodeError as fault:
        raise TableError(f"{path.name} is not UTF-8 text.") from fault
    except csv.Error as fault:
        raise TableError(f"{path.name} is not CSV: {fault}.") from fault


def _parquet(path: Path, wanted: Set[str]) -> tuple[list[str], Iterator[Sequence[str]]]:
    # Only those who bring Parquet files pay for loading the library.
    import polars as pl

    try:
        frame = pl.read_parquet(path)
        names = [name.strip() for name in frame.columns]
        text = frame.select(
            _as_text(frame.get_column(column)) if name in wanted else pl.lit("").alias(column)
            for name, column in zip(names, frame.columns, strict=True)
        )
        return names, text.iter_rows(buffer_size=_AT_ONCE)
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise TableError(f"{path.name} cannot be read as Parquet: {fault}") from fault


def _as_text(column: "polars.Series") -> "polars.Series":
    """A column as text, "" for none: whole numbers without ".0", moments as dates, lists joined by ;."""
    import polars as pl

    if column.dtype.is_float() and (column.drop_nulls() == column.drop_nulls().round()).all():
        column = column.cast(pl.Int64, strict=False)
    elif column.dtype == pl.Datetime:
        column = column.dt.date()
    elif column.dtype == pl.List:
        column = column.list.eval(pl.element().cast(pl.String)).list.join(";")
    return column.cast(pl.String).fill_null("")
