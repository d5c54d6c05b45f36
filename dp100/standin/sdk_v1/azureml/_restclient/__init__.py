"""What is left of the service's clients: their exception."""
