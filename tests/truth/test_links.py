"""Every link leads to an official page, in the reader's own language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.truth.blocks import cases, notes, questions

OFFICIAL = {
    "learn.microsoft.com",
    "azure.microsoft.com",
    "microsoftlearning.github.io",  # the exercises of the official course
    "mlflow.org",
    "scikit-learn.org",
    "pandas.pydata.org",
    "docs.python.org",
    "fairlearn.org",
    "interpret.ml",
    "interpret-community.readthedocs.io",
    "responsibleaitoolbox.ai",
    "docs.opendp.org",
    "docs.smartnoise.org",
    "onnxruntime.ai",
    "optuna.readthedocs.io",
}
"""The hosts of Microsoft and of the projects whose software is taught."""

LOCALE = re.compile(r"^/[a-z]{2,3}(-[a-z]{4})?-[a-z]{2}(/|$)", re.I)


def items() -> Iterator[tuple[str, str, list[str]]]:
    """Everything that has links: what it is, its file, and where they lead."""
    for path, note in notes():
        yield note["topic"], path, [link["url"] for link in note.get("links") or ()]
    for path, item in [*questions(), *cases()]:
        if item.get("links"):
            yield item["id"], path, [link["url"] for link in item["links"]]


LINKED = list(items())


@pytest.mark.parametrize(("item", "path", "urls"), LINKED, ids=[item for item, _, _ in LINKED])
def test_links(item: str, path: str, urls: list[str]) -> None:
    seen: set[str] = set()
    for url in urls:
        parts = urlsplit(url)
        where = f"{path}, {item}: {url}"
        assert parts.scheme == "https", f"{where} is no https link"
        assert parts.hostname in OFFICIAL, f"{where} is on no official host"
        assert not LOCALE.search(parts.path), f"{where} names a language; leave it out"
        plain = url.rstrip("/").casefold()
        assert plain not in seen, f"{where} is there twice"
        seen.add(plain)
