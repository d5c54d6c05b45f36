"""How good is the model? Three numbers and a table of four."""

from azureml.core import Experiment, Workspace
from model import test_scores
from sklearn.metrics import accuracy_score, confusion_matrix, recall_score

actual, scores = test_scores()
predicted = [int(score >= 0.5) for score in scores]

ws = Workspace.from_config()
run = Experiment(ws, "milk-quality").start_logging()
run.tag("purpose", "quality")

run.log("accuracy", accuracy_score(actual, predicted))

# A model that has learned nothing scores this much, because so few batches spoil.
run.log("baseline accuracy", actual.count(0) / len(actual))

run.log("recall", recall_score(actual, predicted))

run.log_confusion_matrix(
    "confusion",
    {
        "schema_type": "confusion_matrix",
        "schema_version": "1.0.0",
        "data": {
            "class_labels": ["fine", "spoiled"],
            "matrix": confusion_matrix(actual, predicted).tolist(),
        },
    },
)

run.complete()
print(run.get_metrics())
