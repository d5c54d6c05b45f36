"""Azure Kubernetes Service clusters, to which web services are deployed."""

from __future__ import annotations

from collections.abc import Callable

from azureml._local.attaching import check_certificate as _check_certificate
from azureml._local.attaching import check_load_balancer as _check_load_balancer
from azureml._local.attaching import check_resource as _check_resource
from azureml._local.later import absent as _absent
from azureml.core.compute.compute import (
    ComputeTarget,
    ComputeTargetAttachConfiguration,
    ComputeTargetProvisioningConfiguration,
)
from azureml.exceptions._azureml_exception import ComputeTargetException

AksUpdateConfiguration, SslConfiguration, SystemService = _absent(
    __name__, "AksUpdateConfiguration", "SslConfiguration", "SystemService"
)

_SSL = (
    "ssl_cname",
    "ssl_cert_pem_file",
    "ssl_key_pem_file",
    "leaf_domain_label",
    "overwrite_existing_domain",
)
_NETWORK = (
    "vnet_name",
    "vnet_resourcegroup_name",
    "subnet_name",
    "service_cidr",
    "dns_service_ip",
    "docker_bridge_cidr",
)


class AksCompute(ComputeTarget):
    """A Kubernetes cluster, made for the workspace or attached to it."""

    _compute_type = "AKS"
    agent_count: object
    cluster_fqdn: object
    cluster_purpose: object
    load_balancer_subnet: object
    load_balancer_type: object
    ssl_configuration: object
    system_services: object

    class ClusterPurpose:
        """What a cluster is for."""

        FAST_PROD = "FastProd"
        DEV_TEST = "DevTest"

    def _show(self, held):
        self.agent_vm_size = held.size or held.properties.get("agent_vm_size")
        self.is_attached = bool(held.properties.get("resource_id") or held.properties.get("cluster_name"))

    @staticmethod
    def attach(workspace, name, resource_id):
        """Replaced by :meth:`ComputeTarget.attach`."""
        raise ComputeTargetException(
            "This method is DEPRECATED. Please use AksCompute.attach_configuration and ComputeTarget.attach."
        )

    @staticmethod
    def attach_configuration(
        resource_group=None,
        cluster_name=None,
        resource_id=None,
        cluster_purpose=None,
        load_balancer_type=None,
        load_balancer_subnet=None,
    ):
        """What is to be attached: by resource group and name, or by ARM id."""
        made = AksAttachConfiguration(
            resource_group,
            cluster_name,
            resource_id,
            cluster_purpose,
            load_balancer_type,
            load_balancer_subnet,
        )
        made.validate_configuration()
        return made

    @staticmethod
    def provisioning_configuration(
        agent_count=None,
        vm_size=None,
        ssl_cname=None,
        ssl_cert_pem_file=None,
        ssl_key_pem_file=None,
        location=None,
        vnet_resourcegroup_name=None,
        vnet_name=None,
        subnet_name=None,
        service_cidr=None,
        dns_service_ip=None,
        docker_bridge_cidr=None,
        cluster_purpose=None,
        load_balancer_type=None,
        load_balancer_subnet=None,
    ):
        """How a cluster is to be made: three agents of Standard_D3_v2 by default."""
        made = AksProvisioningConfiguration(
            agent_count,
            vm_size,
            ssl_cname,
            ssl_cert_pem_file,
            ssl_key_pem_file,
            location,
            vnet_resourcegroup_name,
            vnet_name,
            subnet_name,
            service_cidr,
            dns_service_ip,
            docker_bridge_cidr,
            cluster_purpose,
            load_balancer_type,
            load_balancer_subnet,
        )
        made.validate_configuration()
        return made

    def detach(self):
        """Take the cluster out of the workspace."""
        self.delete()

    def get_credentials(self):
        """How to reach the cluster; there is none offline."""
        from dp100.standin.engine.errors import NotOffline

        raise NotOffline("AksCompute.get_credentials")

    def update(self, update_configuration):
        """Change the cluster's certificate or load balancer."""
        from dp100.standin.engine.errors import NotOffline

        raise NotOffline("AksCompute.update")


class _WithSsl:
    """A configuration that may name a certificate."""

    validate_configuration: Callable[[], None]
    ssl_cname: str | None
    ssl_cert_pem_file: str | None
    ssl_key_pem_file: str | None
    leaf_domain_label: str | None
    overwrite_existing_domain: bool

    def enable_ssl(
        self,
        ssl_cname=None,
        ssl_cert_pem_file=None,
        ssl_key_pem_file=None,
        leaf_domain_label=None,
        overwrite_existing_domain=False,
    ):
        """Have the services of the cluster speak HTTPS."""
        self.ssl_cname = ssl_cname or self.ssl_cname
        self.ssl_cert_pem_file = ssl_cert_pem_file or self.ssl_cert_pem_file
        self.ssl_key_pem_file = ssl_key_pem_file or self.ssl_key_pem_file
        self.leaf_domain_label = leaf_domain_label or self.leaf_domain_label
        self.overwrite_existing_domain = overwrite_existing_domain or self.overwrite_existing_domain
        self.validate_configuration()
        return self


class AksAttachConfiguration(_WithSsl, ComputeTargetAttachConfiguration):
    """A cluster to be attached."""

    def __init__(
        self,
        resource_group=None,
        cluster_name=None,
        resource_id=None,
        cluster_purpose=None,
        load_balancer_type=None,
        load_balancer_subnet=None,
    ):
        super().__init__(AksCompute)
        self.resource_group = resource_group
        self.cluster_name = cluster_name
        self.resource_id = resource_id
        self.cluster_purpose = cluster_purpose
        self.load_balancer_type = load_balancer_type
        self.load_balancer_subnet = load_balancer_subnet
        for name in _SSL:
            setattr(self, name, None)
        self.overwrite_existing_domain = False

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""
        _check_resource(self, "cluster_name", "Microsoft.ContainerService", "AKS")
        _check_certificate(self)
        _check_load_balancer(self)


class AksProvisioningConfiguration(_WithSsl, ComputeTargetProvisioningConfiguration):
    """How a cluster is to be made."""

    def __init__(
        self,
        agent_count,
        vm_size,
        ssl_cname,
        ssl_cert_pem_file,
        ssl_key_pem_file,
        location,
        vnet_resourcegroup_name,
        vnet_name,
        subnet_name,
        service_cidr,
        dns_service_ip,
        docker_bridge_cidr,
        cluster_purpose,
        load_balancer_type,
        load_balancer_subnet,
    ):
        super().__init__(AksCompute, location)
        self.agent_count = agent_count
        self.vm_size = vm_size
        self.ssl_cname = ssl_cname
        self.ssl_cert_pem_file = ssl_cert_pem_file
        self.ssl_key_pem_file = ssl_key_pem_file
        self.vnet_resourcegroup_name = vnet_resourcegroup_name
        self.vnet_name = vnet_name
        self.subnet_name = subnet_name
        self.service_cidr = service_cidr
        self.dns_service_ip = dns_service_ip
        self.docker_bridge_cidr = docker_bridge_cidr
        self.cluster_purpose = cluster_purpose
        self.load_balancer_type = load_balancer_type
        self.load_balancer_subnet = load_balancer_subnet
        self.leaf_domain_label = None
        self.overwrite_existing_domain = False

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""
        if self.agent_count and self.agent_count <= 0:
            raise ComputeTargetException("Invalid configuration, agent count must be a positive integer.")
        _check_certificate(self)
        network = [getattr(self, name) for name in _NETWORK]
        if any(network) and not all(network):
            raise ComputeTargetException(
                "Invalid configuration, not all virtual net information provided. To use a custom virtual net with "
                "aks, please provide vnet name, vnet resource group, subnet name, service cidr, dns service ip and "
                "docker bridge cidr"
            )

    def _engine(self):
        held = {
            name: value
            for name, value in vars(self).items()
            if not name.startswith("_") and name not in ("vm_size", "location", *_SSL) and value is not None
        }
        return {
            **held,
            "agent_count": self.agent_count or 3,
            "agent_vm_size": self.vm_size or "Standard_D3_v2",
            "location": self.location,
        }
