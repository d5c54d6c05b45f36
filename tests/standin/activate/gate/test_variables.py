"""The variables that lead programs through the gate."""

from __future__ import annotations

from urllib.request import proxy_bypass_environment

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100.standin.activate.gate import variables
from dp100.standin.activate.hosts import AZURE_HOSTS

GATE = "http://dp100:0123@127.0.0.1:4000"
NAMES = [
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "ALL_PROXY",
    "PATH",
    "NODE_USE_ENV_PROXY",
]

entries = st.one_of(
    st.sampled_from(
        ["*", "localhost", "10.0.0.0/8", "::1", ".corp.example", "*.azure.com", "net", ".com:443", ""]
    ),
    st.sampled_from(AZURE_HOSTS).flatmap(
        lambda host: st.integers(0, len(host)).map(lambda start: host[start:])
    ),
    st.text("abz.*: ", max_size=6),
)


@given(st.dictionaries(st.sampled_from(NAMES), st.text("abc:/,.\u00e9", max_size=12)))
def test_what_was_there_comes_back(env: dict[str, str]) -> None:
    inside = variables.through(env, GATE)
    assert variables.address(inside) == GATE
    assert variables.before(inside) == env


@given(
    st.lists(entries, max_size=5),
    st.sampled_from(["no_proxy", "NO_PROXY"]),
    st.sampled_from([",", " ", ", ", "\t", ";"]),
)
def test_no_host_of_azure_is_reached_past_the_gate(parts: list[str], name: str, between: str) -> None:
    inside = variables.through({name: between.join(parts)}, GATE)
    assert not set(inside["no_proxy"]) & set(" \t;")  # which curl takes for a comma
    assert inside["no_proxy"] == inside["NO_PROXY"]
    for host in AZURE_HOSTS:
        for each in (host, f"x.{host}"):
            assert not proxy_bypass_environment(each, {"no": inside["no_proxy"]}), (parts, each)


def test_what_was_reached_directly_still_is() -> None:
    inside = variables.through({"no_proxy": "localhost, .corp.example,10.0.0.0/8, *.azure.com"}, GATE)
    assert inside["no_proxy"] == "localhost,127.0.0.1,::1,.corp.example,10.0.0.0/8"
    assert [inside[name] for name in NAMES if name.lower() in ("http_proxy", "https_proxy")] == [GATE] * 4


def test_a_proxy_named_inside_is_the_learners_again() -> None:
    inside = variables.through({"https_proxy": "http://old:1"}, GATE) | {"https_proxy": "http://new:1"}
    assert variables.address(inside) is None
    assert variables.before(inside) == {"https_proxy": "http://new:1"}


@pytest.mark.parametrize("kept", ["", "{", "[1]", '{"a": 1}'])
def test_a_note_that_somebody_spoiled_is_no_trouble(kept: str) -> None:
    assert variables.GATE not in variables.before(variables.through({}, GATE) | {"DP100_PROXIES": kept})
