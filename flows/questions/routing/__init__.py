"""Which team gets a question, by which rule, and who of the team."""
