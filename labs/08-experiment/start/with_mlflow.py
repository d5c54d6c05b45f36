"""The model's quality once more, logged the way of SDK v2: with MLflow."""

import mlflow
from model import test_scores
from sklearn.metrics import confusion_matrix, recall_score

actual, scores = test_scores()


def cost_of(threshold: float) -> float:
    """Euros: 900 for each spoiled batch that is missed, 60 for each false alarm."""
    pairs = [(was, score >= threshold) for was, score in zip(actual, scores)]
    return sum(900 if was else 60 for was, alarm in pairs if was != alarm)


threshold = 0.05
predicted = [int(score >= threshold) for score in scores]
recall = recall_score(actual, predicted)
confusion = {
    "class_labels": ["fine", "spoiled"],
    "matrix": confusion_matrix(actual, predicted).tolist(),
}
print(f"recall {recall:.2f} at threshold {threshold}")

# MLflow logs to the workspace whose tracking URI it was given. On a compute instance, in a job and
# offline it has been; on your own machine set MLFLOW_TRACKING_URI to what this prints:
#     az ml workspace show --name mlw-lab --query mlflow_tracking_uri --output tsv

# TODO choose the experiment milk-quality

# TODO start a run in a `with` block, and in it:
# TODO set the tag purpose = mlflow
# TODO log the parameter `threshold` and the metric `recall`
# TODO log the metric `cost` at each percent from 1 to 50: cost_of(percent / 100), step=percent
# TODO log the dict `confusion` as the file confusion.json
