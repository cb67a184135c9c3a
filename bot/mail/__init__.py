"""Notices by e-mail, for who works here without Telegram. Loaded only where there is a server for it."""
