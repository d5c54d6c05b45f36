"""SDK v2: an MLClient whose operations take and give the entities of azure-ai-ml, on a workspace of this machine."""
