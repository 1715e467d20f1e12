"""The generator of people."""

from collections import Counter, defaultdict

from bench.people.make_people import make


def test_the_same_seed_makes_the_same_people_of_any_number() -> None:
    assert make(500, 3) == make(500, 3) != make(500, 4)
    people, queries = make(500, 3, queries=40)
    assert (len(people), len(queries)) == (500, 40)
    assert len({row["id"] for row in people}) == 500


def test_queries_say_whether_they_are_known() -> None:
    people, queries = make(3_000, 3)
    known, homes = ({row[name] for row in people} for name in ("entity", "household"))
    assert Counter(row["kind"] for row in queries).keys() == {"known", "household", "stranger"}
    for row in queries:
        assert (row["entity"] in known) == (row["kind"] == "known")
    at_home = [row["household"] in homes for row in queries if row["kind"] == "household"]
    assert sum(at_home) > 0.9 * len(at_home)


def test_there_are_twins_and_sons_of_their_fathers_name() -> None:
    people, _ = make(20_000, 3)
    of_home = defaultdict(dict)
    for row in people:
        of_home[row["household"]][row["entity"]] = row
    days = [[row["date_of_birth"] for row in home.values() if row["date_of_birth"]] for home in of_home.values()]
    assert sum(len(set(home)) < len(home) for home in days) > 10
    men = [
        [(row["given_name"], row["family_name"]) for row in home.values() if row["sex"] == "m" and row["given_name"]]
        for home in of_home.values()
    ]
    assert sum(len(set(home)) < len(home) for home in men) > 5
