"""Training: every level gets its m and u, families are not learned as persons, and what cannot be fitted is said."""

import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.cli.linkage import linkage
from alongside.linkage import MemoryIndex, Record, default_model, normalise, read_model
from alongside.linkage.comparisons import COMPARISONS, SCHEMA
from alongside.linkage.evaluate import evaluate, pair, pairs_of
from alongside.linkage.frequencies import LISTED_FROM, among, namesakes, others_at_home, repeats
from alongside.linkage.model import hash_of, parse_model
from alongside.linkage.training import FEWEST_RECORDS, Fit, TrainingError, drawn, train
from bench.people.first_day import records
from bench.people.make_people import make

ROWS = make(1500, 22, queries=0)[0]


@pytest.fixture(scope="module")
def fit() -> Fit:
    people = [normalise(record) for record in records(ROWS)]
    return train(people, name="fitted", seed=3, sample=30_000)


def test_every_level_has_m_and_u(fit: Fit) -> None:
    for comparison in COMPARISONS:
        chances = fit.model.at()[comparison.name]
        assert chances.keys() == {level.name for level in comparison.levels}
        for level, chance in chances.items():
            assert math.isfinite(math.log2(chance.m / chance.u)), f"{comparison.name} {level}"


def test_it_learns_persons_and_not_families(fit: Fit) -> None:
    assert {"birth", "names"} <= {session.block for session in fit.sessions}
    bits = fit.model.weights().bits
    assert bits["given_name"]["differ"] < -2 and bits["date_of_birth"]["differ"] < -2
    assert bits["date_of_birth"]["exact"] > 10
    true_pairs = len(pairs_of({str(row["id"]): str(row["entity"]) for row in ROWS}))
    assert fit.model.repeats == pytest.approx(2 * true_pairs / len(ROWS), rel=0.4)


def test_it_carries_its_schema_and_hash_and_what_it_was_fitted_to(fit: Fit) -> None:
    data = json.loads(json.dumps(fit.model.data))
    assert (data["schema"], data["hash"]) == (SCHEMA, hash_of(data))
    assert data["fitted"]["records"] == len(ROWS) and data["fitted"]["begun_with"] == default_model().hash
    assert parse_model(data).hash == fit.model.hash


def test_no_value_that_few_people_have_can_be_read_from_it(fit: Fit) -> None:
    for column, shares in fit.model.frequencies.items():
        assert all(share * len(ROWS) >= LISTED_FROM - 1 for share in shares.values()), column


def test_a_sample_is_fair_and_no_larger_and_the_prior_is_that_of_all() -> None:
    kept, count = drawn(iter(range(10_000)), 500)
    assert (len(kept), len(set(kept)), count) == (500, 500, 10_000)
    assert 4_000 < sum(kept) / 500 < 6_000
    assert drawn(iter(range(3)), 500) == ([0, 1, 2], 3) and drawn(iter(())) == ([], 0)
    people = [normalise(record) for record in records(ROWS)]
    half = train(people, name="half", seed=3, sample=30_000, of=2 * len(people)).model
    assert half.population == 2 * len(people)
    assert half.repeats == pytest.approx(2 * train(people, name="all", seed=3, sample=30_000).model.repeats, rel=0.01)


def test_too_few_records_are_said() -> None:
    with pytest.raises(TrainingError, match=f"at least {FEWEST_RECORDS}"):
        train([normalise(record) for record in records(ROWS[:50])], name="few")


def test_nobody_there_twice_is_said() -> None:
    strangers = [
        Record(str(n), given_name=f"Name{chr(97 + n % 26)}{'ab' * (n % 7)}", date_of_birth=str(1900 + n % 90))
        for n in range(150)
    ]
    with pytest.raises(TrainingError, match="Use the shipped model"):
        train([normalise(record) for record in strangers], name="strangers", sample=2_000)


def test_without_splink_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(TrainingError, match=r"pip install 'alongside\[linkage\]'"):
        train([normalise(record) for record in records(ROWS[:150])], name="none")


def test_a_file_brings_its_own_frequencies() -> None:
    crowd = [
        normalise(
            Record(str(n), given_name="Mohammed", family_name="Khan", date_of_birth=f"19{n % 90 + 10}-02-0{n % 8 + 1}")
        )
        for n in range(400)
    ]
    model = among(default_model(), crowd)
    assert model.frequencies["family_same"]["khan"] > 0.5
    assert model.log_frequency("family_same", "khan") > default_model().log_frequency("family_same", "khan")
    assert default_model().frequencies["family_same"]["khan"] < 0.1


def test_repeats_and_namesakes_are_told_apart() -> None:
    people = [normalise(record) for record in records(ROWS)]
    twice = [*people, *(replace(known, id=f"{known.id}b") for known in people)]
    assert repeats(default_model(), twice) > repeats(default_model(), people) + 0.5
    assert namesakes(default_model(), twice) < 3 * namesakes(default_model(), people)


def test_how_many_live_together_is_counted_in_a_file_that_tells_it() -> None:
    rows = make(6_000, 23, queries=0)[0]
    people = [normalise(record) for record in records(rows)]
    first_of_each_home = {row["household"]: known for row, known in zip(rows, people, strict=True)}
    alone = list(first_of_each_home.values())
    model = default_model()
    of_home = Counter(row["household"] for row in rows)
    again = Counter(row["entity"] for row in rows)
    others = sum(n * n for n in of_home.values()) - sum(n * n for n in again.values())
    # Some of the records were made away from home, and not everybody there has the family's name.
    assert 0.4 < others_at_home(model, people) / (others / len(rows) * 0.78**2) < 1.2
    assert others_at_home(model, alone) < 0.5 * others_at_home(model, people)
    assert among(model, alone).others_at_home == model.others_at_home, "a look-up takes no comfort in it"
    assert among(model, alone, within=True).others_at_home == others_at_home(model, alone)
    unknown = [normalise(Record(str(place), given_name="Amina")) for place in range(50)]
    assert others_at_home(model, unknown) == model.others_at_home


def test_evaluation_counts_what_is_right() -> None:
    same = pairs_of({"a": "1", "b": "1", "c": "2", "d": "3"})
    assert same == {("a", "b")}
    people = [
        Record("a", given_name="Joanna", family_name="Nowak", date_of_birth="1990-09-02", postcode="CV2 4AA"),
        Record("b", given_name="Asia", family_name="Nowak", date_of_birth="1990-09-02", postcode="CV2 4AA"),
        Record("c", given_name="Zofia", family_name="Nowak", date_of_birth="2017-11-30", postcode="CV2 4AA"),
        Record("d", given_name="Mark", family_name="Taylor", date_of_birth="1988-01-15"),
    ]
    index = MemoryIndex(map(normalise, people))
    found = evaluate(index, default_model(), same)
    assert found is not None
    assert (found.pairs, found.shared_key, found.best.f1) == (1, 1.0, 1.0)
    assert evaluate(index, default_model(), set()) is None
    judged = evaluate(index, default_model(), same, {pair("c", "a")})
    assert judged is not None and judged.shipped.recall == 1.0 and judged.shipped.precision == 1.0


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Result]]:
    folder = tmp_path_factory.mktemp("train")
    with (folder / "people.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ROWS[0])
        writer.writeheader()
        writer.writerows(ROWS[:600])
    options = ["--people", str(folder / "people.csv"), "--out", str(folder / "model.json")]
    yield (
        folder,
        CliRunner().invoke(linkage, ["train", *options, "--truth", "entity", "--report", str(folder / "report")]),
    )


def test_the_command_writes_a_model_and_a_report(trained: tuple[Path, Result]) -> None:
    folder, result = trained
    assert result.exit_code == 0, result.output
    model = read_model(folder / "model.json")
    assert model.hash in result.stderr and "precision" in result.stderr
    told = json.loads((folder / "report" / "report.json").read_text("utf-8"))
    assert told["hash"] == model.hash
    assert 0.5 < told["evaluation"]["shipped"]["f1"] <= told["evaluation"]["best"]["f1"] <= 1
    assert len(told["weights"]) > 60
    page = (folder / "report" / "report.html").read_text("utf-8")
    assert "<svg" in page and model.hash in page and "<script" not in page
    assert sorted(path.name for path in folder.iterdir()) == ["model.json", "people.csv", "report"]


def test_without_a_file_it_says_how_to_learn_from_what_is_held(tmp_path: Path) -> None:
    refused = CliRunner().invoke(linkage, ["train", "--out", str(tmp_path / "model.json")])
    assert refused.exit_code == 2 and "alongside people train" in refused.output
    assert list(tmp_path.iterdir()) == []


def test_the_trained_model_is_used_for_looking_up(trained: tuple[Path, Result]) -> None:
    folder, _ = trained
    files = [
        "--people",
        str(folder / "people.csv"),
        "--queries",
        str(folder / "people.csv"),
        "--out",
        str(folder / "hits.jsonl"),
    ]
    result = CliRunner().invoke(linkage, ["lookup", *files, "--model", str(folder / "model.json")])
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in (folder / "hits.jsonl").read_text("utf-8").splitlines()]
    assert sum(bool(line["hits"]) and line["hits"][0]["id"] == line["query"] for line in lines) > 0.9 * len(lines)
    for line in lines:
        for hit in line["hits"]:
            assert hit["weight"] == pytest.approx(sum(hit["because"].values()), abs=1e-9)
    (folder / "hits.jsonl").unlink()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--truth", "shoe"), "has no column shoe"),
        (("--truth", "entity", "--labels", "people.csv"), "not both"),
        (("--labels", "people.csv"), "has no column id_l"),
        (("--map", "glove=town"), "has a column glove"),
    ],
)
def test_what_cannot_be_used_is_refused(trained: tuple[Path, Result], more: tuple[str, ...], sentence: str) -> None:
    folder, _ = trained
    said = [str(folder / word) if word.endswith(".csv") else word for word in more]
    result = CliRunner().invoke(
        linkage, ["train", "--people", str(folder / "people.csv"), "--out", str(folder / "no.json"), *said]
    )
    assert result.exit_code == 2 and sentence in result.output
    assert not (folder / "no.json").exists()


def test_labels_may_be_judgements(tmp_path: Path, trained: tuple[Path, Result]) -> None:
    from alongside.cli.linkage_training import _judged

    labels = tmp_path / "labels.csv"
    labels.write_text("unique_id_l,unique_id_r,clerical_match_score\n1,2,0.9\n3,4,0.1\n5,6,yes\n")
    assert _judged(tmp_path, {}, labels, None) == ({("1", "2"), ("5", "6")}, {("3", "4")})
    labels.write_text("id_l,id_r,match\n1,2,perhaps\n")
    with pytest.raises(ValueError, match="no judgement"):
        _judged(tmp_path, {}, labels, None)
