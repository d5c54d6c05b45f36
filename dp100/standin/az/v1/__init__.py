"""The commands of `az ml` that the retired extension azure-cli-ml (v1) had, over the engine alone."""
