"""Notices by e-mail, for who works here without Telegram. Only `server` is read where there is no mail server."""
