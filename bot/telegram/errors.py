"""What can go wrong between Telegram and us; each message is one line that says what to do."""


class TokenError(Exception):
    """Telegram doesn't know the token; the message says how to get the right one."""


class OutageError(Exception):
    """The database is away: the update was not carried out and must not be acknowledged."""
