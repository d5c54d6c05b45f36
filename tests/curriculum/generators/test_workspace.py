"""The generators of the area workspace: worked examples, and four different results for every draw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100.curriculum.generators import Redraw, generators
from dp100.curriculum.generators.workspace import (
    cluster_node_hours,
    cluster_quota_cores,
    dataframe_memory_gb,
)


@pytest.mark.parametrize("name", ["dataframe_memory_gb", "cluster_quota_cores", "cluster_node_hours"])
def test_registered_under_their_names(name: str) -> None:
    assert generators()[name].__name__ == name


def test_a_csv_file_grows_up_to_ten_times() -> None:
    assert dataframe_memory_gb({"csv_gb": 6}) == ["60 GB", "6 GB", "9 GB", "240 GB"]


@given(csv_gb=st.integers(2, 12))
def test_memory_has_four_different_results(csv_gb: int) -> None:
    assert len(set(dataframe_memory_gb({"csv_gb": csv_gb}))) == 4


def test_quota_counts_nodes_that_are_not_running_and_stopped_instances() -> None:
    # 10 nodes of 4 cores that could start, and 2 stopped instances of 4 cores.
    assert cluster_quota_cores({"cores": 4, "max_nodes": 10, "instances": 2}) == ["48", "40", "8", "12"]


def test_quota_is_drawn_again_when_two_results_agree() -> None:
    # 2 instances of 4 cores are 8 cores, and 6 + 2 nodes are 8 nodes.
    with pytest.raises(Redraw):
        cluster_quota_cores({"cores": 4, "max_nodes": 6, "instances": 2})


@given(cores=st.sampled_from([4, 8, 16]), max_nodes=st.integers(4, 12), instances=st.integers(1, 4))
def test_quota_has_four_different_results(cores: int, max_nodes: int, instances: int) -> None:
    try:
        results = cluster_quota_cores({"cores": cores, "max_nodes": max_nodes, "instances": instances})
    except Redraw:
        return
    assert len(set(results)) == 4
    assert int(results[0]) == max(map(int, results))


def test_minimum_nodes_run_all_day_and_the_others_until_they_are_idle() -> None:
    # One node for 24 hours, five more for 3 hours and half an hour of idle time: 24 + 5 * 3.5.
    drawn = {"min_nodes": 1, "nodes": 6, "hours": 3, "idle_minutes": 30}
    assert cluster_node_hours(drawn) == [
        "41.5 node-hours",
        "18 node-hours",
        "42 node-hours",
        "144 node-hours",
    ]


def test_node_hours_are_drawn_again_when_two_results_agree() -> None:
    # The idle time of six nodes, 6 * 0.5, equals the 3 hours that the minimum node would be counted twice.
    with pytest.raises(Redraw):
        cluster_node_hours({"min_nodes": 1, "nodes": 7, "hours": 3, "idle_minutes": 30})


@pytest.mark.parametrize(
    "drawn",
    [
        {"min_nodes": 4, "nodes": 4, "hours": 2, "idle_minutes": 30},
        {"min_nodes": 1, "nodes": 4, "hours": 24, "idle_minutes": 30},
    ],
)
def test_node_hours_need_nodes_above_the_minimum_and_a_job_shorter_than_a_day(drawn: dict[str, int]) -> None:
    with pytest.raises(Redraw):
        cluster_node_hours(drawn)


@given(
    min_nodes=st.integers(1, 2),
    nodes=st.integers(4, 10),
    hours=st.integers(2, 6),
    idle_minutes=st.sampled_from([30, 60, 90]),
)
def test_node_hours_have_four_different_results(
    min_nodes: int, nodes: int, hours: int, idle_minutes: int
) -> None:
    drawn = {"min_nodes": min_nodes, "nodes": nodes, "hours": hours, "idle_minutes": idle_minutes}
    try:
        results = cluster_node_hours(drawn)
    except Redraw:
        return
    assert len(set(results)) == 4
