"""Clusters on their own: average linkage, whatever the order, and no chains."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from alongside.linkage.clusters import MOST_TOGETHER, cluster, groups_of, linked

Says = dict[tuple[int, int], float]


def says(of: Says, size: int, otherwise: float = -9.0) -> Says:
    return dict.fromkeys(combinations(range(size), 2), otherwise) | of


def test_a_chain_of_similar_records_is_no_one_person() -> None:
    chain = {(n, n + 1): 4.0 for n in range(9)}
    found = cluster(list(range(10)), says(chain, 10))
    assert max(map(len, found)) == 2


def test_a_pair_that_tells_too_little_says_nothing_against() -> None:
    chain = {(n, n + 1): 4.0 for n in range(4)}
    assert cluster(list(range(5)), says(chain, 5, otherwise=0.0)) == [list(range(5))]


def test_one_person_many_times_is_one_cluster() -> None:
    alike = {pair: 9.0 for pair in combinations(range(30), 2)}
    assert cluster(list(range(30)), alike) == [list(range(30))]


def test_one_number_in_common_does_not_outweigh_all_else() -> None:
    two = {pair: 20.0 for group in ((0, 1, 2), (3, 4, 5)) for pair in combinations(group, 2)} | {(2, 3): 60.0}
    assert sorted(cluster(list(range(6)), says(two, 6))) == [[0, 1, 2], [3, 4, 5]]


def test_a_weak_link_is_parted_before_strong_ones_where_too_many_hang_together() -> None:
    size = MOST_TOGETHER // 2 + 1
    strong = [pair for at in (0, size) for pair in zip(range(at, at + size - 1), range(at + 1, at + size), strict=True)]
    scored = {pair: 9.0 for pair in strong} | {(size - 1, size): 4.0}
    assert sorted(map(len, groups_of(scored, 3.0))) == [size, size]


pairs = st.sets(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted).map(tuple).filter(lambda p: p[0] < p[1]))


@given(pairs)
def test_everybody_stands_in_one_group_with_whom_they_hang_together(some: set[tuple[int, int]]) -> None:
    found = linked(some)
    members = [one for group in found for one in group]
    assert sorted(members) == sorted({one for pair in some for one in pair})
    for a, b in some:
        assert any(a in group and b in group for group in found)


@given(st.dictionaries(st.sampled_from(list(combinations(range(7), 2))), st.floats(-20, 40)))
def test_clusters_part_the_group_and_agree_on_average(of: Says) -> None:
    found = cluster(list(range(7)), says(of, 7))
    assert sorted(one for group in found for one in group) == list(range(7))
    for group in found:
        bounded = [max(-12.0, min(12.0, of.get(pair, -9.0))) for pair in combinations(group, 2)]
        assert sum(bounded) >= -1e-6
