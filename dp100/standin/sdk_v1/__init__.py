"""SDK v1: the folder to put on ``sys.path``, in which ``azureml`` is."""
