"""What was learned, here and elsewhere."""
