"""After the answer: whether it helped, and how questions go."""
