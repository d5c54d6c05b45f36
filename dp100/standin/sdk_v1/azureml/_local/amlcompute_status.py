"""What a cluster is doing, and its bounds. They belong to :mod:`azureml.core.compute.amlcompute`."""

from __future__ import annotations

from dp100.standin.engine import store as _store


class ScaleSettings:
    """The bounds of a cluster."""

    def __init__(self, minimum_node_count, maximum_node_count, idle_seconds_before_scaledown):
        self.minimum_node_count = minimum_node_count
        self.maximum_node_count = maximum_node_count
        self.idle_seconds_before_scaledown = idle_seconds_before_scaledown

    def serialize(self):
        """A dict with the service's names; the time is an ISO 8601 duration."""
        idle = self.idle_seconds_before_scaledown
        return {
            "minNodeCount": self.minimum_node_count,
            "maxNodeCount": self.maximum_node_count,
            "nodeIdleTimeBeforeScaleDown": f"PT{idle}S" if idle else "",
        }

    @staticmethod
    def deserialize(object_dict):
        """The settings in such a dict."""
        if not object_dict:
            return None
        idle = object_dict["nodeIdleTimeBeforeScaleDown"].removeprefix("PT").removesuffix("S")
        return ScaleSettings(
            object_dict["minNodeCount"], object_dict["maxNodeCount"], int(idle) if idle else None
        )


class AmlComputeNodeStateCounts:
    """How many nodes are in which state."""

    def __init__(
        self,
        idle_node_count,
        leaving_node_count,
        preempted_node_count,
        preparing_node_count,
        running_node_count,
        unusable_node_count,
    ):
        self.idle_node_count = idle_node_count
        self.leaving_node_count = leaving_node_count
        self.preempted_node_count = preempted_node_count
        self.preparing_node_count = preparing_node_count
        self.running_node_count = running_node_count
        self.unusable_node_count = unusable_node_count

    def serialize(self):
        """A dict with the service's names."""
        return {
            "preparingNodeCount": self.preparing_node_count,
            "runningNodeCount": self.running_node_count,
            "idleNodeCount": self.idle_node_count,
            "unusableNodeCount": self.unusable_node_count,
            "leavingNodeCount": self.leaving_node_count,
            "preemptedNodeCount": self.preempted_node_count,
        }

    @staticmethod
    def deserialize(object_dict):
        """The counts in such a dict."""
        if not object_dict:
            return None
        names = ("idle", "leaving", "preempted", "preparing", "running", "unusable")
        return AmlComputeNodeStateCounts(*(object_dict[f"{name}NodeCount"] for name in names))


class AmlComputeStatus:
    """What a cluster is doing."""

    def __init__(
        self,
        allocation_state,
        allocation_state_transition_time,
        creation_time,
        current_node_count,
        errors,
        modified_time,
        node_state_counts,
        provisioning_state,
        provisioning_state_transition_time,
        scale_settings,
        target_node_count,
        vm_priority,
        vm_size,
    ):
        self.allocation_state = allocation_state
        self.allocation_state_transition_time = allocation_state_transition_time
        self.creation_time = creation_time
        self.current_node_count = current_node_count
        self.errors = errors
        self.modified_time = modified_time
        self.node_state_counts = node_state_counts
        self.provisioning_state = provisioning_state
        self.provisioning_state_transition_time = provisioning_state_transition_time
        self.scale_settings = scale_settings
        self.target_node_count = target_node_count
        self.vm_priority = vm_priority
        self.vm_size = vm_size

    def serialize(self):
        """A dict with the service's names."""

        def text(at):
            return at.isoformat() if at else None

        return {
            "currentNodeCount": self.current_node_count,
            "targetNodeCount": self.target_node_count,
            "nodeStateCounts": self.node_state_counts.serialize() if self.node_state_counts else None,
            "allocationState": self.allocation_state,
            "allocationStateTransitionTime": text(self.allocation_state_transition_time),
            "errors": self.errors,
            "creationTime": text(self.creation_time),
            "modifiedTime": text(self.modified_time),
            "provisioningState": self.provisioning_state,
            "provisioningStateTransitionTime": text(self.provisioning_state_transition_time),
            "scaleSettings": self.scale_settings.serialize() if self.scale_settings else None,
            "vmPriority": self.vm_priority,
            "vmSize": self.vm_size,
        }

    @staticmethod
    def deserialize(object_dict):
        """The status in such a dict."""
        if not object_dict:
            return None

        def moment(name):
            return _store.moment(object_dict[name]) if object_dict.get(name) else None

        return AmlComputeStatus(
            object_dict.get("allocationState"),
            moment("allocationStateTransitionTime"),
            moment("creationTime"),
            object_dict.get("currentNodeCount"),
            object_dict.get("errors"),
            moment("modifiedTime"),
            AmlComputeNodeStateCounts.deserialize(object_dict.get("nodeStateCounts")),
            object_dict.get("provisioningState"),
            moment("provisioningStateTransitionTime"),
            ScaleSettings.deserialize(object_dict.get("scaleSettings")),
            object_dict.get("targetNodeCount"),
            object_dict.get("vmPriority"),
            object_dict.get("vmSize"),
        )
