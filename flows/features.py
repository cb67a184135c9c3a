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
    "flows.initiatives.helping",
    "flows.initiatives.introducing",
    "flows.initiatives.passing_on",
    "flows.initiatives.following",
    "flows.initiatives.supporting",
    "flows.initiatives.inviting",
    "flows.initiatives.handing_over",
    "flows.initiatives.people",
    "flows.initiatives.browse",
    "flows.initiatives.turns",
    "flows.initiatives.frame",
    "flows.initiatives.frame_talk",
    "flows.initiatives.agreements",
    "flows.initiatives.agreement_watch",
    "flows.initiatives.agreement_desk",
    "flows.initiatives.lifecycle",
    "flows.initiatives.merging",
    "flows.initiatives.taking_on",
    "flows.initiatives.decision",
    "flows.initiatives.lessons",
    "flows.initiatives.learning",
    "flows.initiatives.step_card",
    "flows.initiatives.step_desk",
    "flows.initiatives.step_doing",
    "flows.initiatives.step_watch",
    "flows.initiatives.rhythm",
    "flows.initiatives.stuck",
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
