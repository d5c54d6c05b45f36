"""Writes guest_names.json.gz: names of packages that notes use and that dp100 does not install, run by hand.

In an environment of their own::

    python3.11 -m venv guests
    guests/bin/pip install -U pip
    guests/bin/pip install mltable fairlearn interpret-community lightgbm smartnoise-sql
    guests/bin/python -m tests.truth.snapshot_guests      # from the root of the repository

Without matplotlib: interpret-community 0.32 brings a shap whose plots do not load with the numpy of today.
`interpret.ext` is where interpret-community, and azureml-interpret with it, puts its explainers.
"""

from __future__ import annotations

from pathlib import Path

from tests.truth.snapshot import snapshot, write

GUESTS = ("mltable", "fairlearn", "interpret.ext", "snsql")

if __name__ == "__main__":
    write(
        snapshot(
            GUESTS,
            distributions=r"mltable|fairlearn|interpret|smartnoise",
            without=["snsql", "mltable.tests"],
            kin=["interpret_community"],
        ),
        Path(__file__).with_name("guest_names.json.gz"),
    )
