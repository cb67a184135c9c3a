"""Initiatives, from their start to their lesson."""
