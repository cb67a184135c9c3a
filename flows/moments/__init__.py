"""Moments in the neighbourhood: planned by a coordinator, found with a QR code, remembered by who asked for it."""
