"""The learner's own shell inside `dp100 offline`, with our folders in front in spite of its start-up files.

Those files belong to the learner, and many put folders in front of PATH (conda, pyenv) or set PYTHONPATH; then `az`
would be the one that reaches the cloud. Others name a proxy, which leads past the gate. Each of bash, zsh and fish has
a way to do something after reading them; other shells are started as they are. A shell that is started inside this one
reads the same files and is on its own.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_FISH = (
    "set -gx PATH (string split : -- $DP100_SHELL_PATH) $PATH; "
    "set -gx PYTHONPATH (string split : -- $DP100_SHELL_PYTHONPATH) $PYTHONPATH; "
    "if set -q DP100_GATE; for name in http_proxy https_proxy HTTP_PROXY HTTPS_PROXY; set -gx $name $DP100_GATE; end; "
    "for name in no_proxy NO_PROXY; set -gx $name $DP100_SHELL_NO_PROXY; end; end"
)


def words(env: MutableMapping[str, str], path: list[str], pythonpath: list[str]) -> list[str]:
    """The command that starts the learner's shell.

    Args:
        env: the environment that it will have; what its start-up needs is added.
        path: the folders that are to be first on PATH.
        pythonpath: those that are to be first on PYTHONPATH.
    """
    if os.name == "nt":  # it reads no such files
        return [env.get("COMSPEC") or "cmd.exe"]
    shell = env.get("SHELL") or "/bin/sh"
    kind = Path(shell).name
    if kind not in ("bash", "zsh", "fish"):
        return [shell]
    env["DP100_SHELL_PATH"] = os.pathsep.join(path)
    env["DP100_SHELL_PYTHONPATH"] = os.pathsep.join(pythonpath)
    env["DP100_SHELL_NO_PROXY"] = env.get("no_proxy", "")
    if kind == "bash":
        return [shell, "--rcfile", str(_HERE / "bashrc")]
    if kind == "fish":
        return [shell, "--init-command", _FISH]
    if env.get("ZDOTDIR"):
        env["DP100_ZDOTDIR"] = env["ZDOTDIR"]
    env["ZDOTDIR"] = str(_HERE / "zsh")
    return [shell]
