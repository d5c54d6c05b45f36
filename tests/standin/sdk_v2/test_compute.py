from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml.entities import (
    AmlCompute,
    AmlComputeSshSettings,
    ComputeInstance,
    ComputeSchedules,
    ComputeStartStopSchedule,
    CronTrigger,
    IdentityConfiguration,
    KubernetesCompute,
    NetworkSettings,
    ScriptReference,
    SetupScripts,
    SynapseSparkCompute,
    VirtualMachineCompute,
    VirtualMachineSshSettings,
)
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError

from dp100.standin import NotOffline
from dp100.standin.sdk_v2.client import MLClient


def test_a_cluster_comes_back_as_the_service_gives_it(client: MLClient) -> None:
    made = client.compute.begin_create_or_update(
        AmlCompute(name="cpu", size="STANDARD_DS3_V2", tier="LowPriority", tags={"k": "v"})
    ).result()
    assert isinstance(made, AmlCompute)
    assert (made.type, made.size, made.tier) == ("amlcompute", "STANDARD_DS3_V2", "low_priority")
    assert (made.min_instances, made.max_instances, made.idle_time_before_scale_down) == (0, 4, 120)
    assert (made.provisioning_state, made.location, made.tags) == ("Succeeded", "eastus", {"k": "v"})
    assert made.id is not None
    assert made.id.endswith("/workspaces/mlw-dp100/computes/cpu")


def test_a_cluster_is_changed_by_one_of_the_same_name(client: MLClient) -> None:
    client.compute.begin_create_or_update(AmlCompute(name="cpu", size="STANDARD_DS11_V2"))
    changed = client.begin_create_or_update(AmlCompute(name="cpu", max_instances=2)).result()
    assert (changed.size, changed.max_instances) == ("STANDARD_DS11_V2", 2)
    changed.min_instances = 1
    assert client.compute.begin_update(changed).result().min_instances == 1
    nodes = list(client.compute.list_nodes("cpu"))
    assert [(node.node_state, node.current_job_name) for node in nodes] == [("idle", None)]


def test_what_is_only_kept_is_shown_again(client: MLClient) -> None:
    client.compute.begin_create_or_update(
        AmlCompute(
            name="kept",
            network_settings=NetworkSettings(vnet_name="net", subnet="sub"),
            ssh_settings=AmlComputeSshSettings(admin_username="me", admin_password="Hidden-1"),
            identity=IdentityConfiguration(type="system_assigned"),
            enable_node_public_ip=False,
        )
    )
    found = client.compute.get("kept")
    assert isinstance(found, AmlCompute)
    assert found.network_settings is not None
    assert found.network_settings.subnet == "sub"
    assert found.enable_node_public_ip is False
    assert found.identity is not None
    assert found.identity.type == "system_assigned"
    assert found.ssh_settings is not None
    assert (found.ssh_settings.admin_username, found.ssh_settings.admin_password) == ("me", None)


def test_no_password_is_written_down(client: MLClient, home: Path) -> None:
    ssh = AmlComputeSshSettings(admin_username="me", admin_password="Hidden-1")
    client.compute.begin_create_or_update(AmlCompute(name="cpu", ssh_settings=ssh))
    written = [file for file in (home / "azure").rglob("*") if file.is_file()]
    assert written
    assert not [file for file in written if b"Hidden-1" in file.read_bytes()]


def test_an_instance_with_schedule_and_setup_script(client: MLClient) -> None:
    made = client.compute.begin_create_or_update(
        ComputeInstance(
            name="ci-one",
            size="STANDARD_DS11_V2",
            idle_time_before_shutdown_minutes=30,
            schedules=ComputeSchedules(
                compute_start_stop=[
                    ComputeStartStopSchedule(
                        trigger=CronTrigger(expression="0 18 * * *", time_zone="UTC"), action="stop"
                    )
                ]
            ),
            setup_scripts=SetupScripts(
                startup_script=ScriptReference(path="Users/me/start.sh", timeout_minutes=15)
            ),
        )
    ).result()
    assert isinstance(made, ComputeInstance)
    assert made.state == "Running"
    assert made.last_operation["operation_name"] == "Create"
    assert made.idle_time_before_shutdown_minutes == 30
    assert made.schedules is not None
    assert made.schedules.compute_start_stop is not None
    assert made.schedules.compute_start_stop[0].trigger.expression == "0 18 * * *"
    assert made.setup_scripts is not None
    assert made.setup_scripts.startup_script.path == "Users/me/start.sh"


def test_an_instance_starts_and_stops(client: MLClient) -> None:
    client.compute.begin_create_or_update(ComputeInstance(name="ci-one"))
    assert client.compute.begin_stop("ci-one").result() is None
    assert client.compute.get("ci-one").state == "Stopped"
    with pytest.raises(HttpResponseError, match="does not support Stop") as caught:
        client.compute.begin_stop("ci-one")
    assert caught.value.status_code == 400
    client.compute.begin_start("ci-one")
    client.compute.begin_restart("ci-one")
    assert client.compute.get("ci-one").state == "Running"


def test_the_idle_time_of_an_instance_comes_back_in_both_forms(client: MLClient) -> None:
    def made(name: str, **given: Any) -> tuple[str | None, int | None]:
        found = client.compute.begin_create_or_update(ComputeInstance(name=name, **given)).result()
        assert isinstance(found, ComputeInstance)
        return found.idle_time_before_shutdown, found.idle_time_before_shutdown_minutes

    assert made("by-minutes", idle_time_before_shutdown_minutes=30) == ("PT30M", 30)
    assert made("by-text", idle_time_before_shutdown="PT45M") == ("PT45M", 45)
    assert made("by-hours", idle_time_before_shutdown="PT2H") == ("PT2H", None)  # as the SDK reads it
    assert made("both", idle_time_before_shutdown="PT45M", idle_time_before_shutdown_minutes=20) == (
        "PT20M",
        20,
    )
    assert made("never") == (None, None)
    for wrong in (5, 4321):
        with pytest.raises(HttpResponseError, match=r"15 minutes.*3 days"):
            made("wrong", idle_time_before_shutdown_minutes=wrong)
    with pytest.raises(HttpResponseError, match=r"15 minutes.*3 days"):
        made("wrong", idle_time_before_shutdown="PT1M")
    assert "wrong" not in [each.name for each in client.compute.list()]


def test_attached_targets(client: MLClient) -> None:
    vm = VirtualMachineCompute(
        name="my-vm",
        resource_id="/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm",
        ssh_settings=VirtualMachineSshSettings(admin_username="me", admin_password="Hidden-1", ssh_port=2222),
    )
    found = client.compute.begin_attach(vm).result()
    assert isinstance(found, VirtualMachineCompute)
    assert found.resource_id == vm.resource_id
    cluster = KubernetesCompute(name="k8s", resource_id="/subscriptions/s/k8s", namespace="training")
    attached = client.compute.begin_create_or_update(cluster).result()
    assert isinstance(attached, KubernetesCompute)
    assert attached.namespace == "training"
    client.compute.begin_delete("my-vm", action="Detach")
    assert [each.name for each in client.compute.list()] == ["k8s"]


@pytest.mark.parametrize("identity", [None, IdentityConfiguration(type="SystemAssigned")])
def test_a_spark_pool_says_which_resource_it_is(
    client: MLClient, identity: IdentityConfiguration | None
) -> None:
    resource = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Synapse/workspaces/w/bigDataPools/p"
    pool = SynapseSparkCompute(name="sparkpool", resource_id=resource, identity=identity)
    attached = client.begin_create_or_update(pool).result()
    assert isinstance(attached, SynapseSparkCompute)
    for found in (attached, client.compute.get("sparkpool"), *client.compute.list()):
        assert found.resource_id == resource
    cluster = KubernetesCompute(name="k8s", resource_id="/subscriptions/s/k8s", namespace="training")
    assert client.compute.begin_create_or_update(cluster).result().resource_id == "/subscriptions/s/k8s"


def test_list_by_type_and_delete(client: MLClient) -> None:
    client.compute.begin_create_or_update(AmlCompute(name="cpu"))
    client.compute.begin_create_or_update(ComputeInstance(name="ci-one"))
    assert [each.name for each in client.compute.list(compute_type="computeinstance")] == ["ci-one"]
    client.compute.begin_delete("CPU").wait()
    with pytest.raises(ResourceNotFoundError, match="Not found compute with name cpu"):
        client.compute.get("cpu")


def test_refusals(client: MLClient) -> None:
    client.compute.begin_create_or_update(AmlCompute(name="cpu-cluster"))
    with pytest.raises(ResourceNotFoundError, match="Did you mean cpu-cluster"):
        client.compute.get("cpu-clutser")
    with pytest.raises(ResourceNotFoundError):
        client.compute.get("local")  # a place to run on, and no compute of the workspace
    with pytest.raises(ResourceExistsError):
        client.compute.begin_create_or_update(ComputeInstance(name="cpu-cluster"))
    with pytest.raises(HttpResponseError, match="VmSize 'STANDARD_X1' is not available"):
        client.compute.begin_create_or_update(AmlCompute(name="odd", size="STANDARD_X1"))
    with pytest.raises(HttpResponseError, match="must start with a letter"):
        client.compute.begin_create_or_update(AmlCompute(name="1-cpu"))
    with pytest.raises(HttpResponseError, match="'destroy'"):
        client.compute.begin_delete("cpu-cluster", action="destroy")
    assert client.compute.get("cpu-cluster").name == "cpu-cluster"
    for nothing in ("", "my-own-vm"):
        with pytest.raises(HttpResponseError, match="resource id"):
            client.compute.begin_attach(VirtualMachineCompute(name="vm", resource_id=nothing))
    with pytest.raises(NotOffline, match="list_usage"):
        client.compute.list_usage()


def test_sizes(client: MLClient) -> None:
    sizes = {each.name: each for each in client.compute.list_sizes(compute_type="AmlCompute")}
    assert (sizes["Standard_DS11_v2"].v_cp_us, sizes["Standard_DS11_v2"].memory_gb) == (2, 14)
    assert sizes["Standard_NC6s_v3"].gpus == 1
    assert list(client.compute.list_sizes(compute_type="Databricks")) == []
