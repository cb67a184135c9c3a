"""Understanding: which theme a question in one's own words is about, learned from examples, without a network."""
