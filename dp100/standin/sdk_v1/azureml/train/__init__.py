"""Training: estimators, hyperparameter tuning, automated machine learning."""
