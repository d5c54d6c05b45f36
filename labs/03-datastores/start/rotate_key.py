"""Brings the new key of the account to every datastore that still holds the old one."""

from __future__ import annotations

from azureml.core import Datastore, Workspace

ACCOUNT = "stclinic"
SECRET = "stclinic-key"


def main() -> None:
    """Register again the datastores of ACCOUNT whose key is not the one in the key vault."""
    ws = Workspace.from_config()
    key = ws.get_default_keyvault().get_secret(SECRET)
    for name in ws.datastores:
        store = Datastore.get(ws, name)  # ws.datastores holds no secrets, this does
        account = getattr(store, "account_name", None)
        old = account == ACCOUNT and store.account_key != key
        print(f"{name:28} {store.datastore_type:18} {account}{' has the old key' if old else ''}")
        # TODO step 5: give a datastore with the old key the new one, and change nothing else.


if __name__ == "__main__":
    main()
