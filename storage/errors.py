"""What can go wrong with what is kept, said so that the reader knows what to do."""


class DatabaseError(Exception):
    """The database can't be used: unreadable, unreachable or of another version. The message says what to do."""
