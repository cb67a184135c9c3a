"""Every button there is: with what it is pressed, and who gets anywhere with it. All others are refused."""

from dataclasses import dataclass

from tests.flows.pressing.people import ENDED, GRANTS, HIDDEN, LED_BY_NOBODY, ON_PAPER, STATES, THERE, Who

EVERYBODY = frozenset(Who)
"""What it shows is public or their own, and so is what it changes."""
WORKERS = frozenset(GRANTS) - {Who.COORDINATOR}
AT_WORK = frozenset(GRANTS)
COORDINATOR = frozenset({Who.COORDINATOR})
ASSIGNEE = frozenset({Who.ASSIGNEE})
TEAM = ASSIGNEE | {Who.COLLEAGUE, Who.ABSENT}
ASKER = frozenset({Who.ASKER})
READER = frozenset({Who.READER})
INITIATOR = frozenset({Who.INITIATOR})
HELPER = frozenset({Who.HELPER})
DOERS = INITIATOR | HELPER
BOTH_SIDES = INITIATOR | ASSIGNEE
INSIDERS = INITIATOR | TEAM | COORDINATOR
HEARERS = HELPER | {Who.FOLLOWER, Who.SUPPORTER}
INVITED = frozenset({Who.INVITED})
PARTNER = frozenset({Who.PARTNER})

SAYS_IT_IN_THE_NOTE = frozenset({"q-why", "preview", "i-preview", "find-at"})
"""What is shown stands in the note over the button."""
SHOWS_TO_OTHERS = frozenset({"i-show"})
"""Whoever should have a card and has none gets one along with it."""


@dataclass(frozen=True)
class Button:
    """What it is pressed with in turn, and who gets somewhere with at least one of those."""

    may: frozenset[Who]
    arguments: tuple[str, ...]

    @property
    def is_bare(self) -> bool:
        """It needs to carry nothing: what is forged in it does no more than that."""
        return "" in self.arguments


def _rows(may: frozenset[Who], names: str, *arguments: str | int, prefix: str = "") -> dict[str, Button]:
    return {f"{prefix}{name}": Button(may=may, arguments=tuple(map(str, arguments)) or ("",)) for name in names.split()}


QUESTIONS = range(1, len(STATES) + 1)

BUTTONS: dict[str, Button] = (
    # Questions: each is pressed in every state.
    _rows(TEAM, "claim accept answer answer_more transfer more merge colleague", *QUESTIONS, prefix="q-")
    | _rows(TEAM, "close ask_back new_date return theme split", *QUESTIONS, prefix="q-")
    | _rows(ASSIGNEE, "release correct unmerge snooze", *QUESTIONS, prefix="q-")
    | _rows(TEAM, "again", 1, prefix="q-")
    | _rows(TEAM | COORDINATOR, "assign", *QUESTIONS, prefix="q-")
    | _rows(TEAM | {Who.THINKER}, "note", *QUESTIONS, prefix="q-")
    | _rows(TEAM | {Who.THINKER} | READER | COORDINATOR, "show", *QUESTIONS, prefix="q-")
    | _rows(TEAM | {Who.THINKER} | COORDINATOR, "why", *QUESTIONS, prefix="q-")
    | _rows(READER, "read approve send_back", *QUESTIONS, prefix="q-")
    | _rows(ASKER, "mine thanks ask_on reopen partly", *QUESTIONS, prefix="q-")
    | _rows(COORDINATOR, "figures", "theme-30-", prefix="q-")
    | _rows(TEAM | COORDINATOR, "k-from", *QUESTIONS)
    # Articles, standard answers, rules, groups, people
    | _rows(AT_WORK, "k-show", 1)
    | _rows(AT_WORK, "k-team", "buitenruimte.0")
    | _rows(AT_WORK, "k-look k-missing")
    | _rows(AT_WORK, "k-new", "", 1)
    | _rows(TEAM | COORDINATOR, "k-change k-retire", 1)
    | _rows(TEAM | COORDINATOR, "k-check", "1.6")
    | _rows(AT_WORK, "s-new")
    | _rows(TEAM, "s-pick s-change s-drop", 1)
    | _rows(ASSIGNEE, "s-use", 1)
    | _rows(TEAM, "s-fill", *(f"1-{number}" for number in QUESTIONS))
    | _rows(COORDINATOR, "rule-add")
    | _rows(COORDINATOR, "rule-drop", 1)
    | _rows(COORDINATOR, "rule-down", 1)
    | _rows(COORDINATOR, "rule-up", 2)
    | _rows(COORDINATOR, "group-code", "buitenruimte")
    | _rows(COORDINATOR, "team-group team-invite team-by_email team-remove team-withdraw team-absent team-back")
    | _rows(ASSIGNEE, "role-end", 1)
    | _rows(WORKERS, "absence")
    | _rows(frozenset({Who.ABSENT}), "absence-end")
    # One's own settings
    | _rows(EVERYBODY, "settings themes district name stop-updates start-updates preview")
    | _rows(EVERYBODY, "language", "en")
    | _rows(EVERYBODY, "updates", "off")
    | _rows(EVERYBODY, "share-name", "whole")
    | _rows(EVERYBODY, "theme", "groen")
    # Finding initiatives, lessons and moments
    | _rows(EVERYBODY, "find-ways find-words i-others i-preview")
    | _rows(EVERYBODY, "find", "0a")
    | _rows(EVERYBODY, "find-at", "1-3")
    | _rows(EVERYBODY, "find-on", "t")
    | _rows(EVERYBODY, "lessons", 0)
    | _rows(EVERYBODY, "i-learned", LED_BY_NOBODY)
    | _rows(COORDINATOR, "lesson-gone", 1)
    | _rows(EVERYBODY, "mo-see mo-remind", 1)
    | _rows(COORDINATOR, "mo-open mo-cancel", 1)
    | _rows(COORDINATOR, "mo-plan mod-waiting")
    | _rows(AT_WORK, "paper")
    # Initiatives: for everybody
    | _rows(EVERYBODY, "open more less route", 1, prefix="i-")
    | _rows(EVERYBODY - INITIATOR, "help", 1, prefix="i-")
    | _rows(EVERYBODY - INITIATOR - {Who.FOLLOWER}, "follow", 1, prefix="i-")
    | _rows(EVERYBODY - INITIATOR - {Who.SUPPORTER}, "support", 1, prefix="i-")
    | _rows(EVERYBODY - {Who.FOLLOWER}, "report", 1, prefix="i-")
    # … for who takes part
    | _rows(HEARERS, "hear hush hearing", 1, prefix="i-")
    | _rows(frozenset({Who.FOLLOWER}), "unfollow", 1, prefix="i-")
    | _rows(frozenset({Who.SUPPORTER}), "unsupport", 1, prefix="i-")
    | _rows(HELPER, "unhelp myname lead", 1, prefix="i-")
    | _rows(HELPER | {Who.FOLLOWER}, "take notake", LED_BY_NOBODY, prefix="i-")
    | _rows(DOERS, "steps", 1, prefix="i-")
    | _rows(DOERS, "step-open step-done step-move step-take", "1-1", prefix="i-")
    | _rows(DOERS, "steps-page", "1-0", prefix="i-")
    | _rows(HELPER, "step-return", "1-2", prefix="i-")
    # … for who leads
    | _rows(INITIATOR, "finish stop leave hand invite many people public merge", 1, prefix="i-")
    | _rows(INITIATOR, "fr-ask rarer rhythm well stuck reply step-plan takeon_yes takeon_no", 1, prefix="i-")
    | _rows(INITIATOR, "confirm decline step-drop fr-yes", "1-1", prefix="i-")
    | _rows(INITIATOR, "helper names", "1-2", prefix="i-")
    | _rows(INITIATOR, "merge_yes merge_no", f"1-{THERE}", prefix="i-")
    | _rows(INITIATOR, "rhythm-set", "1-weekly", prefix="i-")
    | _rows(INITIATOR, "p-yes p-no", "1-3", prefix="i-")
    | _rows(INITIATOR, "ag-move_yes ag-move_no", "1-4", prefix="i-")
    | _rows(INITIATOR, "ag-broken", "1-5", prefix="i-")
    | _rows(INITIATOR, "lesson lesson_no", ENDED, prefix="i-")
    | _rows(INITIATOR, "objection", HIDDEN, prefix="i-")
    | _rows(INITIATOR, "appeal", ON_PAPER, prefix="i-")
    # … for both sides
    | _rows(BOTH_SIDES, "ag-new partners", 1, prefix="i-")
    | _rows(BOTH_SIDES, "ag-yes ag-no", "1-1", "1-2", prefix="i-")
    | _rows(BOTH_SIDES, "ag-kept ag-move", "1-3", "1-4", prefix="i-")
    | _rows(BOTH_SIDES, "p-write", "1-1", prefix="i-")
    | _rows(BOTH_SIDES, "decision", HIDDEN, prefix="i-")
    | _rows(INSIDERS, "agreements frame", 1, prefix="i-")
    # … for who guides it and their team
    | _rows(ASSIGNEE, "fr-write decide write paper takeon", 1, prefix="i-")
    | _rows(ASSIGNEE, "begin p-propose", THERE, prefix="i-")
    | _rows(frozenset({Who.COLLEAGUE}), "guide", 1, prefix="i-")
    | _rows(TEAM, "show", 1, prefix="i-")
    | _rows(TEAM, "paper-code", ON_PAPER, prefix="i-")
    # … for partners and coordinators
    | _rows(INVITED | PARTNER, "p-own", 1, prefix="i-")
    | _rows(INVITED, "p-join p-decline", "1-1", prefix="i-")
    | _rows(PARTNER, "p-say p-stop", "1-2", prefix="i-")
    | _rows(COORDINATOR, "mod-hide mod-keep", "1-1", prefix="i-")
    | _rows(COORDINATOR, "mod-grant mod-refuse", f"{HIDDEN}-2", prefix="i-")
    | _rows(COORDINATOR, "mod-show", HIDDEN, prefix="i-")
    | _rows(COORDINATOR, "mod-reports", 1, prefix="i-")
)
