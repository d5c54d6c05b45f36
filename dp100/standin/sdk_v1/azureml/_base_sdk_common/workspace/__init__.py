"""Types of the workspace's interface."""
