"""The texts of the house, read once for all tests of a process."""

from functools import cache

from locales.catalogue import Catalogue


@cache
def texts() -> Catalogue:
    """The package's own."""
    return Catalogue.load()
