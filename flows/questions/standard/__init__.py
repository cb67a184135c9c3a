"""The answers that a team gives often."""
