"""Generators of the area train: worked examples, and no two results that look the same."""

from __future__ import annotations

import pytest

from dp100.curriculum.generators import Redraw, generators
from dp100.curriculum.generators.train import confusion_matrix_recall, smote_minority_rows


def test_are_known_by_name() -> None:
    known = generators()
    assert known["smote_minority_rows"] is smote_minority_rows
    assert known["confusion_matrix_recall"] is confusion_matrix_recall


@pytest.mark.parametrize(("percentage", "rows"), [(0, "178"), (100, "356"), (200, "534"), (300, "712")])
def test_smote_returns_the_rows_of_the_reference_page(percentage: int, rows: str) -> None:
    drawn = {"minority": 178, "majority": 570, "percentage": percentage}
    if percentage == 0:  # nothing is added, so two of the answers coincide
        with pytest.raises(Redraw):
            smote_minority_rows(drawn)
    else:
        assert smote_minority_rows(drawn)[0] == rows


def test_smote_gives_each_wrong_rule_its_own_result() -> None:
    drawn = {"minority": 150, "majority": 1400, "percentage": 200}
    assert smote_minority_rows(drawn) == ["450", "300", "1,400", "2,950"]


def test_smote_redraws_when_the_classes_come_out_even() -> None:
    with pytest.raises(Redraw):
        smote_minority_rows({"minority": 100, "majority": 300, "percentage": 200})


@pytest.mark.parametrize("minority", [110, 130, 150, 170, 190])
@pytest.mark.parametrize("majority", [1200, 1400, 1700])
@pytest.mark.parametrize("percentage", [100, 200, 300, 400])
def test_smote_results_differ_over_the_drawn_range(minority: int, majority: int, percentage: int) -> None:
    drawn = {"minority": minority, "majority": majority, "percentage": percentage}
    assert len(set(smote_minority_rows(drawn))) == 4


def test_recall_is_the_share_of_the_positives_that_was_found() -> None:
    drawn = {"tp": 60, "fn": 20, "fp": 40, "tn": 380}
    assert confusion_matrix_recall(drawn) == ["0.750", "0.600", "0.880", "0.905"]


def test_recall_redraws_when_it_equals_precision() -> None:
    with pytest.raises(Redraw):
        confusion_matrix_recall({"tp": 60, "fn": 20, "fp": 20, "tn": 400})


def test_recall_results_differ_over_the_drawn_range() -> None:
    fair = unfair = 0
    for tp in range(40, 91, 5):
        for fn in range(6, 31, 3):
            for fp in range(35, 81, 5):
                for tn in range(300, 701, 50):
                    try:
                        results = confusion_matrix_recall({"tp": tp, "fn": fn, "fp": fp, "tn": tn})
                    except Redraw:
                        unfair += 1
                    else:
                        fair += 1
                        assert len(set(results)) == 4
                        assert all(0 < float(result) < 1 for result in results)
    assert unfair < fair / 20
