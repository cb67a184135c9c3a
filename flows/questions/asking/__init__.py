"""A resident asks: in their own words, understood, or shown the way."""
