"""Checks of the lab "Register datastores"."""

from __future__ import annotations

import base64
import random
from datetime import date, timedelta
from pathlib import Path

from dp100.labs.work import Work
from dp100.standin.engine.data import datastores
from dp100.standin.engine.data.datastores import Datastore
from dp100.standin.engine.workspace import keyvault

ACCOUNT, SECRET = "stclinic", "stclinic-key"
LAKE, FILE_SYSTEM = "stcliniclake", "curated"
PARTNER, RESULTS, VARIABLE = "stpartnerlab", "results", "LAB_RESULTS_SAS"
TARGET = "raw/2025"
MONTHS = (1, 2, 3)
# Registered before the account's key was made anew: name -> type and container.
EARLIER = {"xray_reports": ("AzureBlob", "xray"), "referrals": ("AzureFile", "referrals")}
OTHER, OTHER_ACCOUNT, OTHER_SECRET = "weather", "stweather", "stweather-key"


def prepare(work: Work) -> None:
    """Make three months of visits, a list that has to stay here, the key, and what was registered with an older one."""
    chance = random.Random(7)
    ws = work.workspace.ws
    new, old, other = (base64.b64encode(chance.randbytes(64)).decode() for _ in range(3))
    keyvault.put(ws, {SECRET: keyvault.Secret(new), OTHER_SECRET: keyvault.Secret(other)})
    for name, (kind, container) in EARLIER.items():
        datastores.register(
            ws, name, kind, account=ACCOUNT, container=container, account_key=old, overwrite=True
        )
    datastores.register(
        ws,
        OTHER,
        "AzureBlob",
        account=OTHER_ACCOUNT,
        container="daily",
        account_key=other,
        overwrite=True,
    )
    signature = base64.b64encode(chance.randbytes(32)).decode().replace("+", "%2B").replace("/", "%2F")
    (work.folder / "partner.env").write_text(
        f"{VARIABLE}=sv=2024-11-04&sr=c&sp=rl&se=2026-12-31T23:59:59Z&sig={signature}\n", encoding="utf-8"
    )
    _write_visits(work.folder / "data", chance)


def visits_are_registered(work: Work) -> None:
    """The blob datastore visits opens visits-raw in stclinic with the key from the vault, and no file holds the key."""
    store = work.workspace.datastore("visits")
    _is(
        store,
        "AzureBlob",
        ACCOUNT,
        "visits-raw",
        "`Datastore.register_azure_blob_container` makes one for blobs.",
    )
    assert store.credential_type == "AccountKey", (
        f"The credentials of visits are of the type {store.credential_type}. This step wants the "
        "account's key: `register_azure_blob_container` takes it as `account_key`."
    )
    key = _key(work, SECRET)
    assert work.workspace.credentials("visits").get("account_key") == key, (
        "The key that visits keeps is not the one in the key vault, so Azure would refuse it. Ask "
        f"for `{SECRET}` with `ws.get_default_keyvault().get_secret`."
    )
    _is_nowhere(work, key, "account key", "It belongs in the key vault alone: ask for it when the file runs.")


def visits_are_uploaded(work: Work) -> None:
    """visits is the default datastore and has this year's visits in raw/2025, and names.csv was not uploaded."""
    work.workspace.datastore("visits")
    default = work.workspace.default_datastore().name
    assert default == "visits", (
        f"The default datastore is {default}. `ws.set_default_datastore` makes another one the default."
    )
    found = work.workspace.files("visits")
    root = work.workspace.folder("visits")
    for file in _visit_files(work):
        goal = f"{TARGET}/{file.name}"
        elsewhere = [path for path in found if path.endswith(file.name)]
        advice = "`upload_files` of the datastore takes local files and a `target_path`."
        if elsewhere:
            advice = f"There is {elsewhere[0]}; the folder is the `target_path` of the upload."
        assert goal in found, f"visits has no {goal}. {advice}"
        assert (root / goal).read_bytes() == file.read_bytes(), (
            f"{goal} in the datastore is not the same as {file.name} here. Existing files are left "
            "alone unless you say `overwrite=True`."
        )
    for store in work.workspace.datastores():
        for path in work.workspace.files(store.name):
            assert not path.endswith("names.csv"), (
                f"{path} is in {store.name}, and should have stayed here: it tells who the "
                "patients are. Upload files by name instead of the folder. In Azure you would "
                "delete the blob in the portal; here, delete "
                f"{work.workspace.folder(store.name) / path}."
            )


def partner_is_registered(work: Work) -> None:
    """The blob datastore lab_results opens results in stpartnerlab with the signature of partner.env."""
    store = work.workspace.datastore("lab_results")
    _is(store, "AzureBlob", PARTNER, RESULTS, "In SDK v2 the entity for blobs is `AzureBlobDatastore`.")
    assert store.credential_type == "Sas", (
        f"The credentials of lab_results are of the type {store.credential_type}. The partner gave "
        "a shared access signature: hand a `SasTokenConfiguration` on as `credentials`."
    )
    signature = work.text("partner.env").partition("=")[2].strip()
    assert work.workspace.credentials("lab_results").get("sas_token") == signature, (
        "The signature that lab_results keeps is not the one in partner.env. Take it from "
        f"os.environ[{VARIABLE!r}], whole and as it is."
    )
    _is_nowhere(work, signature, "signature", "Take it from the environment when the file runs.")


def lake_keeps_no_secret(work: Work) -> None:
    """The Data Lake Gen2 datastore clinic_lake names stcliniclake and curated, and keeps no credentials."""
    store = work.workspace.datastore("clinic_lake")
    _is(store, "AzureDataLakeGen2", LAKE, FILE_SYSTEM, "In YAML the type is `azure_data_lake_gen2`.")
    assert store.credential_type == "None", (
        f"clinic_lake keeps credentials of the type {store.credential_type}. Leave `credentials` "
        "out: then whoever reads needs rights of their own in the lake."
    )


def keys_are_renewed(work: Work) -> None:
    """Every datastore of stclinic keeps the new key and is otherwise as it was; the others are untouched."""
    key = _key(work, SECRET)
    for name, (kind, container) in EARLIER.items():
        store = work.workspace.datastore(name)
        _is(
            store,
            kind,
            ACCOUNT,
            container,
            "Register it again under its name, with all but the key as it was.",
        )
        assert store.credential_type == "AccountKey", (
            f"{name} keeps no account key now (credentials: {store.credential_type}). Register it "
            "again with `account_key`."
        )
    for store in work.workspace.datastores():
        if store.account == ACCOUNT and store.credential_type == "AccountKey":
            assert work.workspace.credentials(store.name).get("account_key") == key, (
                f"{store.name} still keeps the old key. Register it again with the new one and "
                "`overwrite=True`; a file share has a method of its own."
            )
    other = work.workspace.datastore(OTHER)
    _is(other, "AzureBlob", OTHER_ACCOUNT, "daily", "It is of another account: leave it alone.")
    assert work.workspace.credentials(OTHER).get("account_key") == _key(work, OTHER_SECRET), (
        f"{OTHER} is of the account {OTHER_ACCOUNT}, and has lost its key to a run of yours. "
        f"Change only datastores whose `account_name` is {ACCOUNT}. To mend it, register it again "
        f"with the secret `{OTHER_SECRET}` of the key vault."
    )


# --- inside ----------------------------------------------------------------------------------------------


def _is(store: Datastore, kind: str, account: str, container: str, advice: str) -> None:
    assert store.type == kind, f"{store.name} is a datastore of the type {store.type}, not {kind}. {advice}"
    for what, found, wanted in (
        ("account", store.account, account),
        ("container", store.container, container),
    ):
        assert found == wanted, (
            f"{store.name} points to the {what} {found!r}, and should point to {wanted!r}."
        )


def _key(work: Work, name: str) -> str:
    found = keyvault.get(work.workspace.ws, name)
    assert found is not None, (
        f"The secret {name} is gone from the key vault. `dp100 lab reset` brings it back."
    )
    return found.value


def _is_nowhere(work: Work, secret: str, what: str, advice: str) -> None:
    for file in sorted(work.folder.rglob("*")):
        if file.suffix in (".py", ".ipynb", ".yml", ".yaml", ".json") and file.is_file():
            assert secret not in file.read_text(encoding="utf-8", errors="replace"), (
                f"The {what} is written in {file.name}, where everybody can read it who has the "
                f"code. {advice}"
            )


def _visit_files(work: Work) -> list[Path]:
    return [work.path(f"data/visits-2025-{month:02}.csv") for month in MONTHS]


def _write_visits(folder: Path, chance: random.Random) -> None:
    """Visits of three months; emergency often forgets to ask for the age. And who the patients are."""
    folder.mkdir(exist_ok=True)
    departments = ("emergency", "surgery", "cardiology")
    for month in MONTHS:
        lines = ["visit,patient,date,department,age,pressure,returned"]
        for visit in range(120):
            day = date(2025, month, 1) + timedelta(days=chance.randrange(28))
            department = chance.choices(departments, (5, 3, 2))[0]
            age = chance.randrange(18, 92)
            forgotten = chance.random() < (0.35 if department == "emergency" else 0.03)
            pressure = round(chance.gauss(112 + age / 4, 11))
            returned = int(chance.random() < (0.22 if age > 70 else 0.08))
            lines.append(
                f"{month:02}{visit:04},P{chance.randrange(1, 90):03},{day},{department},"
                f"{'' if forgotten else age},{pressure},{returned}"
            )
        (folder / f"visits-2025-{month:02}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    first = ("Anna", "Bela", "Chidi", "Dora", "Emre", "Farah", "Gita", "Hugo", "Ines", "Jonas")
    last = ("Abel", "Brandt", "Costa", "Dahl", "Ekström", "Farkas", "Gruber", "Haddad", "Ito")
    names = [f"P{number:03},{chance.choice(first)} {chance.choice(last)}" for number in range(1, 90)]
    (folder / "names.csv").write_text("\n".join(["patient,name", *names]) + "\n", encoding="utf-8")
