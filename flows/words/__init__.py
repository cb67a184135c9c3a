"""Which words a text has, whatever form they are in, and how alike two texts are by them."""
