"""The account, its resource groups and workspaces, and who may do what in them."""
