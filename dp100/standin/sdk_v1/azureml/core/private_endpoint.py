"""Private endpoints: kept as they were given, as there is no network here."""

from __future__ import annotations

from dp100.standin.engine.errors import NotOffline as _NotOffline


class PrivateEndPoint:
    """A private endpoint of a workspace."""

    def __init__(self, private_endpoint_connection_resource_id=None, private_endpoint_resource_id=None):
        self.private_endpoint_connection_resource_id = private_endpoint_connection_resource_id
        self.private_endpoint_resource_id = private_endpoint_resource_id

    def get_details(self, auth=None):
        """What Azure knows of it."""
        raise _NotOffline("PrivateEndPoint.get_details")

    def delete(self, auth=None):
        """Delete it."""
        raise _NotOffline("PrivateEndPoint.delete")


class PrivateEndPointConfig:
    """How a private endpoint is to be made."""

    def __init__(
        self, name, vnet_name, vnet_subnet_name=None, vnet_subscription_id=None, vnet_resource_group=None
    ):
        self.name = name
        self.vnet_name = vnet_name
        self.vnet_subnet_name = vnet_subnet_name or "default"
        self.vnet_subscription_id = vnet_subscription_id
        self.vnet_resource_group = vnet_resource_group
