"""Others like yours, and looking through all of them."""
