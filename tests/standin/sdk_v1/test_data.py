"""Datastores and datasets through SDK v1."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dp100.standin import NotOffline

ROWS = "day,city,visits,open\n2024-01-01,Oslo,10,true\n2024-01-02,Rome,20,false\n2024-01-03,Oslo,30,true\n"


@pytest.fixture
def shop(workspace):
    """A datastore with two CSV files in a folder."""
    Path("shop").mkdir()
    Path("shop/one.csv").write_text(ROWS)
    Path("shop/two.csv").write_text(ROWS.replace("2024", "2025"))
    store = workspace.get_default_datastore()
    store.upload("shop", "shop", show_progress=False)
    return store


def test_upload_says_what_it_does(workspace, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text("a")
    store = workspace.get_default_datastore()
    reference = store.upload_files(["a.txt"], target_path="texts/")
    assert str(reference).startswith("$AZUREML_DATAREFERENCE_")
    said = capsys.readouterr().out
    assert "Uploading an estimated of 1 files" in said
    assert "Uploaded 1 files" in said
    assert store.download("back", prefix="texts", show_progress=False) == 1
    assert Path("back/texts/a.txt").read_text() == "a"


def test_a_path_that_leaves_is_refused(workspace) -> None:
    from azureml.exceptions import UserErrorException

    Path("a.txt").write_text("a")
    with pytest.raises(UserErrorException, match="leaves its folder"):
        workspace.get_default_datastore().upload_files(["a.txt"], target_path="../up")


def test_datastores_of_every_kind(workspace) -> None:
    from azureml.core import Datastore
    from azureml.exceptions import UserErrorException

    blob = Datastore.register_azure_blob_container(workspace, "blobs", "c", "acc", account_key="k3y")
    Datastore.register_azure_file_share(workspace, "files", "share", "acc", account_key="k3y")
    Datastore.register_azure_data_lake(workspace, "lake1", "store", "t", "c", "s3cret")
    Datastore.register_azure_data_lake_gen2(workspace, "lake2", "fs", "acc", "t", "c", "s3cret")
    Datastore.register_azure_sql_database(workspace, "sql", "server", "db", username="u", password="p")
    Datastore.register_azure_postgre_sql(workspace, "pg", "server", "db", "u", "p")
    Datastore.register_azure_my_sql(workspace, "my", "server", "db", "u", "p")
    Datastore.register_dbfs(workspace, "dbfs")
    assert (blob.container_name, blob.account_name, blob.datastore_type) == ("c", "acc", "AzureBlob")
    assert workspace.datastores["blobs"].account_key is None
    assert Datastore.get(workspace, "blobs").account_key == "k3y"
    assert type(Datastore(workspace, "lake2")).__name__ == "AzureDataLakeGen2Datastore"
    assert "k3y" not in str(Datastore.get(workspace, "blobs"))
    with pytest.raises(UserErrorException, match="same name already exists"):
        Datastore.register_dbfs(workspace, "dbfs")
    blob.unregister()
    with pytest.raises(UserErrorException, match="Could not find datastore"):
        Datastore.get(workspace, "blobs")


def test_a_table_is_read_with_types(shop) -> None:
    from azureml.core import Dataset

    table = Dataset.Tabular.from_delimited_files((shop, "shop/*.csv"))
    frame = table.to_pandas_dataframe()
    assert len(frame) == 6
    assert str(frame.dtypes["day"]).startswith("datetime")
    assert frame["visits"].sum() == 120
    assert frame["open"].dtype == bool
    raw = Dataset.Tabular.from_delimited_files((shop, "shop/one.csv"), infer_column_types=False)
    assert raw.to_pandas_dataframe()["visits"].tolist() == ["10", "20", "30"]


def test_steps_are_done_in_order(shop) -> None:
    from azureml.core import Dataset

    table = Dataset.Tabular.from_delimited_files((shop, "shop/one.csv"))
    assert table.take(2).to_pandas_dataframe()["visits"].tolist() == [10, 20]
    assert table.skip(1).keep_columns(["visits"]).to_pandas_dataframe().to_dict("list") == {
        "visits": [20, 30]
    }
    assert list(table.drop_columns("city").to_pandas_dataframe()) == ["day", "visits", "open"]
    busy = table.filter((table["visits"] > 10) & (table["city"] == "Oslo"))
    assert busy.to_pandas_dataframe()["visits"].tolist() == [30]


def test_a_split_loses_no_row(shop) -> None:
    from azureml.core import Dataset

    table = Dataset.Tabular.from_delimited_files((shop, "shop/*.csv"))
    one, other = table.random_split(0.5, seed=7)
    days = [*one.to_pandas_dataframe()["day"], *other.to_pandas_dataframe()["day"]]
    assert sorted(days) == sorted(table.to_pandas_dataframe()["day"])
    again, _ = table.random_split(0.5, seed=7)
    assert again.to_pandas_dataframe().equals(one.to_pandas_dataframe())


def test_times(shop) -> None:
    from azureml.core import Dataset
    from azureml.exceptions import DatasetTimestampMissingError

    table = Dataset.Tabular.from_delimited_files((shop, "shop/*.csv"))
    with pytest.raises(DatasetTimestampMissingError, match="with_timestamp_columns"):
        table.time_after(datetime(2024, 1, 2))
    series = table.with_timestamp_columns("day")
    assert series.timestamp_columns == ("day", None)
    assert len(series.time_before(datetime(2024, 1, 2)).to_pandas_dataframe()) == 2
    assert len(series.time_before(datetime(2024, 1, 2), include_boundary=False).to_pandas_dataframe()) == 1
    assert len(series.time_between(datetime(2024, 1, 3), datetime(2025, 1, 1)).to_pandas_dataframe()) == 2
    assert len(series.time_recent(timedelta(days=365 * 1000)).to_pandas_dataframe()) == 6


def test_folders_become_columns(workspace) -> None:
    from azureml.core import Dataset

    for part in ("north/2024/05", "south/2023/11"):
        Path("parts", part).mkdir(parents=True)
        Path("parts", part, "data.csv").write_text("n\n1\n")
    store = workspace.get_default_datastore()
    store.upload("parts", "parts", show_progress=False)
    table = Dataset.Tabular.from_delimited_files(
        (store, "parts/**/*.csv"), partition_format="/parts/{region}/{month:yyyy/MM}/data.csv"
    )
    frame = table.to_pandas_dataframe()
    assert sorted(frame["region"]) == ["north", "south"]
    assert sorted(frame["month"])[0] == datetime(2023, 11, 1)


def test_json_lines(workspace) -> None:
    from azureml.core import Dataset
    from azureml.exceptions import UserErrorException

    Path("rows.jsonl").write_text('{"a": 1}\nnonsense\n{"a": 2}\n')
    store = workspace.get_default_datastore()
    store.upload_files(["rows.jsonl"], show_progress=False)
    kept = Dataset.Tabular.from_json_lines_files((store, "rows.jsonl"), invalid_lines="drop")
    assert kept.to_pandas_dataframe()["a"].tolist() == [1, 2]
    with pytest.raises(UserErrorException, match="line 2 is not valid JSON"):
        Dataset.Tabular.from_json_lines_files((store, "rows.jsonl")).to_pandas_dataframe()


def test_columns_of_a_chosen_type(shop) -> None:
    from azureml.core import Dataset
    from azureml.data import DataType

    table = Dataset.Tabular.from_delimited_files(
        (shop, "shop/one.csv"),
        set_column_types={"visits": DataType.to_string(), "day": DataType.to_datetime("%Y-%m-%d")},
    )
    assert table.to_pandas_dataframe()["visits"].tolist() == ["10", "20", "30"]


@pytest.mark.parametrize("header", [True, False])
def test_a_column_of_a_chosen_type_is_not_inferred_first(workspace, header: bool) -> None:
    from azureml.core import Dataset
    from azureml.data import DataType

    Path("a.csv").write_text("station,day,n\n" * header + "0042,2024-01-02,010\n0007,2024-01-03,020\n,,030\n")
    Path("b.csv").write_text("station,day,n\n" * header + "1,2024-01-04,040\n")
    store = workspace.get_default_datastore()
    store.upload_files(["a.csv", "b.csv"], target_path="s", show_progress=False)
    station, day, n = ("station", "day", "n") if header else ("Column1", "Column2", "Column3")
    table = Dataset.Tabular.from_delimited_files(
        (store, "s/*.csv"),
        header=header,
        set_column_types={
            station: DataType.to_string(),
            day: DataType.to_string(),
            "depot": DataType.to_long(),
        },
    )
    frame = table.to_pandas_dataframe()
    assert list(frame) == [station, day, n]
    assert frame[station].fillna("").tolist() == ["0042", "0007", "", "1"]
    assert frame[day].fillna("").tolist() == ["2024-01-02", "2024-01-03", "", "2024-01-04"]
    assert frame[n].tolist() == [10, 20, 30, 40]


def test_a_folder_is_uploaded_over_what_is_there(workspace, capsys: pytest.CaptureFixture[str]) -> None:
    from azureml.core import Dataset
    from azureml.exceptions import UserErrorException

    Path("up/deep").mkdir(parents=True)
    for name in ("one.csv", "deep/two.csv", "note.txt"):
        Path("up", name).write_text("old")
    store = workspace.get_default_datastore()
    made = Dataset.File.upload_directory("up", (store, "first"), pattern="*.csv")
    assert made.to_path() == ["/deep/two.csv", "/one.csv"]
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "Validating arguments.",
        "Arguments validated.",
        "'overwrite' is set to False. Any file already present in the target will be skipped.",
        f"Uploading files from '{Path('up').absolute().as_posix()}' to 'first'",
        "Filtering files with pattern matching *.csv",
        "Creating new dataset",
    ]
    for name in ("one.csv", "note.txt"):
        Path("up", name).write_text("new")
    again = Dataset.File.upload_directory("up", (store, "first"), show_progress=False)
    assert capsys.readouterr().out == ""
    assert [Path(path).read_text() for path in again.download("left")] == ["old", "new", "old"]
    over = Dataset.File.upload_directory("up", (store, "first"), overwrite=True)
    assert "will be overwritten" in capsys.readouterr().out
    assert [Path(path).read_text() for path in over.download("replaced")] == ["old", "new", "new"]
    # As in the real one, the pattern is for the absolute path: a relative one finds nothing.
    empty = Dataset.File.upload_directory("up", (store, "second"), pattern="deep/*.csv")
    with pytest.raises(UserErrorException, match="The requested stream was not found"):
        empty.to_path()
    assert "No files found with pattern deep/*.csv" in capsys.readouterr().out
    pattern = f"{Path('up').absolute().as_posix()}/deep/*"
    assert Dataset.File.upload_directory("up", (store, "third"), pattern).to_path() == ["/deep/two.csv"]


def test_versions_of_a_v1_dataset_may_be_of_other_types(workspace, shop) -> None:
    from azureml.core import Dataset

    Dataset.File.from_files((shop, "shop/*.csv")).register(workspace, "visits")
    table = Dataset.Tabular.from_delimited_files((shop, "shop/one.csv"))
    assert table.register(workspace, "visits", create_new_version=True).version == 2


@pytest.mark.parametrize("path", ["data.csv", None, [], 7])
def test_what_is_no_path_is_refused(workspace, path: object) -> None:
    from azureml.core import Dataset
    from azureml.exceptions import UserErrorException

    with pytest.raises(UserErrorException, match="Invalid argument type for `path`"):
        Dataset.Tabular.from_delimited_files(path)


def test_nothing_at_a_path(workspace) -> None:
    """Tables are looked at when they are made, files when they are wanted, as by azureml-core 1.61."""
    from azureml.core import Dataset
    from azureml.data.dataset_error_handling import DatasetValidationError
    from azureml.exceptions import UserErrorException

    nowhere = (workspace.get_default_datastore(), "nowhere/*.csv")
    with pytest.raises(DatasetValidationError, match="The requested stream was not found"):
        Dataset.Tabular.from_delimited_files(nowhere)
    with pytest.raises(DatasetValidationError, match="Failed to infer column type"):
        Dataset.Tabular.from_delimited_files(nowhere, validate=False)
    files = Dataset.File.from_files(nowhere)
    for call in (files.to_path, files.download, lambda: files.download(ignore_not_found=True)):
        with pytest.raises(UserErrorException, match="The requested stream was not found"):
            call()


def test_an_address_that_nobody_stands_for(workspace) -> None:
    from azureml.core import Dataset

    with pytest.raises(NotOffline, match="dprepdata"):
        Dataset.Tabular.from_delimited_files("https://dprepdata.blob.core.windows.net/demo/Titanic.csv")
    with pytest.raises(NotOffline, match="from_sql_query"):
        Dataset.Tabular.from_sql_query((workspace.get_default_datastore(), "SELECT 1"))


def test_files(shop) -> None:
    from azureml.core import Dataset
    from azureml.exceptions import UserErrorException

    files = Dataset.File.from_files((shop, "shop/*.csv"))
    assert files.to_path() == ["/one.csv", "/two.csv"]
    assert [Path(path).name for path in files.download("copies")] == ["one.csv", "two.csv"]
    with pytest.raises(UserErrorException, match="already exists"):
        files.download("copies")
    with files.mount() as mounted:
        assert Path(mounted.mount_point, "one.csv").read_text() == ROWS
    assert not Path(mounted.mount_point).exists()
    assert files.take(1).to_path() == ["/one.csv"]
    assert files.filter(files.file_metadata("Size") > 10_000).to_path() == []


def test_versions(workspace, shop) -> None:
    from azureml.core import Dataset
    from azureml.exceptions import UserErrorException

    table = Dataset.Tabular.from_delimited_files((shop, "shop/one.csv"))
    first = table.register(workspace, "shop visits", tags={"source": "till"})
    assert (first.name, first.version, first.tags) == ("shop visits", 1, {"source": "till"})
    with pytest.raises(UserErrorException, match="create_new_version=True"):
        table.register(workspace, "shop visits")
    both = Dataset.Tabular.from_delimited_files((shop, "shop/*.csv"))
    assert both.register(workspace, "shop visits", create_new_version=True).version == 2
    assert Dataset.get_by_name(workspace, "shop visits").version == 2
    assert len(Dataset.get_by_name(workspace, "shop visits", version=1).to_pandas_dataframe()) == 3
    assert Dataset.get_by_id(workspace, first.id).name == "shop visits"
    assert "shop visits" in workspace.datasets
    first.add_tags({"checked": "yes"})
    assert Dataset.get_by_name(workspace, "shop visits", 1).tags == {"source": "till", "checked": "yes"}
    first.unregister_all_versions()
    assert list(workspace.datasets) == []
    with pytest.raises(UserErrorException, match='Cannot find dataset registered with name "shop visits"'):
        Dataset.get_by_name(workspace, "shop visits")


def test_what_sdk_v2_registers_is_seen(workspace, shop) -> None:
    from azureml.core import Dataset

    from dp100.standin.engine.data.assets import AssetStore

    AssetStore(workspace._ws, "data").create(
        "folder", None, {"type": "uri_folder", "path": "azureml://datastores/workspaceblobstore/paths/shop/"}
    )
    assert Dataset.get_by_name(workspace, "folder").to_path() == ["/one.csv", "/two.csv"]


def test_a_data_frame_is_registered(workspace) -> None:
    import pandas as pd
    from azureml.core import Dataset

    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    made = Dataset.Tabular.register_pandas_dataframe(
        frame, (workspace.get_default_datastore(), "frames"), "letters", show_progress=False
    )
    assert (made.name, made.version) == ("letters", 1)
    assert made.to_pandas_dataframe()["a"].tolist() == [1, 2]


def test_parquet_files_become_a_table(shop, tmp_path):
    import pandas
    from azureml.core import Dataset

    frame = pandas.DataFrame({"item": ["tea", "mint"], "price": [2.5, 3.0]})
    frame.to_parquet(tmp_path / "goods.parquet")
    shop.upload_files([str(tmp_path / "goods.parquet")], target_path="goods", show_progress=False)
    table = Dataset.Tabular.from_parquet_files((shop, "goods/*.parquet"))
    assert table.to_pandas_dataframe().to_dict("list") == frame.to_dict("list")


def test_a_datastore_of_a_kind_that_v1_lacks_hides_no_other(workspace) -> None:
    from dp100.standin.engine.data import datastores

    datastores.register(workspace._ws, "lake", "OneLake", one_lake_workspace_name="w", artifact_name="a")
    assert "workspaceblobstore" in workspace.datastores
    assert "lake" not in workspace.datastores
