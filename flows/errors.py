"""What can go wrong in the rules of the house; each message is one line that says what to do."""


class MunicipalityError(Exception):
    """The municipality's file can't be used; the message names the file, the place in it and the remedy."""


class LessonsError(Exception):
    """A file or feed with lessons can't be used; the message says what is wrong with it and what to do."""


class TableError(Exception):
    """A file with questions or articles can't be used; the message says where, what is wrong and what to do."""
