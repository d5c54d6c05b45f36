"""Checks of the lab "Data assets and MLTable"."""

from __future__ import annotations

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dp100.labs.work import Work

if TYPE_CHECKING:
    from dp100.standin.engine.data.assets import Asset

STORE = "workspaceblobstore"
MONTHS = ("2025-04", "2025-05")
_OTHER_NAME = (
    "The type belongs to the name and cannot be changed: take another name, such as `{}-2`; it counts too."
)
STATIONS = {"0007": "Harbour", "0042": "Old Market", "0108": "University", "0230": "North Park"}
NOTES = (
    "left my jacket in the basket: call 0151 555 0137",
    "chain came off",
    "the lock is stuck (my number is 0170 555 0188)",
    "bell missing",
)


def prepare(work: Work) -> None:
    """Write the stations and the rides: into the learner's folder, and into the workspace's storage."""
    data = work.folder / "data"
    data.mkdir(exist_ok=True)
    stations = [{"station": number, "name": name, "docks": 20} for number, name in STATIONS.items()]
    _write(data / "stations.csv", stations, ",")
    storage = work.workspace.folder(STORE) / "rides"
    for month in MONTHS:
        rides = _rides(month)
        _write(work.folder / "rides" / f"{month}.csv", rides, ";")
        _write(storage / "raw" / f"{month}.csv", rides, ";")
        clean = [
            {key: value for key, value in ride.items() if key != "note"}
            for ride in rides
            if ride["bike"] != "TEST"
        ]
        _write(storage / "clean" / f"{month}.csv", clean, ";")


def stations_is_a_file(work: Work) -> None:
    """A version of stations is a uri_file with the list of stations in it."""
    versions = _versions(
        work, "stations", "`az ml data create` makes one of stations.yml; look at what it printed."
    )
    troubles = [_trouble_with_stations(work, version) for version in versions]
    assert None in troubles, f"{versions[0].name}:{versions[0].version} {troubles[0]}"


def rides_is_a_folder_in_place(work: Work) -> None:
    """A version of rides is a uri_folder that points to the raw rides in the datastore."""
    versions = _versions(
        work, "rides", "`ml_client.data.create_or_update` registers a `Data` entity.", but="rides-table"
    )
    troubles = [_trouble_with_folder(work, version, "rides/raw") for version in versions]
    assert None in troubles, f"{versions[0].name}:{versions[0].version} {troubles[0]}"


def table_is_read_well(work: Work) -> None:
    """The MLTable file in the folder rides reads the rides of customers, with types and without notes."""
    work.yaml("rides/MLTable")
    trouble = _trouble_with_table(str(work.folder / "rides"))
    assert trouble is None, f"rides/MLTable: {trouble}"


def table_is_registered(work: Work) -> None:
    """A version of rides-table is an mltable whose rides are read well."""
    versions = _versions(work, "rides-table", "Register the folder `rides` in register_table.py.")
    troubles = []
    for version in versions:
        kind = version.spec.get("type")
        if kind == "mltable":
            trouble = _trouble_with_table(version.spec["path"], work)
            if trouble is None:
                return
            troubles.append(f"{trouble} A version stays as it is: register the mended table as the next one.")
        else:
            troubles.append(
                f"it is a {kind}; the type for tables is `AssetTypes.MLTABLE`. "
                f"{_OTHER_NAME.format('rides-table')}"
            )
    raise AssertionError(f"{versions[0].name}:{versions[0].version}: {troubles[0]}")


def raw_version_is_archived(work: Work) -> None:
    """Versions of rides on the raw files are archived, and one on the clean files is not."""
    versions = _versions(work, "rides", "Finish the step that registers it first.", but="rides-table")
    raw = [each for each in versions if _trouble_with_folder(work, each, "rides/raw") is None]
    clean = [each for each in versions if _trouble_with_folder(work, each, "rides/clean") is None]
    if not clean:
        newest = versions[0]
        trouble = _trouble_with_folder(work, newest, "rides/clean")
        raise AssertionError(
            f"No version of rides points to the clean files yet. rides:{newest.version}, the latest, "
            f"{trouble}"
        )
    left = [each.version for each in raw if not each.archived]
    assert not left, (
        f"rides:{left[0]} points to the raw files and is not archived. `ml_client.data.archive` takes its "
        "name and version."
    )
    assert any(not each.archived for each in clean), (
        f"rides:{clean[0].version} with the clean files is archived too. `archive` with the name alone hides "
        "the whole "
        'asset; take that back with `ml_client.data.restore(name="rides")`, and archive one `version`.'
    )
    assert raw, (
        "No version of rides points to rides/raw, so nothing was taken out of use. Finish the step `folder` "
        "first."
    )


# What the data are


def _rides(month: str) -> list[dict[str, Any]]:
    """The rides of a month; the workshop's test rides are among them."""
    source = random.Random(f"rides {month}")
    moment = datetime.fromisoformat(f"{month}-01T05:00")
    rides = []
    for number in range(160):
        moment += timedelta(minutes=source.randint(30, 480))
        if moment.strftime("%Y-%m") != month:
            break
        test = source.random() < 0.08
        rides.append(
            {
                "ride": f"{month.replace('-', '')}{number:04}",
                "started": moment.strftime("%d/%m/%Y %H:%M"),
                "station": source.choice(list(STATIONS)),
                "minutes": source.randint(1, 2) if test else max(3, round(source.lognormvariate(2.7, 0.5))),
                "bike": "TEST" if test else f"B{source.randint(1, 60):03}",
                "note": source.choice(NOTES) if source.random() < 0.06 else "",
            }
        )
    return rides


def _write(file: Path, rows: list[dict[str, Any]], separator: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=list(rows[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)


# What the learner has registered


def _versions(work: Work, name: str, help: str, *, but: str = "-") -> list[Asset]:
    """The versions of an asset and of those called ``name-...``, the latest first; archived ones too.

    A name that was first registered with the wrong type cannot be mended; whoever takes another one may go on.
    """
    others = {each.name for each in work.workspace.assets("data")} - {name}
    names = [
        name,
        *sorted(each for each in others if each.startswith(f"{name}-") and not each.startswith(but)),
    ]
    found = [version for each in names for version in work.workspace.assets("data", each)]
    assert found, f"There is no data asset `{name}` in the workspace yet. {help}"
    return sorted(found, key=lambda asset: asset.created, reverse=True)


def _place(work: Work, asset: Asset) -> Path | None:
    """The file or folder that an asset points to, if it is there."""
    from dp100.standin.engine.data import uris
    from dp100.standin.engine.errors import EngineError

    try:
        place = uris.locate(work.workspace.ws, str(asset.spec.get("path")))
    except EngineError:
        return None
    return place if place.exists() else None


def _trouble_with_stations(work: Work, asset: Asset) -> str | None:
    kind = asset.spec.get("type")
    if kind != "uri_file":
        return f"is a {kind}; one file that a script opens is a uri_file. {_OTHER_NAME.format('stations')}"
    place = _place(work, asset)
    if place is None or not place.is_file():
        return f"points to {asset.spec.get('path')}, where there is no file. `path` is data/stations.csv."
    with place.open(encoding="utf-8", newline="") as file:
        found = {row.get("station") for row in csv.DictReader(file)}
    if found != set(STATIONS):
        return f"points to {place.name}, which is not the list: `path` is data/stations.csv; raise `version`."
    return None


def _trouble_with_folder(work: Work, asset: Asset, wanted: str) -> str | None:
    kind, path = asset.spec.get("type"), str(asset.spec.get("path"))
    if kind != "uri_folder":
        return f"is a {kind}; a folder of files is a uri_folder. {_OTHER_NAME.format('rides')}"
    if "/LocalUpload/" in path:
        return (
            "points to an upload: a local path was given, and its files were copied. The rides are in the "
            f"datastore already. Give the URI of {wanted} there, and the next version: a version's path "
            "cannot be changed."
        )
    goal = work.workspace.folder(STORE) / wanted
    place = _place(work, asset)
    if place is None or place.resolve() != goal.resolve():
        return (
            f"points to {path}, not to the folder {wanted} of {STORE}. A URI is checked only when something "
            "reads it. Register the next version with the right one."
        )
    return None


def _trouble_with_table(uri: str, work: Work | None = None) -> str | None:
    """What is wrong with a table, as a sentence; or None."""
    import mltable
    import pandas as pd

    try:
        if work is not None:
            from dp100.standin.engine.data import uris

            uri = str(uris.locate(work.workspace.ws, uri))
        frame = mltable.load(uri).to_pandas_dataframe()
    except Exception as error:
        return f"the table cannot be read: {str(error).strip().splitlines()[-1]}"
    everything = [ride for month in MONTHS for ride in _rides(month)]
    expected = [ride for ride in everything if ride["bike"] != "TEST"]
    columns = list(frame.columns)
    if columns == ["Path"]:
        return "nothing reads the files yet; a row is a path. Add `transformations`, first `read_delimited`."
    if len(columns) == 1:
        return (
            f"it has one column, `{columns[0]}`. The files are separated by semicolons: look at `delimiter`."
        )
    if "Column1" in columns:
        return "the header is read as a ride. Look at `header`; all files have the same one."
    if "note" in columns:
        return (
            "the column `note` is still there, with people's telephone numbers. `drop_columns` takes it out."
        )
    lost = [name for name in expected[0] if name not in columns and name != "note"]
    if lost:
        return f"there is no column `{lost[0]}`. Only `note` is to go."
    if len(frame) == len(everything):
        return "the test rides are still there. `filter` keeps the rides for which its expression holds."
    if len(frame) != len(expected):
        return (
            f"it has {len(frame)} rides; {len(expected)} of the {len(everything)} are of customers. Look at "
            "`paths` and at the expression of `filter`."
        )
    if "TEST" in set(frame["bike"]):
        return "the filter keeps the test rides and drops the others. It names the rides that are to stay."
    if sorted(set(frame["station"].astype(str))) != sorted(STATIONS):
        return (
            "`station` has lost its zeros: 0042 became 42. With `infer_column_types: false` in "
            "`read_delimited`, columns stay text until you convert them."
        )
    if not pd.api.types.is_datetime64_any_dtype(frame["started"]):
        return "`started` is not a time yet. Convert it to `datetime`, with a list of `formats`."
    wanted = [datetime.strptime(ride["started"], "%d/%m/%Y %H:%M") for ride in expected]
    empty = int(frame["started"].isna().sum())
    if empty:
        last = expected[-1]["started"]
        return f"{empty} values of `started`, such as {last}, do not fit the format and are empty now."
    if list(frame["started"]) != wanted:
        return "days and months of `started` are the wrong way round. The day comes first: 01/04 is 1 April."
    if not pd.api.types.is_numeric_dtype(frame["minutes"]):
        return "`minutes` is text. Convert it to `int`."
    if list(frame["minutes"]) != [ride["minutes"] for ride in expected]:
        return "`minutes` does not hold what the files say. Convert it to `int`, and change nothing else."
    return None
