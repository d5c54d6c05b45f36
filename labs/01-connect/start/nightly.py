"""The beginning of the nightly job, which signs in without anybody in front of the screen."""

from __future__ import annotations

import os

import env_file
from azureml.core import Workspace
from azureml.core.authentication import ServicePrincipalAuthentication


def connect() -> Workspace:
    """The workspace of config.json, opened as the service principal that the environment names."""
    # TODO step 6: make the authentication from os.environ, and open the workspace with it.


def main() -> None:
    """Show what the service principal can see."""
    env_file.load("nightly.env")  # on a build server the variables are set by the pipeline
    ws = connect()
    if ws is not None:
        print(f"{os.environ['AZURE_CLIENT_ID']} reads {ws.name}: {', '.join(ws.datastores)}")


if __name__ == "__main__":
    main()
