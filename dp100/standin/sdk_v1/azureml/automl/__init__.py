"""Names of the real SDK that are not there offline yet."""
