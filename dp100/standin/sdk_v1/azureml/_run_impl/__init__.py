"""What runs are made of."""
