"""`alongside linkage dedupe` and `cluster`: each pair once, everybody once, households kept apart."""

import csv
import random
from pathlib import Path
from time import process_time

import polars as pl
import pytest
from click.testing import CliRunner, Result

from alongside.cli.linkage import linkage
from alongside.linkage import default_model, normalise, score
from alongside.linkage.batch import batch, threshold
from alongside.linkage.frequencies import among
from alongside.linkage.tables import read_people

HEAD = "id,given_name,family_name,sex,date_of_birth,postcode,address,phone\n"
HOME = "B8 1AB,12 Foundry Lane,0121 496 0123"
PEOPLE = f"""{HEAD}b1,Joanna,Nowak,f,1990-09-02,CV2 4AA,3 Mill Road,07700 900456
a1,Asia,Nowak,f,02/09/1990,CV2 4AA,,07700 900456
a2,Mark,Taylor,m,1988-01-15,,,
"""


def run(folder: Path, command: str, people: str, *more: str) -> Result:
    (folder / "people.csv").write_text(people, "utf-8")
    return CliRunner().invoke(
        linkage, [command, "--people", str(folder / "people.csv"), "--out", str(folder / "out.csv"), *more]
    )


def out(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def clusters(folder: Path, people: str, *more: str) -> dict[str, str]:
    result = run(folder, "cluster", people, *more)
    assert result.exit_code == 0, result.output
    return {row["id"]: row["cluster"] for row in out(folder)}


def crowd(count: int = 300) -> str:
    """People with nothing much in common, so that names have their usual commonness."""
    pick = random.Random(5)  # noqa: S311 - not for secrets
    letters = "abdegiklmnoprstu"
    lines = []
    for place in range(count):
        given, family = ("".join(pick.choices(letters, k=7)).title() for _ in range(2))
        born = f"{pick.randint(1940, 2005)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
        lines.append(f"z{place},{given},{family},,{born},CV{pick.randint(1, 9)} {pick.randint(1, 9)}QX,,\n")
    return "".join(lines)


def test_each_pair_stands_once_and_the_threshold_is_said(tmp_path: Path) -> None:
    result = run(tmp_path, "dedupe", PEOPLE + crowd())
    assert result.exit_code == 0, result.output
    (pair,) = out(tmp_path)
    assert list(pair) == ["id_l", "id_r", "weight", "probability"]
    assert (pair["id_l"], pair["id_r"]) == ("a1", "b1")
    weight = float(pair["weight"])
    assert float(pair["probability"]) == pytest.approx(2**weight / (1 + 2**weight))
    assert f"The shipped threshold: {threshold(default_model()):.2f} bits" in result.stderr


def test_weights_are_those_of_score(tmp_path: Path) -> None:
    run(tmp_path, "dedupe", PEOPLE + crowd(), "--all")
    people = [normalise(record) for record in read_people(tmp_path / "people.csv").records]
    by_id = {known.id: known for known in people}
    model = among(default_model(), people, within=True)
    found = out(tmp_path)
    assert found
    for pair in found:
        match = score(by_id[pair["id_l"]], by_id[pair["id_r"]], model, population=len(people), within=True)
        assert float(pair["weight"]) == pytest.approx(match.weight_bits)


def test_a_threshold_is_a_probability_and_all_is_every_pair_compared(tmp_path: Path) -> None:
    more = {"--threshold=0.01", "--threshold=0.999999", "--all"}
    counts = {}
    for option in more:
        assert run(tmp_path, "dedupe", PEOPLE + crowd(), *option.split("=")).exit_code == 0
        counts[option] = len(out(tmp_path))
    assert counts["--all"] > counts["--threshold=0.01"] >= counts["--threshold=0.999999"]


def test_everybody_stands_once_under_the_smallest_id_as_text(tmp_path: Path) -> None:
    people = PEOPLE.replace("b1,", "9,").replace("a1,", "10,") + crowd(50)
    found = clusters(tmp_path, people)
    assert found["9"] == found["10"] == "10"
    assert found["a2"] == "a2" and len(found) == 53
    assert [row["id"] for row in out(tmp_path)][:3] == ["9", "10", "a2"]


@pytest.mark.parametrize(
    ("who", "people"),
    [
        ("a household", ["Nadia,Khan,f,1984-03-05", "Tariq,Khan,m,1979-11-21", "Sana,Khan,f,2012-06-30"]),
        ("twins", ["Leo,Hartley,m,2009-05-14", "Max,Hartley,m,2009-05-14"]),
        ("father and son of one name", ["Imran,Malik,m,1961-02-08", "Imran,Malik,m,1990-10-27"]),
    ],
)
def test_those_who_live_together_stay_apart(tmp_path: Path, who: str, people: list[str]) -> None:
    """Each is there twice, so that a group of one person each must form beside the home they share."""
    lines = [f"h{n}{copy},{person},{HOME}\n" for n, person in enumerate(people) for copy in "ab"]
    found = clusters(tmp_path, HEAD + "".join(lines) + crowd())
    for n in range(len(people)):
        assert found[f"h{n}a"] == found[f"h{n}b"] == f"h{n}a", who


def test_what_is_like_two_persons_does_not_join_them(tmp_path: Path) -> None:
    """A surname, an initial and a home that could be either twin's."""
    twins = f"l1,Lena,Hartley,f,2001-05-14,{HOME}\nl2,Lena,Hartley,f,2001-05-14,{HOME}\n"
    twins += f"l3,Lydia,Hartley,f,2001-05-14,{HOME}\nl4,Lydia,Hartley,f,2001-05-14,{HOME}\n"
    found = clusters(tmp_path, HEAD + twins + f"m,L,Hartley,f,2001-05-14,{HOME}\n" + crowd())
    assert found["l1"] == found["l2"] and found["l3"] == found["l4"] and found["l1"] != found["l3"]


def test_csv_and_parquet_workers_and_none_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, "dedupe", PEOPLE + crowd())
    alone = (tmp_path / "out.csv").read_bytes()
    pl.read_csv(tmp_path / "people.csv", infer_schema_length=0).write_parquet(tmp_path / "people.parquet")
    monkeypatch.setattr("alongside.linkage.prepared.WORTH_WORKERS", 0)
    monkeypatch.setattr("alongside.linkage.prepared.BLOCK", 50)
    with batch(tmp_path / "people.parquet", {}, default_model()) as them:
        scored = them.score(them.candidates())
        found = them.named(scored.filter(scored["weight"] >= threshold(them.model)))
    found.write_csv(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == alone


def test_who_is_there_too_often_to_be_compared_is_counted_and_said(tmp_path: Path) -> None:
    again = "".join(f"t{n},Robin,Example,,1980-05-06,CV1 4AA,1 Sample Street,07700 900123\n" for n in range(75))
    for command in ("dedupe", "cluster"):
        result = run(tmp_path, command, PEOPLE + crowd() + again)
        assert result.exit_code == 0, result.output
        assert (
            "75 records share a telephone number and both names: too many to compare each with each." in result.stderr
        )
        assert "0 of their 2,775 pairs are compared" in result.stderr and "Robin" not in result.stderr
        assert result.stderr.count("75 records") == 1, "one set of records is said once"
    few = run(tmp_path, "dedupe", PEOPLE + crowd() + again[: again.index("t60,")])
    assert "too many to compare" not in few.stderr
    assert sum(pair["id_l"].startswith("t") for pair in out(tmp_path)) == 60 * 59 // 2


def test_many_groups_are_summed_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.cli.linkage_batch.MOST_SAID", 1)
    again = "".join(f"t{n},Robin,Example{'abc'[n % 3] * 3},,198{n % 3}-05-06,,,\n" for n in range(3 * 61))
    result = run(tmp_path, "dedupe", HEAD + again)
    assert "So it is with 2 more groups, the largest of 61 records." in result.stderr


@pytest.mark.parametrize(
    ("people", "more", "sentence"),
    [
        ("name\nAnna\n", (), "people.csv has no column id"),
        ("", (), "people.csv is empty"),
        ("id,given_name\n1,A\n2,B\n1,C\n", (), "The id 1 is there twice"),
        ("id,given_name\n1,A\n,B\n", (), "row 2 has no id"),
        (PEOPLE, ("--map", "glove=town"), "No file has a column glove"),
        (PEOPLE, ("--threshold", "5"), "5 is no probability between 0 and 1"),
    ],
)
@pytest.mark.parametrize("command", ["dedupe", "cluster"])
def test_what_cannot_be_done_is_refused_and_leaves_nothing(
    tmp_path: Path, command: str, people: str, more: tuple[str, ...], sentence: str
) -> None:
    result = run(tmp_path, command, people, *more)
    assert result.exit_code == 2
    assert sentence in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


@pytest.mark.parametrize("rows", ["", "1,Anna,Nowak\n", "1,,\n2,,\n3,,\n", "1,Anna,Nowak\n2,Tariq,Aziz\n"])
def test_a_file_with_nothing_in_common_gives_nothing(tmp_path: Path, rows: str) -> None:
    assert run(tmp_path, "dedupe", f"id,given_name,family_name\n{rows}").exit_code == 0
    assert not out(tmp_path)
    found = clusters(tmp_path, f"id,given_name,family_name\n{rows}")
    assert all(id_ == label for id_, label in found.items()) and len(found) == rows.count("\n")


def test_odd_names_and_crowds_of_one_name_or_address_take_no_slow_path(tmp_path: Path) -> None:
    odd = f"o1,{'é' * 5_000},Nowak,,1980,,,\no2,😀,\u202eعمر,,00/00/1980,,,\no3,A\x00nna,,,,,,07700 900456\n"
    same_name = "".join(f"k{n},Mohammed,Khan,m,,,,\n" for n in range(2_000))
    same_home = crowd(2_000).replace(",,\n", ",1 Long Street,0121 496 0123\n").replace("z", "y")
    begun = process_time()
    assert run(tmp_path, "dedupe", HEAD + odd + same_name + same_home).exit_code == 0
    assert process_time() - begun < 30, "every pair of 2,000 would be two million"
    assert len(out(tmp_path)) < 500
