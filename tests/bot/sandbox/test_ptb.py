"""python-telegram-bot's own Bot, over its own transport, gets along with every method of the sandbox."""

import importlib.util
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import telegram.request
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ChatMemberBanned,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.request import BaseRequest

from bot.sandbox import Account, Sandbox, Upload
from bot.sandbox.methods import METHODS
from tests.bot.sandbox.pictures import png

CHAT = 5_000_000_001

KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Ja", callback_data="yes"),
            InlineKeyboardButton("Meer", url="https://example.org"),
        ]
    ]
)


def over_httpx() -> BaseRequest:
    """PTB's own transport, which `bot.lean` keeps out of the house."""
    file = Path(telegram.request.__file__).with_name("_httpxrequest.py")
    spec = importlib.util.spec_from_file_location("ptb_over_httpx", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    request = module.HTTPXRequest()
    assert isinstance(request, BaseRequest)
    return request


@pytest.fixture
async def bot(sandbox: Sandbox, resident: Account, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else PTB warns of how it will give times one day
    base = f"{sandbox.url}/bot"
    async with Bot(
        sandbox.token,
        base_url=base,
        base_file_url=f"{sandbox.url}/file/bot",
        request=over_httpx(),
        get_updates_request=over_httpx(),
    ) as bot:
        yield bot


async def test_texts_are_sent_edited_and_deleted(bot: Bot, sandbox: Sandbox) -> None:
    first = await bot.send_message(
        CHAT,
        "<b>Hoi</b> 😀 <i>Fatma</i>",
        parse_mode=ParseMode.HTML,
        reply_markup=KEYBOARD,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
    )
    second = await bot.send_message(
        CHAT, "Antwoord", reply_parameters=ReplyParameters(first.message_id), protect_content=True
    )

    assert first.text_html == "<b>Hoi</b> 😀 <i>Fatma</i>"
    assert first.reply_markup == KEYBOARD
    assert second.reply_to_message is not None
    assert second.reply_to_message.message_id == first.message_id
    edited = await bot.edit_message_text("Dag", CHAT, first.message_id, reply_markup=KEYBOARD)
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup) == ("Dag", KEYBOARD)
    bare = await bot.edit_message_reply_markup(CHAT, first.message_id)
    assert not isinstance(bare, bool)
    assert bare.reply_markup is None
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("Dag", CHAT, first.message_id)
    assert await bot.delete_message(CHAT, first.message_id)
    assert await bot.delete_messages(CHAT, [second.message_id, 999])
    assert list(sandbox.world.messages[CHAT]) == [1]


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        (ReplyKeyboardMarkup([[KeyboardButton("Hier", request_location=True)]], resize_keyboard=True), True),
        (ReplyKeyboardRemove(), False),
        (ForceReply(input_field_placeholder="Je antwoord"), False),
    ],
)
async def test_reply_keyboards(bot: Bot, resident: Account, markup: Any, kept: bool) -> None:
    await bot.send_message(CHAT, "Waar?", reply_markup=markup)

    assert resident.reply_keyboard == (markup.to_dict() if kept else None)


async def test_media_are_sent_reused_and_downloaded(bot: Bot) -> None:
    picture = png(400, 300)

    photo = await bot.send_photo(CHAT, picture, caption="<b>Kijk</b>", parse_mode="HTML", has_spoiler=True)
    voice = await bot.send_voice(CHAT, b"OggS voice", duration=3)
    document = await bot.send_document(CHAT, b"plan", filename="plan.txt")
    place = await bot.send_location(CHAT, 52.1, 5.1)
    again = await bot.send_photo(CHAT, photo.photo[-1].file_id, reply_markup=KEYBOARD)

    assert (photo.caption_html, len(photo.photo), photo.has_media_spoiler) == ("<b>Kijk</b>", 2, True)
    assert voice.voice is not None
    assert voice.voice.file_size == 10
    assert document.document is not None
    assert document.document.file_name == "plan.txt"
    assert place.location is not None
    assert place.location.latitude == 52.1
    assert again.photo == photo.photo
    file = await bot.get_file(photo.photo[-1].file_id)
    assert await file.download_as_bytearray() == picture
    edited = await bot.edit_message_caption(CHAT, photo.message_id, caption="Anders")
    assert not isinstance(edited, bool)
    assert (edited.caption, edited.photo) == ("Anders", photo.photo)
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type Photo as Voice"):
        await bot.send_voice(CHAT, photo.photo[-1].file_id)
    with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
        await bot.send_photo(CHAT, b"geen plaatje")
    with pytest.raises(BadRequest, match=r"(?i)there is no text in the message to edit"):
        await bot.edit_message_text("x", CHAT, photo.message_id)
    with pytest.raises(BadRequest, match=r"(?i)there is no caption in the message to edit"):
        await bot.edit_message_caption(CHAT, place.message_id, caption="x")


async def test_messages_are_copied_and_forwarded(bot: Bot, sandbox: Sandbox) -> None:
    other = sandbox.add_account(9, "Bram")
    sandbox.client.send_text(other.id, "/start")
    picture = Upload(png(4, 4), "a.png", "image/png")
    sent = sandbox.client.send_file(other.id, "photo", picture, caption="Kijk")

    copy = await bot.copy_message(CHAT, other.id, sent["message_id"])
    renamed = await bot.copy_message(CHAT, other.id, sent["message_id"], caption="Van Bram")
    forwarded = await bot.forward_message(CHAT, other.id, sent["message_id"])

    copied = sandbox.world.messages[CHAT]
    assert copied[copy.message_id]["caption"] == "Kijk"
    assert copied[renamed.message_id]["caption"] == "Van Bram"
    assert "forward_origin" not in copied[copy.message_id]
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.to_dict()["sender_user"]["first_name"] == "Bram"


async def test_updates_of_every_kind_are_understood(bot: Bot, sandbox: Sandbox) -> None:
    client = sandbox.client
    asked = await bot.send_message(CHAT, "Doen?", reply_markup=KEYBOARD)
    await bot.send_chat_action(CHAT, ChatAction.TYPING)
    written = client.send_text(CHAT, "Hoi", reply_to_message_id=asked.message_id)
    client.edit(CHAT, written["message_id"], "Hallo")
    client.send_location(CHAT, 52, 5)
    client.send_sticker(CHAT, "👍")
    client.send_contact(CHAT, {})
    client.press(CHAT, asked.message_id, "yes")
    client.block(CHAT, True)
    client.queue_update({"hologram": {"beam": 1}})

    updates = await bot.get_updates(timeout=1, allowed_updates=["message", "callback_query"])

    text, edit, place, sticker, contact, press, left, unknown = updates
    assert text.message is not None
    assert text.message.reply_to_message is not None
    assert edit.edited_message is not None
    assert edit.edited_message.text == "Hallo"
    assert edit.edited_message.edit_date is not None
    assert place.message is not None
    assert place.message.location is not None
    assert sticker.message is not None
    assert sticker.message.sticker is not None
    assert contact.message is not None
    assert contact.message.contact is not None
    assert press.callback_query is not None
    assert await press.callback_query.answer("Mooi", show_alert=True)
    assert left.my_chat_member is not None
    assert isinstance(left.my_chat_member.new_chat_member, ChatMemberBanned)
    assert unknown.api_kwargs == {"hologram": {"beam": 1}}
    assert await bot.get_updates(offset=unknown.update_id + 1) == ()
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await press.callback_query.answer()


async def test_the_bot_presents_itself_per_language_and_scope(bot: Bot, sandbox: Sandbox) -> None:
    english = sandbox.add_account(9, "Bram", language_code="en")
    chat_scope = BotCommandScopeChat(CHAT)
    help_, work, uitleg = (BotCommand(*words) for words in (("help", "Help"), ("werk", "Werk"), ("help", "Uitleg")))

    def menu(account_id: int) -> list[str]:
        commands = sandbox.world.profile.commands_for(sandbox.world.accounts[account_id])
        return [command["description"] for command in commands]

    await bot.set_my_commands([uitleg])
    assert (menu(CHAT), menu(english.id)) == (["Uitleg"], ["Uitleg"])
    await bot.set_my_commands([help_], language_code="en")
    assert menu(english.id) == ["Help"]
    await bot.set_my_commands([uitleg, work], scope=BotCommandScopeAllPrivateChats())
    assert menu(english.id) == ["Uitleg", "Werk"]
    await bot.set_my_commands([work], scope=chat_scope)
    assert (menu(CHAT), menu(english.id)) == (["Werk"], ["Uitleg", "Werk"])
    assert await bot.get_my_commands() == (uitleg,)
    assert await bot.get_my_commands(scope=chat_scope) == (work,)
    assert await bot.get_my_commands(scope=chat_scope, language_code="en") == ()
    await bot.delete_my_commands(scope=chat_scope)
    assert menu(CHAT) == ["Uitleg", "Werk"]

    await bot.set_my_name("Stuurman")
    await bot.set_my_description("Voor iedereen")
    await bot.set_my_description("For everyone", language_code="en")
    await bot.set_my_short_description("Kort")
    assert (await bot.get_my_name()).name == (await bot.get_me()).first_name == "Stuurman"
    assert (await bot.get_my_description()).description == "Voor iedereen"
    assert (await bot.get_my_description("en")).description == "For everyone"
    assert (await bot.get_my_description("de")).description == "Voor iedereen"
    assert (await bot.get_my_short_description("nl")).short_description == "Kort"
    await bot.set_my_name("")
    assert (await bot.get_my_name()).name == "Stuur"

    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.get_chat_menu_button(CHAT) == MenuButtonCommands()


async def test_topics_of_a_forum(bot: Bot, sandbox: Sandbox) -> None:
    group = sandbox.groups.create(CHAT, "Team Woonmeer")
    sandbox.groups.add_bot(group.id)
    forum = sandbox.groups.set_forum(group.id)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "Hoi")
    sandbox.groups.promote_bot(forum.id)

    assert moved.value.new_chat_id == forum.id
    topic = await bot.create_forum_topic(forum.id, "Vraag")
    said = await bot.send_message(forum.id, "Hoi", message_thread_id=topic.message_thread_id)
    assert said.is_topic_message
    assert await bot.edit_forum_topic(forum.id, topic.message_thread_id, name="Antwoord")
    assert await bot.close_forum_topic(forum.id, topic.message_thread_id)
    assert await bot.reopen_forum_topic(forum.id, topic.message_thread_id)
    assert await bot.delete_forum_topic(forum.id, topic.message_thread_id)
    assert all(update.update_id for update in await bot.get_updates())


async def test_chats_and_webhooks_are_described(bot: Bot) -> None:
    chat = await bot.get_chat(CHAT)
    assert (chat.id, chat.first_name, chat.type) == (CHAT, "Fatma", "private")

    await bot.set_webhook(
        "https://example.org/hook", secret_token="geheim", max_connections=7, allowed_updates=["message"]
    )
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.allowed_updates) == (
        "https://example.org/hook",
        7,
        ("message",),
    )
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""


async def test_refusals_become_the_errors_ptb_knows(bot: Bot, sandbox: Sandbox) -> None:
    async def say(chat_id: int = CHAT) -> object:
        return await bot.send_message(chat_id, "Hoi")

    refused: list[tuple[type[Exception], Callable[[], Awaitable[object]]]] = [
        (BadRequest, lambda: say(1)),
        (Forbidden, lambda: say(sandbox.add_account(9, "Bram").id)),
        (RetryAfter, say),
    ]
    for error, call in refused:
        if error is RetryAfter:
            sandbox.faults.flood(3)
        with pytest.raises(error):
            await call()
    with pytest.raises(InvalidToken):
        async with Bot(
            "1:other", base_url=f"{sandbox.url}/bot", request=over_httpx(), get_updates_request=over_httpx()
        ):
            pass


def test_this_file_calls_every_method() -> None:
    """A new method of the sandbox belongs here, too."""
    written = Path(__file__).read_text(encoding="utf-8").replace("_", "").lower()

    missing = [name for name in METHODS if f".{name.lower()}(" not in written]

    assert missing == ["answerCallbackQuery"]  # called by CallbackQuery.answer
