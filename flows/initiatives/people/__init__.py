"""Who takes part, how they came to, and what they say to each other."""
