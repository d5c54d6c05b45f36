"""Jobs: real processes with what the service gives them."""
