"""What can be wrong with the texts."""


class CatalogueError(Exception):
    """The texts can't be used; the message is one line that says what to do."""
