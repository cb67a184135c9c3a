"""A team that works in a group: cards, topics, and what is done there."""
