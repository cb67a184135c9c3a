"""All features of the house: importing them registers their conversations, commands and buttons."""

from importlib import import_module

FEATURES = (
    "flows.talk.reminder",
    "flows.housekeeping",
    "flows.people.welcome",
    "flows.people.settings",
    "flows.people.information",
    "flows.people.invitations",
    "flows.people.members",
    "flows.people.overview",
    "flows.initiatives.start",
    "flows.initiatives.guide",
    "flows.initiatives.board",
    "flows.initiatives.browse",
    "flows.initiatives.turns",
    "flows.initiatives.frame",
    "flows.initiatives.agreements",
    "flows.initiatives.agreement_watch",
    "flows.initiatives.agreement_desk",
    "flows.initiatives.lessons",
    "flows.questions.ask",
    "flows.questions.desk",
    "flows.questions.handling",
    "flows.questions.after",
    "flows.people.work",
    "flows.broadcasts.compose",
    "flows.broadcasts.delivery",
)


def load() -> None:
    """Import them all."""
    for name in FEATURES:
        import_module(name)
