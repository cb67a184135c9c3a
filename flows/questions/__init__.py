"""Questions: asking, and the desk where they are answered."""
