"""The frame, who does what by when, and whose turn it is."""
