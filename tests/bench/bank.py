"""A bank as large as one likes, spread over all topics of the bundled outline."""

from __future__ import annotations

from pathlib import Path

from dp100.curriculum.catalogue import Catalogue

QUESTION = """
  - id: bench-{number:06}
    topic: {topic}
    kind: single
    sdk: any
    level: apply
    stem: |
      Team {number} trains a model for an hour each night and wants to pay nothing in between. Which compute
      target does it choose?
    choices:
      - {{text: "A compute cluster with a minimum of 0 nodes", correct: true, why: "It shrinks to nothing."}}
      - {{text: "A compute instance that is left running all night", why: "It is paid for while it runs."}}
      - {{text: "A compute cluster with a minimum of {nodes} nodes", why: "Those are paid for around the clock."}}
      - {{text: "A Kubernetes cluster that serves online endpoints", why: "It serves; it does not go away."}}
    explain: Idle nodes are given back after the idle time.
    links:
      - {{title: Compute targets, url: "https://learn.microsoft.com/azure/machine-learning/concept-compute-target"}}
"""


def write_bank(folder: Path, items: int, *, per_file: int = 250) -> None:
    """Write ``items`` questions to YAML files of ``per_file`` questions each."""
    folder.mkdir(parents=True)
    with Catalogue.open(folder.parent / "for-topics") as catalogue:
        topics = [topic.id for topic in catalogue.outline.topics]
    for start in range(0, items, per_file):
        numbers = range(start, min(start + per_file, items))
        text = "".join(
            QUESTION.format(number=number, topic=topics[number % len(topics)], nodes=1 + number % 8)
            for number in numbers
        )
        (folder / f"bank-{start:06}.yaml").write_text("questions:\n" + text, encoding="utf-8")
