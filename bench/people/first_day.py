"""Makes the model for the first day: `python -m bench.people.first_day [RECORDS]`, a minute or two. Needs Splink.

Half is what Splink learns from invented people of the region, half what was estimated by hand: invented people make only the errors
somebody thought of, and no agency's records were there to learn from.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

from alongside.linkage import Record, normalise
from alongside.linkage.comparisons import SCHEMA
from alongside.linkage.model import hash_of, parse_model
from alongside.linkage.tables import COLUMNS
from alongside.linkage.training import train
from bench.people.make_people import make

SHIPPED = Path("alongside/linkage/models/first-day.json")
BY_HAND = Path(__file__).with_name("by_hand.json")
RECORDS, SEED = 40_000, 11


def by_hand() -> dict[str, Any]:
    """The estimates, as a model."""
    return {**json.loads(BY_HAND.read_text("utf-8")), "schema": SCHEMA}


def records(rows: list[dict[str, Any]]) -> list[Record]:
    """Invented people as a look-up reads them."""
    told = [name for name in COLUMNS if name in rows[0] and name != "phone"]
    return [Record(phones=(row["phone"],), **{name: str(row[name]) for name in told}) for row in rows]


def first_day(count: int = RECORDS) -> dict[str, Any]:
    """The model's data."""
    guess = by_hand()
    fit = train(
        [normalise(record) for record in records(make(count, SEED, queries=0)[0])], name="fit", base=parse_model(guess)
    )
    learned = fit.model.data["comparisons"]
    data = {
        **guess,
        "name": "first-day",
        "about": "Half fitted with Splink to invented people of the region, half estimated by hand. A partnership trains its own.",
        "comparisons": {
            name: {level: _half(chances, learned[name][level]) for level, chances in levels.items()}
            for name, levels in guess["comparisons"].items()
        },
        "fitted": fit.model.data["fitted"],
    }
    data["hash"] = hash_of(data)
    return data


def _half(guessed: list[float], learned: list[float]) -> list[float]:
    """The mean of m, and that of u in bits."""
    return [float(f"{(guessed[0] + learned[0]) / 2:.4g}"), float(f"{math.sqrt(guessed[1] * learned[1]):.4g}")]


def main() -> None:
    data = first_day(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
    parse_model(data)
    SHIPPED.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{SHIPPED}: {data['hash']}")


if __name__ == "__main__":
    main()
