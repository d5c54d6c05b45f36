"""The command line of Azure, as far as the course needs it: `az`, over the SDK and the engine."""
