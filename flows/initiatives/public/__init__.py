"""What everybody may see, and who watches over that."""
