"""`alongside linkage lookup`: files in, hits out, nothing half-written."""

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from alongside.cli import alongside
from alongside.cli.linkage import linkage
from alongside.linkage import default_model, probability

PEOPLE = """id, given_name ,family_name,date_of_birth,postcode,entity
1, Joanna ,Nowak,1990-09-02,CV2 4AA,x
2,Mark,Taylor,1988-01-15,,y
"""
QUERIES = """id,given_name,family_name,date_of_birth,shoe
q1,Asia,Novak,02/09/1990,7
q2,Nobody,Known,,8
"""


def run(folder: Path, people: str | bytes, queries: str | bytes, *more: str) -> Result:
    for name, text in (("people.csv", people), ("queries.csv", queries)):
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    files = ["--people", str(folder / "people.csv"), "--queries", str(folder / "queries.csv")]
    return CliRunner().invoke(linkage, ["lookup", *files, "--out", str(folder / "hits.jsonl"), *more])


def hits(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "hits.jsonl").read_text("utf-8").splitlines()]


def test_hits_are_written_as_the_contract_says(tmp_path: Path) -> None:
    result = run(tmp_path, PEOPLE, QUERIES, "--top", "5")
    assert result.exit_code == 0, result.output
    first, second = hits(tmp_path)
    assert (first["query"], second) == ("q1", {"query": "q2", "hits": []})
    (hit,) = first["hits"]
    assert hit.keys() == {"id", "weight", "probability", "because"}
    assert hit["id"] == "1"
    assert hit["weight"] == pytest.approx(sum(hit["because"].values()))
    assert hit["probability"] == pytest.approx(2 ** hit["weight"] / (1 + 2 ** hit["weight"]))
    assert {"family_name", "given_name", "date_of_birth", "prior"} == hit["because"].keys()
    bits = default_model().link_from
    assert f"The shipped threshold: {bits:.2f} bits, a probability of {probability(bits):.3f}." in result.stderr


def test_columns_not_understood_are_named_once(tmp_path: Path) -> None:
    result = run(tmp_path, PEOPLE, QUERIES)
    assert result.stderr.count("entity, shoe") == 1
    assert "2 looked up among 2 people" in result.stderr


def test_columns_are_renamed_and_joined_in_order(tmp_path: Path) -> None:
    people = "ref,first,mother,father,dob\n1,Abdi,Hassan,Warsame,1990\n"
    queries = "ref,first,mother,father,dob\nq,Cabdi,Hassan,Warsama,1990\n"
    maps = [
        "--map",
        "ref=id",
        "first=given_name",
        "--map",
        "mother=family_name",
        "father=family_name",
        "dob=date_of_birth",
    ]
    assert run(tmp_path, people, queries, *maps).exit_code == 0
    assert hits(tmp_path)[0]["hits"]


def test_parquet_and_csv_give_the_same(tmp_path: Path) -> None:
    run(tmp_path, PEOPLE, QUERIES)
    from_csv = hits(tmp_path)
    people = pl.DataFrame(
        {
            "id": [1, 2],
            "given_name": [" Joanna ", "Mark"],
            "family_name": ["Nowak", "Taylor"],
            "date_of_birth": ["1990-09-02", "1988-01-15"],
            "postcode": ["CV2 4AA", None],
        }
    ).with_columns(pl.col("date_of_birth").str.to_date(), pl.col("id").cast(pl.Float64))
    people.write_parquet(tmp_path / "people.parquet")
    files = ["--people", str(tmp_path / "people.parquet"), "--queries", str(tmp_path / "queries.csv")]
    result = CliRunner().invoke(linkage, ["lookup", *files, "--out", str(tmp_path / "hits.jsonl")])
    assert result.exit_code == 0, result.output
    assert hits(tmp_path) == from_csv


@pytest.mark.parametrize(
    ("people", "queries", "more", "sentence"),
    [
        ("name\nAnna\n", QUERIES, (), "people.csv has no column id"),
        ("", QUERIES, (), "people.csv is empty"),
        (b"id,given_name\n1,\xff\n", QUERIES, (), "people.csv is not UTF-8 text"),
        ("id,given_name\n1,A\n1,B\n", QUERIES, (), "The id 1 is there twice"),
        (PEOPLE, "id,given_name\n,Anna\n", (), "queries.csv: row 1 has no id"),
        (PEOPLE, QUERIES, ("--map", "given_name"), "is not FILE_COLUMN=OUR_COLUMN"),
        (PEOPLE, QUERIES, ("--map", "shoe=boot"), "There is no column boot"),
        (PEOPLE, QUERIES, ("--map", "glove=town"), "Neither file has a column glove"),
    ],
)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(
    tmp_path: Path, people: str | bytes, queries: str | bytes, more: tuple[str, ...], sentence: str
) -> None:
    result = run(tmp_path, people, queries, *more)
    assert result.exit_code == 2
    assert sentence in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.csv", "queries.csv"]


def test_odd_values_are_not_known_and_stop_nothing(tmp_path: Path) -> None:
    odd = "id,given_name,family_name,date_of_birth\n"
    odd += "1,A\x00nna,Nowak,00/00/1980\n2,😀,\u202eعمر,1980\n3,X,,\n4," + "é" * 200_000 + ",Nowak,1980,surplus\n5\n"
    assert run(tmp_path, odd, odd).exit_code == 0
    assert [line["query"] for line in hits(tmp_path)] == ["1", "2", "3", "4", "5"]


def test_another_model_may_be_used_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text('{"name": "mine"}')
    result = run(tmp_path, PEOPLE, QUERIES, "--model", str(tmp_path / "model.json"))
    assert result.exit_code == 2
    assert "This is no model" in result.output
    (tmp_path / "model.json").write_text("{")
    assert "not JSON" in run(tmp_path, PEOPLE, QUERIES, "--model", str(tmp_path / "model.json")).output


def test_it_is_a_command_of_alongside(tmp_path: Path) -> None:
    run(tmp_path, PEOPLE, QUERIES)
    expected = hits(tmp_path)
    files = ["--people", str(tmp_path / "people.csv"), "--queries", str(tmp_path / "queries.csv")]
    result = CliRunner().invoke(alongside, ["linkage", "lookup", *files, "--out", str(tmp_path / "again.jsonl")])
    assert result.exit_code == 0, result.output
    assert [json.loads(line) for line in (tmp_path / "again.jsonl").read_text("utf-8").splitlines()] == expected
