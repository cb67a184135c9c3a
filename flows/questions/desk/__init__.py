"""Where questions are answered: the cards, and what can be done with them."""
