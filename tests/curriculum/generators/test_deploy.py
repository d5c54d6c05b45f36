"""The generators of the area deploy: worked examples, and no twins among the results."""

from __future__ import annotations

from itertools import product

import pytest

from dp100.curriculum.generators import Redraw
from dp100.curriculum.generators.deploy import mini_batches_per_worker, online_quota_cores, replicas_for_load


def test_quota_of_ten_instances_with_four_cores():
    """The worked example of the documentation: 12 instances of 4 cores."""
    assert online_quota_cores({"instances": 10, "cores": 4}) == ["48", "40", "52", "12"]


def test_quota_rounds_instances_up_before_it_counts_cores():
    assert online_quota_cores({"instances": 9, "cores": 8})[0] == "88"


@pytest.mark.parametrize(("instances", "cores"), product([5, 9, 10, 14, 15, 19, 20], [2, 4, 8, 16]))
def test_quota_has_no_twins_over_the_drawn_range(instances, cores):
    results = online_quota_cores({"instances": instances, "cores": cores})
    assert len(set(results)) == len(results) == 4


def test_quota_is_drawn_again_when_two_results_agree():
    with pytest.raises(Redraw):
        online_quota_cores({"instances": 8, "cores": 4})


def test_replicas_of_the_documentation():
    """20 requests a second of 10 seconds each at 70 %: 286 replicas."""
    drawn = {"rate": 20, "milliseconds": 10_000, "utilization": 70}
    assert replicas_for_load(drawn) == ["286", "200", "140", "29"]


def test_replicas_do_not_suffer_from_float_rounding():
    drawn = {"rate": 60, "milliseconds": 700, "utilization": 70}
    assert replicas_for_load(drawn)[0] == "60"


def test_replicas_have_no_twins_where_they_are_not_drawn_again():
    redrawn = asked = 0
    for rate, milliseconds, utilization in product(
        range(20, 101, 10), [200, 400, 500, 800], [50, 60, 70, 80]
    ):
        try:
            results = replicas_for_load(
                {"rate": rate, "milliseconds": milliseconds, "utilization": utilization}
            )
        except Redraw:
            redrawn += 1
        else:
            asked += 1
            assert len(set(results)) == len(results) == 4
            assert int(results[0]) > int(results[1]) > int(results[2])
    assert asked > 10 * redrawn


def test_mini_batches_worked_example():
    """1,200 files in tens are 120 mini-batches; eight workers take 15 each."""
    drawn = {"files": 1200, "size": 10, "nodes": 4, "workers": 2}
    assert mini_batches_per_worker(drawn) == ["15", "120", "30", "150"]


def test_mini_batches_round_up_twice():
    drawn = {"files": 101, "size": 10, "nodes": 2, "workers": 2}
    assert mini_batches_per_worker(drawn)[0] == "3"


@pytest.mark.parametrize(
    ("files", "size", "nodes", "workers"), product([600, 1200, 1800, 2400], [10, 20, 25], [2, 3, 4], [2, 4])
)
def test_mini_batches_have_no_twins_over_the_drawn_range(files, size, nodes, workers):
    results = mini_batches_per_worker({"files": files, "size": size, "nodes": nodes, "workers": workers})
    assert len(set(results)) == len(results) == 4
