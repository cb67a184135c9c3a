"""What happens to a question by itself, and what waits."""
