"""Our scores are Splink's own match weights, to a millionth of a bit, on the model's own comparisons."""

from pathlib import Path

import duckdb
import pytest

from alongside.linkage import Model, default_model, normalise, score
from alongside.linkage.frequencies import among
from alongside.linkage.record import Known
from alongside.linkage.splink import settings, use_frequencies, write_frequencies, write_rows
from bench.people.first_day import records
from bench.people.make_people import make

A_MILLIONTH = 1e-6
TOGETHER = ("family_sound", "born", "postcode_district", "given_same")


@pytest.fixture(scope="module")
def people() -> list[Known]:
    return [normalise(record) for record in records(make(900, 5, queries=0)[0])]


def by_splink(people: list[Known], model: Model, folder: Path, *, within: bool) -> list[tuple[str, str, float]]:
    from splink import DuckDBAPI, Linker

    write_rows(people, folder / "people.parquet")
    with duckdb.connect() as connection:
        connection.read_parquet(str(folder / "people.parquet")).create("people")
        api = DuckDBAPI(connection)
        said = settings(model, len(people), block_on=TOGETHER, within=within)
        linker = Linker(api.register("people"), said, log_level=50)
        files = write_frequencies(people, model, folder)
        use_frequencies(
            linker, {column: api.register(connection.read_parquet(str(file))) for column, file in files.items()}
        )
        found = linker.inference.predict().as_duckdbpyrelation()
        rows: list[tuple[str, str, float]] = found.select("id_l, id_r, match_weight").fetchall()
        return rows


@pytest.mark.parametrize("own_frequencies", [False, True])
def test_our_scores_are_splinks(people: list[Known], tmp_path: Path, own_frequencies: bool) -> None:
    model = among(default_model(), people) if own_frequencies else default_model()
    rows = by_splink(people, model, tmp_path, within=own_frequencies)
    assert len(rows) > 3000, "too few pairs to tell"
    known = {person.id: person for person in people}
    reached: set[tuple[str, str]] = set()
    for one, other, weight in rows:
        match = score(known[one], known[other], model, population=len(people), within=own_frequencies)
        assert match.weight_bits == pytest.approx(weight, abs=A_MILLIONTH), (known[one], known[other], match)
        reached.update(match.levels.items())
    assert len(reached) > 50, "too few levels are met to tell"


def test_of_several_names_the_best_counts_in_both(tmp_path: Path) -> None:
    people = [normalise(record) for record in records(make(60, 6, queries=0)[0])]
    first, second = people[0].names[0], people[7].names[0]
    two_names = Known(id="two", names=(second, first), sex=people[0].sex, born=people[0].born)
    everybody = [*people, two_names]
    best: dict[tuple[str, str], float] = {}
    for one, other, weight in by_splink(everybody, default_model(), tmp_path, within=True):
        best[one, other] = max(best.get((one, other), -1000.0), weight)
    known = {person.id: person for person in everybody}
    checked = 0
    for (one, other), weight in best.items():
        if "two" in (one, other) and one != other:
            ours = score(known[one], known[other], population=len(everybody), within=True).weight_bits
            assert ours >= weight - A_MILLIONTH
            checked += 1
    assert checked > 3
