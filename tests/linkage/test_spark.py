"""Splink on Spark scores as we do: the backend for when one machine is too small, here in local mode."""

from pathlib import Path

import pytest
from pyspark import SparkContext

from alongside.linkage import default_model, normalise, score
from alongside.linkage.comparisons import COMPARISONS
from alongside.linkage.conditions import SPARK
from alongside.linkage.splink import settings, use_frequencies, write_frequencies, write_rows
from alongside.policy.spark import session
from bench.people.first_day import records
from bench.people.make_people import make

# A choice of them: Spark takes a second to plan each, and every kind of condition is in these.
CHOSEN = tuple(c for c in COMPARISONS if c.name in ("given_name", "address", "household"))


@pytest.fixture
def _fresh_java() -> None:
    """Java reads the files of functions when it starts: one that an earlier test of this process left running is ended."""
    gateway = SparkContext._gateway
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()
        SparkContext._gateway = SparkContext._jvm = None


@pytest.mark.slow
@pytest.mark.usefixtures("_fresh_java")
def test_splink_on_spark_scores_as_we_do(tmp_path: Path) -> None:
    from splink import Linker, SparkAPI
    from splink.backends.spark import similarity_jar_location

    model = default_model()
    people = [normalise(record) for record in records(make(150, 9, queries=0)[0])]
    write_rows(people, tmp_path / "people.parquet")
    files = write_frequencies(people, model, tmp_path)
    said = settings(model, len(people), dialect=SPARK, comparisons=CHOSEN, block_on=("given_same", "postcode_district"))
    with session(jars=[similarity_jar_location()]) as spark:
        api = SparkAPI(spark_session=spark, break_lineage_method="persist", num_partitions_on_repartition=1)
        table = api.register(spark.read.parquet(str(tmp_path / "people.parquet")), table_name="people")
        linker = Linker(table, said, log_level=50)
        use_frequencies(linker, {column: api.register(spark.read.parquet(str(file))) for column, file in files.items()})
        rows = linker.inference.predict().as_spark_dataframe().select("id_l", "id_r", "match_weight").collect()
    known = {person.id: person for person in people}
    assert len(rows) > 200
    for one, other, weight in rows:
        because = score(known[one], known[other], population=len(people), within=True).because
        ours = because["prior"] + sum(because.get(comparison.name, 0.0) for comparison in CHOSEN)
        assert ours == pytest.approx(weight, abs=1e-6), (known[one], known[other], because)


def test_spark_is_asked_in_its_own_words() -> None:
    text = str(settings(default_model(), 1000, dialect=SPARK))
    assert "jaro_winkler(" in text and "arrays_overlap(" in text
    assert "list_has_any" not in text and "starts_with(" not in text
