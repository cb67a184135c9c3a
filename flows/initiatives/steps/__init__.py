"""Small steps, how it goes, and what is stuck."""
