"""Parameters that could be taken and dropped: each has its effect, is kept and shown, or says NotOffline."""

from __future__ import annotations

from pathlib import Path

import pytest

from dp100.standin import NotOffline


def test_keys_that_cannot_change_are_not_synchronized(workspace) -> None:
    with pytest.raises(NotOffline, match=r"Workspace\.sync_keys"):
        workspace.sync_keys()


def test_settings_of_a_workspace_are_shown_again(workspace) -> None:
    workspace.update(service_managed_resources_settings={"cosmosDbSettings": {"collectionsThroughput": 400}})
    assert workspace.get_details()["serviceManagedResourcesSettings"] == {
        "cosmosDbSettings": {"collectionsThroughput": 400}
    }


def test_the_certificate_of_a_hadoop_file_system(workspace) -> None:
    import base64

    from azureml.core import Datastore

    Path("namenode.pem").write_bytes(b"-----BEGIN")
    given = ("https", "namenode", "namenode.pem", "REALM", "kdc", "me@REALM")
    Datastore.register_hdfs(workspace, "hadoop", *given, kerberos_password="pass")
    found = Datastore.get(workspace, "hadoop")
    assert base64.b64decode(found.hdfs_server_certificate_data) == b"-----BEGIN"
    assert found.credential_value == "pass"


@pytest.fixture
def crooked(workspace):
    """A table in which a number and a time are none."""
    from azureml.core import Dataset
    from azureml.data import DataType

    Path("a.csv").write_text("n,at\n1,2024-01-01\nmany,0001-01-01\n,soon\n")
    workspace.get_default_datastore().upload_files(["a.csv"], show_progress=False)

    def make(*columns: str):
        types = {"n": DataType.to_long(), "at": DataType.to_datetime("%Y-%m-%d")}
        return Dataset.Tabular.from_delimited_files(
            (workspace.get_default_datastore(), "a.csv"),
            set_column_types={name: types[name] for name in columns},
        )

    return make


def test_values_that_are_not_of_their_columns_type(crooked) -> None:
    from azureml.exceptions import UserErrorException

    assert crooked("n").to_pandas_dataframe()["n"].isna().tolist() == [False, True, True]
    with pytest.raises(UserErrorException, match="The value 'many' of the column 'n' is no long"):
        crooked("n").to_pandas_dataframe(on_error="fail")
    assert crooked("at").to_pandas_dataframe()["at"].isna().tolist() == [False, True, True]
    with pytest.raises(UserErrorException, match="'0001-01-01' of the column 'at' is no datetime"):
        crooked("at").to_pandas_dataframe(out_of_range_datetime="fail")
    with pytest.raises(UserErrorException, match="'soon' of the column 'at'"):
        crooked("at").to_pandas_dataframe(on_error="fail")
    with pytest.raises(UserErrorException, match="neither 'null' nor 'fail'"):
        crooked("n").to_pandas_dataframe(on_error="ignore")


def test_row_groups_of_a_registered_data_frame(workspace) -> None:
    pandas = pytest.importorskip("pandas")
    parquet = pytest.importorskip("pyarrow.parquet")
    from azureml.core import Dataset

    store = workspace.get_default_datastore()
    Dataset.Tabular.register_pandas_dataframe(
        pandas.DataFrame({"a": range(10)}),
        (store, "frames"),
        "frame",
        show_progress=False,
        row_group_size=4,
        make_target_path_unique=False,
    )
    store.download("got", prefix="frames", show_progress=False)
    [file] = Path("got").rglob("*.parquet")
    assert parquet.ParquetFile(file).num_row_groups == 3


def test_credential_passthrough_is_shown_again(workspace, script) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.core.script_run_config import submit

    run = submit(
        ScriptRunConfig(script("print(1)"), "train.py"), workspace, "baking", credential_passthrough=True
    )
    assert run.get_details()["runDefinition"]["credentialPassthrough"] is True
