"""`carry(context, command)`: may they? do it, write the audit line. One command, one function, one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flows import verbs
from flows.context import Context
from flows.initiatives.relations import relations_to
from flows.knowledge.desk_verbs import ArticleCommand
from flows.people import teams
from flows.permissions import MAY, Relation
from flows.questions.relations import relations_to as relations_to_question
from flows.questions.standard.verbs import TeamCommand
from storage.audit import AuditEntry
from storage.cards import Subject
from storage.initiatives import Initiative
from storage.knowledge import Article
from storage.people import Role, RoleGrant
from storage.questions import Question

C = TypeVar("C", bound=verbs.Command)


@dataclass(frozen=True, kw_only=True)
class Done:
    """It happened. The rest is for the audit: codes and numbers, never what somebody wrote."""

    subject: Subject | None = None
    subject_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    shown_once: str | None = None
    """What only the one who asked for it may see, such as a code; it is kept nowhere."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """It didn't; `key` is the text that says why, and what can be done."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    ask_again: str | None = None
    """The question whose answer stands in the way: the conversation goes back to it, with all else kept."""


Outcome = Done | Refused
Handler = Callable[[Context, Any], Awaitable[Outcome]]
_Subject = Question | Initiative | RoleGrant | Article

_HANDLERS: dict[type[verbs.Command], Handler] = {}


def carries(
    kind: type[C],
) -> Callable[[Callable[[Context, C], Awaitable[Outcome]]], Callable[[Context, C], Awaitable[Outcome]]]:
    """Register the function that carries out a kind of command."""

    def register(handler: Callable[[Context, C], Awaitable[Outcome]]) -> Callable[[Context, C], Awaitable[Outcome]]:
        _HANDLERS[kind] = handler
        return handler

    return register


async def carry(context: Context, command: verbs.Command) -> Outcome:
    """Carry out `command` for `context.actor`, in the context's transaction.

    The question or initiative it is about is locked first, so that two people never do the same thing at once.
    """
    found = await _subject(context, command)
    if isinstance(found, Refused):
        return found
    team = command.team if isinstance(command, TeamCommand) else None
    if not await may(context, MAY.get(type(command), frozenset()), found, team=team):
        return Refused(key="common.not_allowed")
    outcome = await _HANDLERS[type(command)](context, command)
    if isinstance(outcome, Done):
        context.session.add(
            AuditEntry(
                at=context.now,
                actor_id=context.actor.id if context.actor else None,
                command=type(command).__name__,
                subject=outcome.subject,
                subject_id=outcome.subject_id,
                details=dict(outcome.details),
            )
        )
        await context.session.flush()
    return outcome


def is_carried(kind: type[verbs.Command]) -> bool:
    """Whether somebody registered for it (the tests ask for all)."""
    return kind in _HANDLERS


async def _subject(context: Context, command: verbs.Command) -> _Subject | Refused | None:
    session = context.session
    subject: _Subject | None
    match command:
        case verbs.QuestionCommand():
            # All that it touches in one order: two who let each other's question go along never wait for each other.
            ids = sorted({command.question_id, *command.also()})
            locked = {
                one: await session.get(Question, one, with_for_update=True, populate_existing=True) for one in ids
            }
            subject = locked[command.question_id]
        case verbs.InitiativeCommand(initiative_id=initiative_id):
            subject = await session.get(Initiative, initiative_id, with_for_update=True, populate_existing=True)
        case ArticleCommand(article_id=article_id):
            subject = await session.get(Article, article_id, with_for_update=True, populate_existing=True)
        case verbs.EndRole(grant_id=grant_id):
            subject = await session.get(RoleGrant, grant_id, with_for_update=True, populate_existing=True)
        case _:
            return None
    return Refused(key="common.gone") if subject is None else subject


async def may(
    context: Context, allowed: Collection[Relation], subject: _Subject | None, *, team: str | None = None
) -> bool:
    """Whether the actor is one of these, to the house, to the subject or to `team`."""
    return not (await _relations(context, subject, team)).isdisjoint(allowed)


async def _relations(context: Context, subject: _Subject | None, team: str | None) -> set[Relation]:
    actor = context.actor
    if actor is None:
        return {Relation.SYSTEM}
    found = {Relation.ANYONE}
    roles = await teams.roles_of(context.session, actor)
    if Role.ADMIN in roles:
        found |= {Relation.ADMIN, Relation.COORDINATOR}
    if Role.COORDINATOR in roles:
        found.add(Relation.COORDINATOR)
    if roles & set(teams.WORKERS):
        found.add(Relation.WORKER)
    if team is not None and await teams.looks_after(context, actor, team):
        found.add(Relation.TEAM)
    match subject:
        case Question():
            found |= await relations_to_question(context, actor, subject)
        case Initiative():
            found |= await relations_to(context, actor, subject)
        case Article() if await teams.looks_after(context, actor, subject.team_code):
            found.add(Relation.TEAM)
        case RoleGrant() if subject.person_id == actor.id:
            found.add(Relation.SELF)
    return found
