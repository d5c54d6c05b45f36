"""Hooks on the import of what has to differ inside `dp100 offline`.

Imported by sitecustomize in every process, so it imports nothing until one of these modules is imported:

- ``socket``: an attempt to reach a host of Azure raises NotOffline with the host's name;
- ``http.client`` and ``urllib.request``: so does one to reach it by a proxy;
- ``azure.ai.ml``: its MLClient is the stand-in's;
- ``mlflow``: MLFLOW_TRACKING_URI names the workspace that the working folder belongs to, and its stores ask for roles;
- ``IPython``: its bare shell, which notebook runners use, takes ``%matplotlib inline``;
- ``dp100``: it is the one that these files belong to, also in a Python where it is not installed.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing's own would cost 5 ms in every process
if TYPE_CHECKING:
    from typing import Any


def install() -> None:
    """Put the hooks in place, once for each process."""
    if not any(type(finder).__name__ == "_Finder" for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
    # A .pth file may have imported these before us.
    for name in ("socket", "http.client", "urllib.request"):
        if name in sys.modules:
            _WATCHED[name][1](sys.modules[name])


class _Finder:
    """Stands first on sys.meta_path, and has a say in the modules above only."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """The spec that the other finders give, with a loader that runs our functions too."""
        if name == "dp100":
            return _dp100()
        if name not in _WATCHED:
            return None
        for finder in list(sys.meta_path):
            find = None if finder is self else getattr(finder, "find_spec", None)
            spec = find(name, path, target) if find else None
            if spec is not None:
                if hasattr(spec.loader, "exec_module"):
                    spec.loader = _Loader(spec.loader)
                return spec
        return None


def _dp100() -> Any:
    from importlib.util import spec_from_file_location

    above = os.path.dirname  # of .../dp100/standin/activate/python/dp100_offline.py
    folder = above(above(above(above(os.path.abspath(__file__)))))  # noqa: PTH100
    return spec_from_file_location(
        "dp100",
        os.path.join(folder, "__init__.py"),  # noqa: PTH118
        submodule_search_locations=[folder],
    )


class _Loader:
    """The loader of a module, with something done before and after the module's code is run."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: Any) -> Any:
        """Leave it to the module's own loader."""
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        """Run the module. From here on it looks as if we had never been there."""
        module.__loader__ = module.__spec__.loader = self._loader
        before, after = _WATCHED[module.__name__]
        if before:
            before()
        self._loader.exec_module(module)
        if after:
            after(module)


def _use_our_client(module: Any) -> None:
    """After azure.ai.ml, import our client; after our client, put it into azure.ai.ml.

    Either may be imported first, and ours imports azure.ai.ml: then it is not done yet, and is seen to later.
    """
    if module.__name__ == "azure.ai.ml":
        if _CLIENT not in sys.modules:
            __import__(_CLIENT)
        return
    for name in ("azure.ai.ml", "azure.ai.ml._ml_client"):
        sys.modules[name].__dict__["MLClient"] = module.MLClient


def _settle_tracking() -> None:
    from dp100.standin.activate import tracking

    tracking.settle()


def _taught(lesson: str) -> Any:
    """What gives a module of MLflow's to the function of that name in mlflow_store."""

    def teach(module: Any) -> None:
        from dp100.standin.activate import mlflow_store

        getattr(mlflow_store, lesson)(module)

    return teach


def _plot_without_a_window(module: Any) -> None:
    """``%matplotlib inline`` wants no event loop; IPython's bare shell refuses even that.

    The shells of terminals and of Jupyter have an ``enable_gui`` of their own, which this does not touch.
    """
    enable = module.InteractiveShell.enable_gui

    def enable_gui(self: Any, gui: Any = None) -> Any:
        return None if gui is None else enable(self, gui)

    module.InteractiveShell.enable_gui = enable_gui


def _refused(host: Any) -> Any:
    """The error for a host, given as text or bytes, that is Azure's; None for any other."""
    if host.__class__ not in (str, bytes, bytearray):
        return None
    from dp100.standin.activate.hosts import is_azure

    if not is_azure(host):
        return None
    from dp100.standin.engine.errors import NotOffline

    text = host if isinstance(host, str) else host.decode("ascii", "replace")
    return NotOffline(f"The Azure host {text}", "Leave `dp100 offline` to reach it.")


def _guard(module: Any) -> None:
    """Refuse hosts of Azure wherever ``socket`` takes a host's name."""

    def by_name(function: Any) -> Any:
        def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
            if error := _refused(host):
                raise error
            return function(host, *args, **kwargs)

        guarded.__name__ = guarded.__qualname__ = function.__name__
        guarded.__doc__ = function.__doc__
        guarded.__module__ = "socket"
        return guarded

    def by_address(function: Any) -> Any:
        def guarded(self: Any, address: Any, *args: Any) -> Any:
            if isinstance(address, tuple) and address and (error := _refused(address[0])):
                raise error
            return function(self, address, *args)

        guarded.__name__ = function.__name__
        guarded.__doc__ = function.__doc__
        return guarded

    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        setattr(module, name, by_name(getattr(module, name)))
    for name in ("connect", "connect_ex"):
        setattr(module.socket, name, by_address(getattr(module.socket, name)))


def _guard_proxies(module: Any) -> None:
    """Refuse hosts of Azure that a program is to reach by a proxy it names itself: the socket sees the proxy's host."""
    connection = module.HTTPConnection
    tunnel, request = connection.set_tunnel, connection.putrequest

    def set_tunnel(self: Any, host: Any, *args: Any, **kwargs: Any) -> None:
        if error := _refused(host.rpartition(":")[0] or host if isinstance(host, str) else host):
            raise error
        tunnel(self, host, *args, **kwargs)

    def putrequest(self: Any, method: Any, url: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(url, str) and "://" in url[:8]:  # only proxies are asked for whole addresses
            from urllib.parse import urlsplit

            if error := _refused(urlsplit(url).hostname):
                raise error
        request(self, method, url, *args, **kwargs)

    for function, ours in ((tunnel, set_tunnel), (request, putrequest)):
        ours.__doc__ = function.__doc__
        setattr(connection, function.__name__, ours)


def _reach_azure_directly(module: Any) -> None:
    """Keep hosts of Azure out of the proxies that the environment names, so that ``socket`` refuses them by name.

    The gate would refuse them too, but as an error of the proxy and not as NotOffline. requests, httpx, aiohttp and
    urllib ask the functions changed here.
    """
    asked = module.getproxies_environment

    def getproxies_environment() -> dict[str, str]:
        from dp100.standin.activate.hosts import AZURE_HOSTS

        found: dict[str, str] = asked()
        if found and found.get("no") != "*":
            found["no"] = ",".join([*filter(None, [found.get("no")]), *(f".{host}" for host in AZURE_HOSTS)])
        return found

    getproxies_environment.__doc__ = asked.__doc__
    if module.getproxies is asked:  # as it is on Linux
        module.getproxies = getproxies_environment
    module.getproxies_environment = getproxies_environment


_CLIENT = "dp100.standin.sdk_v2.client"
_WATCHED: dict[str, tuple[Any, Any]] = {
    "azure.ai.ml": (None, _use_our_client),
    _CLIENT: (None, _use_our_client),
    "IPython.core.interactiveshell": (None, _plot_without_a_window),
    "http.client": (None, _guard_proxies),
    "mlflow": (_settle_tracking, None),
    "mlflow.store.artifact.local_artifact_repo": (None, _taught("teach_files")),
    "mlflow.store.model_registry.sqlalchemy_store": (None, _taught("teach_models")),
    "mlflow.store.tracking.sqlalchemy_store": (None, _taught("teach_runs")),
    "socket": (None, _guard),
    "urllib.request": (None, _reach_azure_directly),
}
