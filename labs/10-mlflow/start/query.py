"""Find the best of a colleague's runs, by asking MLflow."""

import mlflow


def best_run(experiment: str) -> str:
    """The id of the finished run with the lowest `mae` among those tagged evaluated_on = test."""
    # TODO search the experiment's runs with a filter on the tag
    # TODO keep the finished ones, and return the run_id of the lowest `mae`
    return ""


def best_step(run_id: str) -> int:
    """The step at which `mae` was lowest in this run."""
    # TODO look through every value that was logged, not only the last
    return 0


if __name__ == "__main__":
    chosen = best_run("rides-archive")
    print(f"best run: {chosen or 'none yet'}")
    if chosen:
        print(f"its mae was lowest at step {best_step(chosen)}")
