"""What the configurations of compute targets have to say, each with the SDK's words."""

from __future__ import annotations

import re
import string

from azureml.exceptions._azureml_exception import ComputeTargetException

_HOST = ("address", "subscription_id", "resource_group")
_CLUSTER = "/subscriptions/{part}/resourceGroups/{part}/providers/{kind}/{part}"
_AKS, _ARC = "Microsoft.ContainerService/managedClusters", "Microsoft.Kubernetes/connectedClusters"
_SPECIAL = "`~!@#$%^&*()=+_[]{}|;:./'\",<>?"


def check_resource(configuration, name, provider, kind, label=None):
    """Refuse a configuration that names what it attaches neither by id nor by group and name.

    Args:
        name: the attribute with the name, such as ``cluster_name``.
        provider: the first part of the type in an id, such as ``Microsoft.Databricks``.
        kind, label: what the messages call it.
    """
    given = ("resource_group", name)
    if configuration.resource_id:
        _check_id(configuration.resource_id, provider, kind)
        _none_of(configuration, given, "Since resource_id is provided")
    elif any(getattr(configuration, each) for each in given):
        for each in given:
            if not getattr(configuration, each):
                raise ComputeTargetException(f"{each} is not provided.")
    else:
        raise ComputeTargetException(
            f"Please provide resource_group and {name} for the {label or kind} compute resource being attached. Or "
            "please provide resource_id for the resource being attached."
        )


def check_host(configuration, name, provider, kind):
    """Refuse a configuration of a machine that is named in no way, in two ways, or without a user."""
    if not configuration.username:
        raise ComputeTargetException("username is not provided.")
    if configuration.subscription_id and configuration.resource_group and getattr(configuration, name):
        start = f"If subscription_id, resource_group, {name} are provided"
        _none_of(configuration, ("address", "resource_id"), start)
    elif configuration.resource_id:
        _check_id(configuration.resource_id, provider, kind)
        _none_of(configuration, (*_HOST, name), "Since resource_id is provided")
    elif configuration.address:
        _none_of(configuration, (*_HOST[1:], name), "Since address is provided")
    else:
        raise ComputeTargetException(
            f"Please provide subscription_id, resource_group, {name} or provide resource_id or address for {kind} "
            "being attached."
        )


def check_cluster_id(resource_id):
    """Refuse what is the id neither of an AKS cluster nor of one that Azure Arc knows."""
    if not resource_id:
        raise ComputeTargetException("Missing argument: resource_id.")
    if not re.match(
        _CLUSTER.format(part=r"[\w\-_\.]+", kind=f"(?:{_AKS}|{_ARC})"), resource_id, re.IGNORECASE
    ):
        aks, arc = (_CLUSTER.format(part="<>", kind=kind) for kind in (_AKS, _ARC))
        raise ComputeTargetException(
            f"Invalid resource_id provided: {resource_id} \n Does not match\nAKS template: {aks}\n or\n"
            f" ARC template: {arc}"
        )


def check_identity(kind, ids, name):
    """Refuse an identity of no kind, or ids that do not belong to it.

    Args:
        name: the parameter with the ids, ``identity_id`` or ``identity_ids``.
    """
    if kind not in ("UserAssigned", "SystemAssigned"):
        raise ComputeTargetException(
            "Invalid configuration, identity_type must be set to 'UserAssigned' or 'SystemAssigned'."
        )
    if kind == "UserAssigned" and (not isinstance(ids, list) or not ids):
        what = "identities" if name.endswith("s") else "identity"
        raise ComputeTargetException(
            f"Invalid configuration, please pass the {name} of the user assigned {what} as a list "
            "(eg. ['resource_ID1','resourceID2',...])"
        )
    if kind == "SystemAssigned":
        _no_ids(ids, name)


def check_identity_if_any(kind, ids, name):
    """:func:`check_identity` where there is one; refuse ids without one."""
    if kind:
        check_identity(kind, ids, name)
    else:
        _no_ids(ids, name)


def _no_ids(ids, name):
    if ids:
        raise ComputeTargetException(
            f"Invalid configuration, {name} cannot be set when identity type is not user assigned."
        )


def check_password(password):
    """Refuse a password of fewer than three kinds of characters."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, _SPECIAL)
    if sum(bool(set(password) & set(kind)) for kind in kinds) < 3:
        raise ComputeTargetException(
            "Invalid admin user password provided. The admin user password must have 3 of the following: 1 lowercase "
            f"character, 1 uppercase character, 1 number, and 1 special character {_SPECIAL}"
        )


def check_certificate(configuration):
    """Refuse a certificate that is named in part, or beside a domain of the service's."""
    parts = (configuration.ssl_cname, configuration.ssl_cert_pem_file, configuration.ssl_key_pem_file)
    if not any(parts):
        return
    if not all(parts):
        raise ComputeTargetException(
            "Invalid configuration, not all ssl information provided. To enable SSL validation please provide the "
            "cname, cert pem file, and key pem file."
        )
    if configuration.leaf_domain_label:
        raise ComputeTargetException(
            "Invalid configuration. When cname, cert pem file, and key pem file is provided, leaf domain label should "
            "not be provided."
        )
    if configuration.overwrite_existing_domain:
        raise ComputeTargetException(
            "Invalid configuration. Overwrite existing domain only applies to leaf domain label. When cname, cert pem "
            "file, and key pem file is provided, Overwrite existing domain should not be provided."
        )


def check_load_balancer(configuration):
    """Refuse a load balancer of no kind, or a subnet for one that has none."""
    kind = configuration.load_balancer_type
    if kind and kind not in ("InternalLoadBalancer", "PublicIp"):
        raise ComputeTargetException(
            'Invalid configuration. Load balancer type should be either "PublicIp" or "InternalLoadBalancer".'
        )
    if configuration.load_balancer_subnet and kind != "InternalLoadBalancer":
        raise ComputeTargetException(
            "Invalid configuration, load balancer subnet can be changed from default when load balancer type is "
            '"InternalLoadBalancer".'
        )


def _check_id(resource_id, provider, kind):
    parts = resource_id.split("/")
    if len(parts) != 9:
        raise ComputeTargetException(f"Invalid resource_id provided: {resource_id}")
    if parts[6] != provider:
        raise ComputeTargetException(
            f"Invalid resource_id provided, resource type {parts[6]} does not match for {kind}"
        )


def _none_of(configuration, names, start):
    for name in names:
        if getattr(configuration, name):
            raise ComputeTargetException(f"{start}, please do not provide {name}.")
