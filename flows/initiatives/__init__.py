"""Initiatives: how residents start them, and who guides."""
