"""Find the best of a colleague's runs, by asking MLflow."""

import mlflow


def best_run(experiment: str) -> str:
    """The id of the finished run with the lowest `mae` among those tagged evaluated_on = test."""
    runs = mlflow.search_runs(
        experiment_names=[experiment], filter_string="tags.evaluated_on = 'test'"
    )
    finished = runs[runs["status"] == "FINISHED"]
    # A workspace does not sort by metrics in `order_by`, so the frame does.
    return finished.sort_values("metrics.mae").iloc[0]["run_id"]


def best_step(run_id: str) -> int:
    """The step at which `mae` was lowest in this run."""
    history = mlflow.MlflowClient().get_metric_history(run_id, "mae")
    return min(history, key=lambda metric: metric.value).step


if __name__ == "__main__":
    chosen = best_run("rides-archive")
    print(f"best run: {chosen or 'none yet'}")
    if chosen:
        print(f"its mae was lowest at step {best_step(chosen)}")
