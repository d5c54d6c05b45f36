"""Valid questions and notes of every kind, as the mappings that a YAML file holds."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Strategy = st.SearchStrategy[Any]

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    min_size=1,
).filter(lambda text: text.strip() != "")
TEXTS = WORDS | st.sampled_from(
    ["no", "1.0", "[bold", "[/]", "\\", "{", "2026-01-01", "a: b", "# x", "- y", "one\ntwo\n"]
)
LINK = st.fixed_dictionaries({"title": TEXTS, "url": st.just("https://example.org/a")})
LINKS = st.lists(LINK, max_size=2)
SOME_LINKS = st.lists(LINK, min_size=1, max_size=2)
NAMES = st.from_regex(r"[a-z0-9]{3,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


def choices(least: int = 2, most: int = 9, right: int = 1) -> Strategy:
    """Options with distinct texts, the first ``right`` of them correct."""

    def mark(texts: list[str]) -> list[dict[str, Any]]:
        return [
            {"text": text, "why": f"Because {number}."} | ({"correct": True} if number < right else {})
            for number, text in enumerate(texts)
        ]

    return distinct(least, most).map(mark)


def distinct(least: int, most: int) -> Strategy:
    return st.lists(TEXTS, min_size=least, max_size=most, unique_by=str.strip)


def listed(least: int, most: int, **parts: Strategy) -> Strategy:
    return st.lists(st.fixed_dictionaries(parts), min_size=least, max_size=most)


COMMON: dict[str, Strategy] = {
    "topic": st.just("data.stores.blob"),
    "level": st.sampled_from(["recall", "apply", "analyze"]),
}
OPTIONAL: dict[str, Strategy] = {
    "revision": st.integers(1, 1000),
    "sdk": st.sampled_from(["v1", "v2", "any"]),
    "explain": TEXTS,
    "links": LINKS,
    "lab": NAMES,
}
STEM = {"stem": TEXTS}
FILL = st.dictionaries(st.from_regex(r"[a-z]\w{0,3}", fullmatch=True), choices(), min_size=1, max_size=3).map(
    lambda blanks: {"blanks": blanks, "body": "x " + " ".join(f"{{{{{name}}}}}" for name in blanks)}
)
MATCH = distinct(2, 6).flatmap(
    lambda pool: st.fixed_dictionaries(
        {"pool": st.just(pool), "pairs": listed(2, 4, prompt=TEXTS, answer=st.sampled_from(pool), why=TEXTS)}
    )
)
KINDS: dict[str, Strategy] = {
    "single": st.fixed_dictionaries({**STEM, "choices": choices()}),
    "multiple": st.fixed_dictionaries({**STEM, "choose": st.just(2), "choices": choices(least=3, right=2)}),
    "yes_no": st.fixed_dictionaries(
        {**STEM, "statements": listed(2, 6, text=TEXTS, answer=st.booleans(), why=TEXTS)}
    ),
    "order": st.fixed_dictionaries({**STEM, "sequence": distinct(2, 8)}),
    "match": st.tuples(st.fixed_dictionaries(STEM), MATCH).map(lambda parts: parts[0] | parts[1]),
    "fill": st.tuples(st.fixed_dictionaries(STEM), FILL).map(lambda parts: parts[0] | parts[1]),
    "series": st.fixed_dictionaries(
        {
            "scenario": TEXTS,
            "question": TEXTS,
            "solutions": listed(2, 6, text=TEXTS, meets=st.booleans(), why=TEXTS),
        }
    ),
    "computed": st.fixed_dictionaries(
        {
            "stem": st.just("Which of {a}?"),
            "generator": st.just("any_two"),
            "draw": st.fixed_dictionaries(
                {
                    "a": st.lists(
                        st.integers(-(10**18), 10**18) | st.floats(-1e9, 1e9) | TEXTS, min_size=1, max_size=4
                    )
                    | st.just({"low": 1, "high": 2.5, "step": 0.5})
                }
            ),
            "choices": st.just(
                [{"text": "{a}", "correct": True, "why": "So."}, {"text": "none", "why": "No."}]
            ),
        }
    ),
}


def questions(kind: str) -> Strategy:
    """Questions of ``kind``, without an id."""
    head = st.fixed_dictionaries({**COMMON, "kind": st.just(kind)}, optional=OPTIONAL)
    return st.tuples(head, KINDS[kind]).map(lambda parts: parts[0] | parts[1])


ANY_QUESTION = st.sampled_from(sorted(KINDS)).flatmap(questions)
CASES = st.fixed_dictionaries(
    {
        "topic": st.just("data.stores.blob"),
        "kind": st.just("case"),
        "tabs": listed(1, 4, title=TEXTS, text=TEXTS),
        "questions": st.lists(ANY_QUESTION, min_size=2, max_size=4),
        "links": SOME_LINKS,
    },
    optional={"revision": st.integers(1, 9), "sdk": st.sampled_from(["v1", "v2"]), "title": TEXTS},
)
NOTES = st.fixed_dictionaries(
    {
        "topic": st.just("data.stores.blob"),
        "summary": TEXTS,
        "text": TEXTS,
        "exam": TEXTS,
        "links": SOME_LINKS,
    },
    optional={"remember": TEXTS, "code": listed(0, 2, text=TEXTS, sdk=st.sampled_from(["v1", "v2"]))},
)


def with_ids(entry: dict[str, Any], id: str) -> dict[str, Any]:
    """``entry`` under ``id``, and the questions of a case study under ids of their own."""
    entry = {"id": id, **entry}
    if entry["kind"] == "case":
        entry["questions"] = [
            {"id": f"{id}-{number}", **asked} for number, asked in enumerate(entry["questions"])
        ]
    return entry
