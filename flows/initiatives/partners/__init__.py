"""Partners, let in by the initiators."""
