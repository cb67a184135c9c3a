"""Updates to many people."""
