"""The same comparisons and weights for Splink: it trains models in batch, and is what our scores are held against.

Splink is not needed to look anybody up, and nothing here imports it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from alongside.linkage.comparisons import COMPARISONS, FREQUENCIES, Comparison, Level
from alongside.linkage.conditions import DUCKDB, LEFT, RIGHT, Dialect
from alongside.linkage.model import Chance, Model
from alongside.linkage.record import Known
from alongside.linkage.row import COLUMNS, SETS

UNIQUE_ID = "unique_id"


def settings(
    model: Model,
    population: int,
    *,
    dialect: Dialect = DUCKDB,
    comparisons: Iterable[Comparison] = COMPARISONS,
    block_on: Iterable[str] = (),
    within: bool = True,
) -> dict[str, Any]:
    """Splink's settings of a model among so many people, to find pairs within one table.

    `block_on`: columns; a pair is compared if both records have the same value of one. `within`: see `Model.likelihood`.
    """
    chances = model.at(population)
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": UNIQUE_ID,
        "probability_two_random_records_match": model.likelihood(population, within=within),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": f"l.{column} = r.{column}", "sql_dialect": dialect.name} for column in block_on
        ],
        "comparisons": [_comparison(comparison, chances[comparison.name], dialect) for comparison in comparisons],
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": False,
        "additional_columns_to_retain": ["id"],
    }


def _comparison(comparison: Comparison, chances: Mapping[str, Chance], dialect: Dialect) -> dict[str, Any]:
    levels = [_level(level, chances[level.name], dialect) for level in comparison.levels]
    if comparison.unknown is not None:
        sql = comparison.unknown.sql(dialect, LEFT, RIGHT)
        levels.insert(0, {"sql_condition": sql, "label_for_charts": "not known", "is_null_level": True})
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _level(level: Level, chance: Chance, dialect: Dialect) -> dict[str, Any]:
    said: dict[str, Any] = {
        "sql_condition": level.when.sql(dialect, LEFT, RIGHT) if level.when else "ELSE",
        "label_for_charts": level.name,
        "m_probability": chance.m,
        "u_probability": chance.u,
    }
    if level.frequency:
        said |= {
            "tf_adjustment_column": level.frequency,
            "tf_adjustment_weight": float(level.share),
            # How common a value is counts against this level's own u.
            "disable_tf_exact_match_detection": True,
        }
    return said


def write_rows(people: Iterable[Known], file: Path, *, every_name: bool = True) -> int:
    """The people as a Parquet table of the compared columns: a row for each name. How many rows.

    `every_name`: or only the first that each goes by.
    """
    import polars as pl

    columns: dict[str, list[Any]] = {name: [] for name in (UNIQUE_ID, "id", *COLUMNS)}
    for known in people:
        for row in known.rows if every_name else known.rows[:1]:
            columns[UNIQUE_ID].append(len(columns[UNIQUE_ID]))
            columns["id"].append(known.id)
            for name in COLUMNS:
                value = getattr(row, name)
                columns[name].append((sorted(value) if name in SETS else value) or None)
    frame = pl.DataFrame(columns, schema={name: _kind(name, pl) for name in columns}, strict=False)
    frame.write_parquet(file)
    return frame.height


def write_frequencies(people: Iterable[Known], model: Model, folder: Path) -> dict[str, Path]:
    """Column → a Parquet table of its values here and how common the model has them: for `use_frequencies`."""
    import polars as pl

    values: dict[str, set[str]] = {column: set() for column in FREQUENCIES}
    for known in people:
        for row in known.rows:
            for column, found in values.items():
                found.add(getattr(row, column))
    files = {}
    for column, found in values.items():
        listed = sorted(found - {""})
        shares = [2 ** model.log_frequency(column, value) for value in listed]
        frame = pl.DataFrame(
            {column: listed, f"tf_{column}": shares}, schema={column: pl.String, f"tf_{column}": pl.Float64}
        )
        files[column] = folder / f"tf_{column}.parquet"
        frame.write_parquet(files[column])
    return files


def use_frequencies(linker: Any, tables: Mapping[str, Any]) -> None:
    """Have a linker of Splink take how common values are from these tables of its engine, not from its own counts."""
    for column, table in tables.items():
        linker.table_management.register_term_frequency_lookup(table, column)


def _kind(name: str, pl: Any) -> Any:
    if name in SETS:
        return pl.List(pl.String)
    return pl.Int64 if name in (UNIQUE_ID, "born_year") else pl.String
