"""What people are called in front of others."""

from storage.people import Person


def name_of(person: Person) -> str:
    """The name of somebody who works here, as they set it; else their first name."""
    return person.display_name or person.first_name
