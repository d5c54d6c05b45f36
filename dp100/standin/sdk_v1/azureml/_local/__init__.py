"""What the modules of the façade share; nothing of it is in the real SDK."""
