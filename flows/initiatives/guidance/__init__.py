"""The guide and the deputy."""
