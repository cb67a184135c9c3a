"""From idea to ending, and the formal decision."""
