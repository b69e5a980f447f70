"""The machine-readable migration profile, and the publisher that turns such a graph into linked data."""
