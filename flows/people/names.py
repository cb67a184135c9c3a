"""What people are called in front of others."""

import re

from storage.people import Person

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def name_of(person: Person) -> str:
    """The name of somebody who works here, as they set it; else their first name."""
    return person.display_name or person.first_name


def first_name_of(person: Person) -> str:
    """How who works here sees a resident: the first word of the channel's name, or all of it if they share that.

    Empty where that has no word in it, such as a name of pictures only.
    """
    if person.shares_name:
        return person.first_name
    found = _WORD.search(person.first_name)
    return found.group() if found else ""
