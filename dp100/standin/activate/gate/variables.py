"""The environment variables that tell programs to go through the gate, and what they were before."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from dp100.standin.activate.hosts import AZURE_HOSTS

GATE = "DP100_GATE"
"""The gate's address; a process whose environment has it may still need that gate."""

OWNER, PATH, SERVED = (f"{GATE}_{name}" for name in ("OWNER", "PATH", "SERVED"))
"""What the gate's own process is told: whose it is, where its modules are, and which address it serves."""

_BEFORE = "DP100_PROXIES"

#: wget knows only the small ones, others only the large ones. ALL_PROXY, for FTP and the like, stays the learner's.
_PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
_DIRECTLY = ("no_proxy", "NO_PROXY")

#: Without it Node, from 22.21 on, looks at none of these; before, it never does.
_NODE = "NODE_USE_ENV_PROXY"

_OURS = (*_PROXIES, *_DIRECTLY, _NODE)

_HERE = ("localhost", "127.0.0.1", "::1")


def through(env: Mapping[str, str], address: str) -> dict[str, str]:
    """A copy of an environment whose programs go through the gate at ``address``, but for this machine.

    What the learner reaches without a proxy is still reached so, unless a host of Azure would be too: then it goes
    through the gate, which knows the learner's own settings.
    """
    kept = {name: env[name] for name in _OURS if name in env}
    # Commas part its entries; for curl, Ruby and Node so does a space, which must not hide what follows it.
    directly = env.get("no_proxy") or env.get("NO_PROXY") or ""
    hosts = [*_HERE, *(part for part in re.split(r"[\s,;|]+", directly) if _holds_no_azure(part))]
    return {
        **env,
        **dict.fromkeys(_PROXIES, address),
        **dict.fromkeys(_DIRECTLY, ",".join(dict.fromkeys(hosts))),
        _NODE: "1",
        GATE: address,
        _BEFORE: json.dumps(kept),
    }


def address(env: Mapping[str, str]) -> str | None:
    """The gate that the programs of an environment go through; None where they go through none of ours."""
    found = env.get(GATE)
    return found if found and all(env.get(name) == found for name in _PROXIES) else None


def before(env: Mapping[str, str]) -> dict[str, str]:
    """The environment without the gate. What was named after it was opened stays."""
    found = {name: value for name, value in env.items() if name not in (GATE, _BEFORE)}
    if GATE not in env:
        return found
    kept = _kept(env)
    set_then = through(kept, env[GATE])
    for name in _OURS:
        if found.get(name) == set_then[name]:
            del found[name]
            if name in kept:
                found[name] = kept[name]
    return found


def _kept(env: Mapping[str, str]) -> dict[str, str]:
    try:
        kept = json.loads(env.get(_BEFORE, "{}"))
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}


def _holds_no_azure(part: str) -> bool:
    """Whether an entry of NO_PROXY, which stands for a domain's hosts, takes in no host of Azure."""
    name = re.sub(r":\d+$", "", part.lower()).lstrip("*.").rstrip(".")
    if not name:
        return False
    return not any(name.endswith("." + domain) or domain.endswith(name) for domain in AZURE_HOSTS)
