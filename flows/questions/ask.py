"""A resident asks a question in their own words."""

from __future__ import annotations

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import act, go, replies_to
from flows.menu import send_menu
from flows.people.teams import looks_after
from flows.questions import cards
from flows.questions.desk import begin_answer
from flows.questions.handling import taken
from flows.talk import dialogue
from flows.talk.answers import Refused as NotAnAnswer
from flows.talk.answers import Skippable
from flows.talk.ask import Ask
from flows.talk.incoming import Content, Text
from flows.talk.message import Message
from flows.talk.own_words import OwnWords, Words, piece_of, words_of
from flows.talk.places import DistrictAnswer, ThemeAnswer
from flows.talk.replay import conversation
from flows.verbs import AskOn, AskQuestion
from storage.cards import Card, Subject
from storage.questions import MessageKind, Question, QuestionMessage
from storage.references import next_reference

SMALL_TALK = 15
"""Characters: "hallo", "dank je wel" and the like are no question for the municipality."""


async def home_district(context: Context) -> str | None:
    """Where the actor lives, if they said so."""
    return context.me.district_code


@conversation("question.ask", command="vraag")
async def ask_question(ask: Ask) -> AskQuestion:
    """What do you want to know, what is it about, and where."""
    words = await ask("words", OwnWords(offered=ask.has("offered")))
    theme = await ask("theme", Skippable(ThemeAnswer()))
    home = await ask.once("home", home_district)
    district = await ask("district", Skippable(DistrictAnswer()), default=home)
    await ask.review()
    return AskQuestion(words=words, theme=theme, district=district)


async def offer(context: Context, content: Content) -> None:
    """Somebody wrote outside any conversation: offer to make a question of it, with their words kept."""
    piece = piece_of(content)
    if isinstance(piece, NotAnAnswer):
        await context.refuse(piece)
    elif isinstance(content, Text) and len(content.text) <= SMALL_TALK and "?" not in content.text:
        await send_menu(context, "menu.or_type")
    else:
        await dialogue.start(context, "question.ask", {"offered": True}, drafts={"words": [piece]})


@carries(AskQuestion)
async def carry_ask(context: Context, command: AskQuestion) -> Outcome:
    """The question gets a reference, a team, a term, and a card for everybody in the team."""
    municipality = context.house.municipality
    team = municipality.route(command.theme, command.district)
    question = Question(
        reference=await next_reference(context.session, "V", context.around.today.year),
        asker_id=context.me.id or 0,
        theme_code=command.theme,
        district_code=command.district,
        team_code=team.code,
        due_at=municipality.due(context.now, municipality.answer_days_for(command.theme)),
        created_at=context.now,
    )
    context.session.add(question)
    await context.session.flush()
    for words in command.words:
        await add_message(context, question, MessageKind.QUESTION, words)
    await context.send(
        context.me,
        Message(
            text=context.text("question.asked", reference=question.reference, team=team.name, due=question.due_at),
            buttons=(
                (act(context.around.plain("question.buttons.add"), "q-ask_on", question.id or 0),),
                (go(context.around.plain("menu.buttons.mijn"), "mijn"),),
            ),
        ),
        about=(Subject.QUESTION, question.id or 0),
    )
    await cards.refresh(context, question)
    return Done(subject=Subject.QUESTION, subject_id=question.id, details={"team": team.code})


async def add_message(context: Context, question: Question, kind: MessageKind, words: Words) -> QuestionMessage:
    """Keep what the actor said in a question."""
    message = QuestionMessage(
        question_id=question.id or 0,
        author_id=context.me.id or 0,
        kind=kind,
        text=words.text,
        photo=words.photo,
        voice=words.voice,
        latitude=words.latitude,
        longitude=words.longitude,
        created_at=context.now,
    )
    context.session.add(message)
    await context.session.flush()
    return message


@replies_to(Subject.QUESTION)
async def reply(context: Context, card: Card, content: Content) -> None:
    """A reply to a message about a question: the desk answers, the asker asks on."""
    question = await context.session.get_one(Question, card.subject_id)
    at_desk = await looks_after(context, context.me, question.team_code)
    if at_desk and (card.live or question.asker_id != context.me.id):
        if (refused := await taken(context, question)) is not None:
            await context.refuse(refused)
        else:
            await begin_answer(context, question, content)
        return
    piece = piece_of(content)
    if isinstance(piece, NotAnAnswer):
        await context.refuse(piece)
        return
    outcome = await carry(context, AskOn(question_id=card.subject_id, words=words_of([piece])))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
