"""The way out of `dp100 offline` for programs that are not Python: a small proxy that lets none of them to Azure.

dp100_offline.py guards the sockets of Python. curl, git, azcopy, whatever is written in Go or .NET: these know nothing
of it, but go where HTTPS_PROXY and HTTP_PROXY tell them to. So those name a process of ours on 127.0.0.1, which refuses
hosts of Azure, wherever their name came from (a redirect, a configuration file), and passes everything else on: to the
learner's own proxy where there is one, else directly. Nothing that passes is read or kept.

A program that looks at no such variable, or whose own settings name another proxy or none, is not held.
"""

from dp100.standin.activate.gate.opening import CannotOpen, through

__all__ = ["CannotOpen", "through"]
