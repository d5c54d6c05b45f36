"""Experiments and runs: what can be created, found, changed, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100.standin.engine.errors import AlreadyExists, Conflict, Invalid, NotFound
from dp100.standin.engine.tracking.entities import ENDED, STATE, STATUS
from dp100.standin.engine.tracking.store import Tracking

storable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def test_an_experiment_is_made_once(tracking: Tracking) -> None:
    first = tracking.experiment("mslearn-train")
    assert tracking.experiment("mslearn-train") == first
    assert [e.name for e in tracking.experiments()] == ["mslearn-train"]
    assert tracking.experiment_by_id(first.id) == first


def test_an_unknown_experiment_is_not_made_unasked(tracking: Tracking) -> None:
    with pytest.raises(NotFound, match="Experiment none not found"):
        tracking.experiment("none", create=False)
    with pytest.raises(NotFound):
        tracking.experiment_by_id("77")
    with pytest.raises(NotFound):
        tracking.experiment_by_id("seven")


@pytest.mark.parametrize("name", ["", "two words", "-dash", "a/b", "a" * 256, None])
def test_experiment_names_follow_the_service(tracking: Tracking, name: str) -> None:
    with pytest.raises(Invalid, match="Experiment name must be between 1 and 255 characters long"):
        tracking.experiment(name)


def test_an_archived_experiment_hides_with_its_runs_and_comes_back(tracking: Tracking) -> None:
    experiment = tracking.experiment("old")
    tracking.create_run("old", "run_1")
    tracking.archive_experiment(experiment.id)
    assert tracking.experiments() == []
    assert [e.name for e in tracking.experiments(archived=True)] == ["old"]
    assert tracking.runs("old") == []
    with pytest.raises(Conflict, match="archived"):
        tracking.create_run("old", "run_2")
    with pytest.raises(Conflict, match="deleted"):
        tracking.log_metric("run_1", "loss", 1.0)
    tracking.restore_experiment(experiment.id)
    assert [r.id for r in tracking.runs("old")] == ["run_1"]


def test_renaming_tagging_and_deleting_experiments(tracking: Tracking) -> None:
    one, two = tracking.experiment("one"), tracking.experiment("two")
    assert tracking.rename_experiment(one.id, "first").name == "first"
    with pytest.raises(Conflict, match="two already exists"):
        tracking.rename_experiment(one.id, "two")
    tracking.tag_experiment(two.id, {"team": "vision", "n": 3})
    tracking.untag_experiment(two.id, "missing")
    assert tracking.experiment("two").tags == {"team": "vision", "n": "3"}
    tracking.untag_experiment(two.id, "n")
    assert tracking.experiment("two").tags == {"team": "vision"}
    tracking.create_run("first", "kept")
    with pytest.raises(Conflict, match="empty"):
        tracking.delete_experiment(one.id)
    tracking.delete_experiment(two.id)
    assert [e.name for e in tracking.experiments()] == ["first"]


def test_a_run_as_it_was_created(tracking: Tracking) -> None:
    at = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    run = tracking.create_run(
        "train",
        "train_1714_ab12",
        "nightly",
        tags={"lr": 0.1},
        properties={"sdk": "v1"},
        user="ada",
        state="NotStarted",
        started=at,
    )
    assert (run.id, run.experiment, run.name, run.user) == ("train_1714_ab12", "train", "nightly", "ada")
    assert (run.state, run.status, run.started, run.ended) == ("NotStarted", "SCHEDULED", at, None)
    assert run.user_tags == {"lr": "0.1"}
    assert run.properties == {"sdk": "v1"}
    assert run == tracking.run(run.id)


@pytest.mark.parametrize("run_id", ["", "../up", "-x", "a b", "a" * 257, "é"])
def test_run_ids_are_those_that_mlflow_takes(tracking: Tracking, run_id: str) -> None:
    with pytest.raises(Invalid, match="is no run id"):
        tracking.create_run("train", run_id)


def test_what_a_new_run_may_not_be(tracking: Tracking) -> None:
    tracking.create_run("train", "a")
    with pytest.raises(AlreadyExists, match="Run a already exists"):
        tracking.create_run("other", "a")
    with pytest.raises(NotFound, match="Run nobody was not found"):
        tracking.create_run("train", "b", parent="nobody")
    with pytest.raises(Invalid, match="'Sleeping' is no state of a run"):
        tracking.create_run("train", "b", state="Sleeping")
    assert [r.id for r in tracking.runs()] == ["a"]
    assert [e.name for e in tracking.experiments()] == ["train"]  # "other" went with the run


def test_every_state_is_kept_and_has_a_status(tracking: Tracking) -> None:
    tracking.create_run("train", "a")
    for state, status in STATUS.items():
        tracking.set_status("a", state)
        run = tracking.run("a")
        assert (run.state, run.status) == (state, status)
        assert (run.ended is not None) == (state in ENDED)
    for status, state in STATE.items():
        tracking.set_status("a", status)
        assert tracking.run("a").state == state


def test_children_know_their_parent_and_root(tracking: Tracking) -> None:
    tracking.create_run("sweep", "parent")
    tracking.create_run("sweep", "child_1", parent="parent")
    tracking.create_run("sweep", "child_2", parent="parent")
    tracking.create_run("sweep", "grandchild", parent="child_1")
    assert [r.id for r in tracking.runs(parent="parent", oldest_first=True)] == ["child_1", "child_2"]
    assert [r.id for r in tracking.runs("sweep", children=False)] == ["parent"]
    grandchild = tracking.run("grandchild")
    assert grandchild.parent == "child_1"
    assert grandchild.tags["mlflow.rootRunId"] == "parent"


def test_runs_are_found_by_tag_property_state_and_order(tracking: Tracking) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    for i in range(6):
        tracking.create_run(
            "e",
            f"r{i}",
            started=at + timedelta(seconds=i),
            tags={"kind": "odd" if i % 2 else "even", f"n{i}": ""},
            properties={"k": str(i % 3)},
        )
    tracking.set_status("r4", "Finalizing")
    ids = lambda **found: [r.id for r in tracking.runs("e", **found)]  # noqa: E731
    assert ids() == ["r5", "r4", "r3", "r2", "r1", "r0"]
    assert ids(oldest_first=True, limit=2) == ["r0", "r1"]
    assert ids(tags={"kind": "odd"}) == ["r5", "r3", "r1"]
    assert ids(tags="n2") == ["r2"]
    assert ids(tags={"n2": None, "kind": "even"}) == ["r2"]
    assert ids(properties={"k": "0"}) == ["r3", "r0"]
    assert ids(properties="missing") == []
    assert ids(status="Finalizing", limit=1) == ["r4"]
    assert tracking.runs("none") == []
    tracking.delete_run("r5")
    assert ids(limit=1) == ["r4"]
    assert ids(deleted=True) == ["r5"]
    tracking.restore_run("r5")
    assert ids(limit=1) == ["r5"]


def test_params_do_not_change(tracking: Tracking) -> None:
    tracking.create_run("e", "r")
    tracking.log_params("r", {"depth": 3, "none": None})
    tracking.log_param("r", "depth", "3")
    with pytest.raises(Invalid, match="Changing param values is not allowed"):
        tracking.log_params("r", {"new": 1, "depth": 4})
    assert tracking.run("r").params == {"depth": "3", "none": "None"}


def test_tags_change_and_properties_do_not(tracking: Tracking) -> None:
    tracking.create_run("e", "r")
    tracking.set_tags("r", {"a": 1, "b": 2})
    tracking.set_tag("r", "a", "changed")
    tracking.delete_tags("r", ["b", "missing"])
    assert tracking.run("r").user_tags == {"a": "changed"}
    tracking.add_properties("r", {"p": 1})
    tracking.add_properties("r", {"p": "1", "q": 2})
    with pytest.raises(Conflict, match="property p"):
        tracking.add_properties("r", {"p": 2})
    assert tracking.run("r").properties == {"p": "1", "q": "2"}


def test_a_run_is_renamed_by_name_or_by_tag(tracking: Tracking) -> None:
    tracking.create_run("e", "r")
    tracking.rename_run("r", "better name")
    assert tracking.run("r").name == tracking.run("r").tags["mlflow.runName"] == "better name"
    tracking.set_tag("r", "mlflow.runName", "best name")
    assert tracking.run("r").name == "best name"


def test_metrics_keep_their_history_by_step(tracking: Tracking) -> None:
    tracking.create_run("e", "r")
    for value in (3.0, 3.0, 1.0):
        tracking.log_metric("r", "loss", value)
    tracking.log_metric("r", "loss", 9.0, step=1)
    tracking.log_metrics("r", {"acc": 0.5, "f1": 0.25}, step=7, timestamp=12345)
    assert [(m.step, m.value) for m in tracking.metric_history("r", "loss")] == [
        (0, 3),
        (1, 3),
        (1, 9),
        (2, 1),
    ]
    assert tracking.run("r").metrics == {"loss": 1.0, "acc": 0.5, "f1": 0.25}
    assert tracking.metric_history("r", "acc")[0].timestamp == 12345
    assert tracking.metric_history("r", "nothing") == []


def test_the_same_value_twice_in_a_millisecond_is_two_values(tracking: Tracking) -> None:
    tracking.create_run("e", "r")
    for _ in range(5):
        tracking.log_metric("r", "loss", 0.5, step=1, timestamp=1000)
    assert len(tracking.metric_history("r", "loss")) == 5


@pytest.mark.parametrize("value", ["much", None, [1.0], {}])
def test_a_metric_is_a_number(tracking: Tracking, value: object) -> None:
    tracking.create_run("e", "r")
    with pytest.raises(Invalid, match="must be a number"):
        tracking.log_metrics("r", {"good": 1.0, "bad": value})  # type: ignore[dict-item]
    assert tracking.run("r").metrics == {}


def test_an_unknown_run_is_named(tracking: Tracking) -> None:
    for call in (
        lambda: tracking.run("ghost"),
        lambda: tracking.log_metric("ghost", "m", 1),
        lambda: tracking.log_param("ghost", "p", 1),
        lambda: tracking.set_tag("ghost", "t", 1),
        lambda: tracking.set_status("ghost", "Running"),
        lambda: tracking.delete_run("ghost"),
        lambda: tracking.artifacts.folder("ghost"),
    ):
        with pytest.raises(NotFound, match="Run ghost was not found"):
            call()


@pytest.mark.parametrize("name", ["", "a\0b", "half \ud800", "x" * 251])
def test_names_that_cannot_be_stored(tracking: Tracking, name: str) -> None:
    tracking.create_run("e", "r")
    for log in (tracking.log_metric, tracking.log_param, tracking.set_tag):
        with pytest.raises(Invalid):
            log("r", name, 1)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(storable.filter(bool), storable, max_size=5),
    run=st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9_\-]{0,60}", fullmatch=True),
)
def test_any_text_comes_back(tracking: Tracking, values: dict[str, str], run: str) -> None:
    known = {r.id for r in tracking.runs()}
    if run in known:
        return
    tracking.create_run("e", run, tags=values, properties=values)
    tracking.log_params(run, values)
    found = tracking.run(run)
    assert {k: v for k, v in found.tags.items() if k in values} == values
    assert found.properties == values
    assert found.params == values


def test_what_does_not_fit_is_refused_in_a_sentence(tracking: Tracking) -> None:
    tracking.create_run("e", "r")
    for call in (
        lambda: tracking.log_metric("r", "m", 1.0, step=2**63),
        lambda: tracking.log_metric("r", "m", 1.0, timestamp=2**63),
        lambda: tracking.run("half \ud800"),
        lambda: tracking.runs("e", tags="half \ud800"),
    ):
        with pytest.raises(Invalid, match=r"64 bits|Unicode"):
            call()
    with pytest.raises(NotFound):
        tracking.experiment_by_id("9" * 30)
    assert tracking.run("r").metrics == {}
