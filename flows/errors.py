"""What can go wrong in the rules of the house; each message is one line that says what to do."""


class MunicipalityError(Exception):
    """The municipality's file can't be used; the message names the file, the place in it and the remedy."""
