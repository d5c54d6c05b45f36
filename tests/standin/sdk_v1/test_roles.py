"""Who calls, and what a role refuses: the exceptions are those of the SDK's clients for the status 403."""

from __future__ import annotations

from pathlib import Path

import pytest

from dp100.standin.engine.workspace import access, principals


def signed_in(workspace, role: str | None, name: str = "robot"):
    """The workspace as a service principal with a role sees it."""
    from azureml.core import Workspace
    from azureml.core.authentication import ServicePrincipalAuthentication

    given = access.register_principal(name, role, [workspace._ws.id] if role else [])
    auth = ServicePrincipalAuthentication(given.tenant_id, given.principal.client_id, given.secret)
    return Workspace.get(workspace.name, auth=auth, resource_group=workspace.resource_group)


@pytest.fixture
def filled(workspace):
    """A run, a model, a secret and a datastore with a key."""
    from azureml.core import Datastore, Experiment, Model

    Path("loaf.txt").write_text("rye")
    run = Experiment(workspace, "baking").start_logging(outputs=False, snapshot_directory=None)
    run.log("n", 1)
    run.upload_file("a.txt", "loaf.txt")
    Model.register(workspace, "loaf.txt", "bread")
    workspace.get_default_keyvault().set_secret("token", "hidden")
    Datastore.register_azure_blob_container(workspace, "bakery", "loaves", "breads", account_key="k3y")
    Datastore.register_azure_sql_database(workspace, "orders", "server", "db", username="u", password="p4ss")
    Datastore.register_azure_data_lake_gen2(workspace, "lake", "fs", "acc", "t", "c", "s3cret")
    Datastore.register_azure_postgre_sql(workspace, "pg", "server", "db", "u", "w0rd")
    return run


def test_a_reader_reads(workspace, filled) -> None:
    from azureml.core import Datastore, Model, Run

    seen = signed_in(workspace, "Reader")
    run = Run.get(seen, filled.id)
    assert run.get_metrics() == {"n": 1}
    run.download_file("a.txt", "back.txt")
    assert Path("back.txt").read_text() == "rye"
    assert Model(seen, "bread").version == 1
    assert [each.name for each in Model.list(seen)] == ["bread"]
    assert Datastore.get(seen, "bakery").account_name == "breads"
    assert Datastore.get_default(seen).name == "workspaceblobstore"
    assert "bakery" in seen.datastores


def test_a_reader_does_not_see_the_credentials_of_datastores(workspace, filled) -> None:
    from azureml.core import Datastore
    from azureml.exceptions import UserErrorException

    seen = signed_in(workspace, "Reader")
    for name, attribute, value in (
        ("bakery", "account_key", "k3y"),
        ("bakery", "sas_token", None),
        ("orders", "password", "p4ss"),
        ("lake", "client_secret", "s3cret"),
        ("pg", "user_password", "w0rd"),
    ):
        assert getattr(Datastore.get(workspace, name), attribute) == value
        found = Datastore.get(seen, name)
        with pytest.raises(UserErrorException, match="datastores/listsecrets/action"):
            getattr(found, attribute)
    assert "bakery" in str(Datastore.get(seen, "bakery"))
    assert (Datastore.get(seen, "lake").tenant_id, Datastore.get(seen, "orders").username) == ("t", "u")


def test_a_reader_changes_nothing_of_a_run(workspace, filled, script) -> None:
    from azureml.core import Experiment, Run, ScriptRunConfig
    from azureml.exceptions import ServiceException, SnapshotException

    seen = signed_in(workspace, "Reader")
    run = Run.get(seen, filled.id)
    Path("loaf.gif").write_bytes(b"GIF89a")
    for call in (
        lambda: run.log("n", 2),
        lambda: run.log_list("l", [1]),
        lambda: run.log_row("r", a=1),
        lambda: run.log_image("i", path="loaf.gif"),
        lambda: run.tag("a", "b"),
        lambda: run.add_properties({"a": "b"}),
        lambda: run.upload_file("b.txt", "loaf.txt"),
        lambda: run.upload_folder("all", "."),
        lambda: run.child_run(),
        run.complete,
        lambda: run.fail("no"),
        run.cancel,
        lambda: setattr(run, "description", "mine"),
        lambda: Experiment(seen, "new"),
        lambda: Experiment(seen, "baking").start_logging(outputs=False, snapshot_directory=None),
    ):
        with pytest.raises(ServiceException, match="does not have authorization to perform action") as caught:
            call()
        assert caught.value.status_code == 403
        assert caught.value.response.status_code == 403
    with pytest.raises(SnapshotException, match="does not have authorization"):
        Experiment(seen, "baking").submit(ScriptRunConfig(script("print(1)"), "train.py"))
    assert filled.get_status() == "Running"
    assert filled.get_metrics() == {"n": 1}
    assert filled.get_file_names() == ["a.txt"]
    assert list(workspace.experiments) == ["baking"]


def test_a_reader_changes_no_model(workspace, filled) -> None:
    from azureml.core import Model, Run
    from azureml.exceptions import WebserviceException

    seen = signed_in(workspace, "Reader")
    model = Model(seen, "bread")
    for call in (
        lambda: Model.register(seen, "loaf.txt", "bread"),
        lambda: Run.get(seen, filled.id).register_model("bread", "a.txt"),
        lambda: model.add_tags({"a": "b"}),
        lambda: model.update(description="mine"),
        model.delete,
    ):
        with pytest.raises(WebserviceException, match="Response Code: 403") as caught:
            call()
        assert caught.value.status_code == 403
    assert [each.version for each in Model.list(workspace, "bread")] == [1]


def test_a_reader_and_the_key_vault(workspace, filled) -> None:
    from azureml.exceptions import ServiceException

    vault = signed_in(workspace, "Reader").get_default_keyvault()
    for call in (
        lambda: vault.set_secret("token", "mine"),
        lambda: vault.set_secrets({"token": "mine"}),
        lambda: vault.delete_secret("token"),
    ):
        with pytest.raises(ServiceException, match="Code: 403"):
            call()
    assert workspace.get_default_keyvault().get_secret("token") == "hidden"


def test_a_reader_registers_neither_data_nor_environments(workspace, filled) -> None:
    from azureml.core import Dataset, Datastore, Environment
    from azureml.exceptions import UserErrorException

    Path("a.csv").write_text("a\n1\n")
    workspace.get_default_datastore().upload_files(["a.csv"], show_progress=False)
    seen = signed_in(workspace, "Reader")
    with pytest.raises(UserErrorException, match="does not have authorization"):
        Datastore.register_azure_blob_container(seen, "mine", "loaves", "breads")
    found = Dataset.Tabular.from_delimited_files((seen.get_default_datastore(), "a.csv"))
    with pytest.raises(UserErrorException, match="does not have authorization"):
        found.register(seen, "mine")
    with pytest.raises(Exception, match=r"Error registering the environment definition\. Code: 403"):
        Environment("mine").register(seen)
    Environment("mine").register(workspace)
    with pytest.raises(Exception, match=r"Code: 403"):  # the service is asked though it would change nothing
        Environment("mine").register(seen)


def test_a_data_scientist_works_and_makes_no_compute(workspace, filled, script) -> None:
    from azureml.core import Experiment, Model, ScriptRunConfig
    from azureml.core.compute import AmlCompute, ComputeTarget
    from azureml.exceptions import ComputeTargetException

    seen = signed_in(workspace, "AzureML Data Scientist")
    run = Experiment(seen, "baking").submit(
        ScriptRunConfig(script("from azureml.core import Run; Run.get_context().log('n', 3)"), "train.py")
    )
    assert run.wait_for_completion()["status"] == "Completed"
    assert run.get_metrics() == {"n": 3}
    assert Model.register(seen, "loaf.txt", "bread").version == 2
    with pytest.raises(ComputeTargetException, match="does not have authorization"):
        ComputeTarget.create(
            seen, "cpu", AmlCompute.provisioning_configuration("STANDARD_DS11_V2", max_nodes=1)
        )


def test_a_principal_without_a_role_sees_no_workspace(workspace) -> None:
    from azureml.exceptions import ProjectSystemException

    with pytest.raises(ProjectSystemException, match="does not have authorization"):
        signed_in(workspace, None)


# --- signing in ------------------------------------------------------------------------------------------


def test_ways_to_sign_in_as_the_user(workspace, capfd: pytest.CaptureFixture[str]) -> None:
    """Nobody is asked, and all of them give whoever is signed in."""
    from azureml.core import Workspace
    from azureml.core.authentication import (
        AzureCliAuthentication,
        InteractiveLoginAuthentication,
        MsiAuthentication,
    )

    workspace.write_config()
    for auth in (
        InteractiveLoginAuthentication(),
        InteractiveLoginAuthentication(force=True, tenant_id=principals.Account.load().tenant_id),
        AzureCliAuthentication(),
        MsiAuthentication(),
    ):
        assert Workspace.from_config(auth=auth) == workspace
        assert Workspace.list(workspace.subscription_id, auth=auth) == {workspace.name: [workspace]}
        assert auth.get_authentication_header()["Authorization"].startswith("Bearer ")
        token = auth.get_token("https://management.azure.com/.default")
        assert token.token.count(".") == 2
        assert token.expires_on > 0
        made = Workspace.create(
            "mlw-auth", auth=auth, resource_group=workspace.resource_group, exist_ok=True, show_output=False
        )
        made.delete()
    assert capfd.readouterr().out == ""


def test_a_service_principal_signs_in_with_its_secret(workspace) -> None:
    from azureml.core import Workspace
    from azureml.core.authentication import ServicePrincipalAuthentication
    from azureml.exceptions import AuthenticationException

    given = access.register_principal("robot", "Contributor", [workspace._ws.id])
    right = (given.tenant_id, given.principal.client_id, given.secret)
    auth = ServicePrincipalAuthentication(*right)
    assert Workspace.get(workspace.name, auth=auth) == workspace
    for at, wrong, code in (
        (0, "11111111-1111-1111-1111-111111111111", "AADSTS"),
        (1, "22222222-2222-2222-2222-222222222222", "AADSTS"),
        (2, "guess", "AADSTS7000215"),
    ):
        changed = [*right]
        changed[at] = wrong
        with pytest.raises(AuthenticationException, match=code):
            Workspace.get(workspace.name, auth=ServicePrincipalAuthentication(*changed))


def test_credentials_of_azure_identity_are_not_those_of_sdk_v1(workspace) -> None:
    from azureml._restclient.exceptions import ServiceException
    from azureml.core import Experiment, Workspace
    from azureml.core.authentication import ServicePrincipalAuthentication

    sp = access.register_principal("reader", role="Reader", scopes=[workspace._ws.id])
    with principals.acting_as(sp.principal):  # as making a credential of azure.identity does, from there on
        run = Experiment(workspace, "baking").start_logging()
        run.complete()
        assert run.get_details()["submittedBy"] == access.user().name
        again = Workspace.get(workspace.name, resource_group=workspace.resource_group)
        Experiment(again, "baking").start_logging().complete()
        auth = ServicePrincipalAuthentication(sp.tenant_id, sp.principal.client_id, sp.secret)
        theirs = Workspace.get(workspace.name, auth=auth, resource_group=workspace.resource_group)
    with pytest.raises(ServiceException, match="AuthorizationFailed"):
        Experiment(theirs, "baking").start_logging()
