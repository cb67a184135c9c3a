"""What the sandbox refuses, and in which words."""

import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Account, Sandbox
from bot.sandbox.methods.editing import NOT_MODIFIED
from tests.bot.sandbox.conftest import Api

CHAT = "CHAT"  # stands for the resident's chat


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def message(**parameters: Any) -> tuple[str, dict[str, Any]]:
    return "sendMessage", {"chat_id": CHAT, "text": "Hoi", **parameters}


BUTTON = {"text": "Ja", "callback_data": "yes"}
KEYBOARD = "sendMessage: reply_markup"

REFUSED = [
    # what the description says
    (message(text_="x"), 'sendMessage has no parameter "text_"'),
    (("sendMessage", {"text": "Hoi"}), "chat_id is empty"),
    (("sendMessage", {"chat_id": CHAT}), "message text is empty"),
    (("deleteMessage", {"chat_id": CHAT}), 'deleteMessage needs the parameter "message_id"'),
    (message(text=5), "sendMessage: text: expected String, got Integer"),
    (message(chat_id=1.5), "sendMessage: chat_id: expected Integer or @username, got Float"),
    (message(disable_notification=1), "sendMessage: disable_notification: expected Boolean, got Integer"),
    (message(reply_markup="{"), "sendMessage: reply_markup: can't parse JSON"),
    (
        message(reply_markup=inline({"text": 1, "callback_data": "x"})),
        f"{KEYBOARD}.inline_keyboard[0][0].text: expected String, got Integer",
    ),
    (
        message(reply_markup=inline({"callback_data": "x"})),
        f"{KEYBOARD}.inline_keyboard[0][0].text: InlineKeyboardButton needs this field",
    ),
    (
        message(reply_markup=inline({**BUTTON, "colour": "red"})),
        f"{KEYBOARD}.inline_keyboard[0][0].colour: InlineKeyboardButton has no such field",
    ),
    (
        message(reply_markup={"inline_keyboard": [BUTTON]}),
        f"{KEYBOARD}.inline_keyboard[0]: expected Array of InlineKeyboardButton, got Object",
    ),
    (
        message(reply_markup={"keyboard": [["Ja"]]}),
        f"{KEYBOARD}.keyboard[0][0]: expected KeyboardButton, got String",
    ),
    (
        message(link_preview_options={"disabled": True}),
        "sendMessage: link_preview_options.disabled: LinkPreviewOptions has no such field",
    ),
    (
        message(reply_parameters={"chat_id": 1}),
        "sendMessage: reply_parameters.message_id: ReplyParameters needs this field",
    ),
    (
        message(reply_parameters={"message_id": "1"}),
        "sendMessage: reply_parameters.message_id: expected Integer, got String",
    ),
    (
        ("setMyCommands", {"commands": [{"command": "help"}]}),
        "setMyCommands: commands[0].description: BotCommand needs this field",
    ),
    (
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}),
        "setMyCommands: scope.chat_id: BotCommandScopeChat needs this field",
    ),
    (
        ("setMyCommands", {"commands": [], "scope": {"type": "default", "chat_id": 1}}),
        "setMyCommands: scope.chat_id: BotCommandScopeDefault has no such field",
    ),
    (("getUpdates", {"offset": "later"}), "getUpdates: offset: expected Integer, got String"),
    (("sendPhoto", {"chat_id": CHAT, "photo": 1}), "sendPhoto: photo: expected String, got Integer"),
    # what Telegram's limits say
    (message(text=""), "message text is empty"),
    (message(text=" \n "), "text must be non-empty"),
    (message(text="<b></b>", parse_mode="HTML"), "text must be non-empty"),
    (message(text="a" * 4097), "message is too long"),
    (message(text="\ud83d"), "sendMessage: text: strings must be encoded in UTF-8"),
    (message(parse_mode="MarkdownV2"), "the sandbox doesn't support parse_mode MarkdownV2, use HTML"),
    (message(parse_mode="xml"), "unsupported parse_mode"),
    (
        message(entities=[{"type": "bold", "offset": 0, "length": 4}]),
        "ENTITY_BOUNDS_INVALID",
    ),
    (
        message(text="<b>Hoi", parse_mode="HTML"),
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (message(chat_id=1), "chat not found"),
    (message(chat_id="@fatma"), "chat not found"),
    (message(reply_parameters={"message_id": 99}), "message to be replied not found"),
    (message(message_thread_id=1), "message thread not found"),
    (message(reply_markup=inline({**BUTTON, "text": " "})), "inline keyboard button text must be non-empty"),
    (message(reply_markup=inline({**BUTTON, "callback_data": "a" * 65})), "BUTTON_DATA_INVALID"),
    (message(reply_markup=inline({**BUTTON, "callback_data": "é" * 33})), "BUTTON_DATA_INVALID"),
    (message(reply_markup=inline({**BUTTON, "callback_data": ""})), "BUTTON_DATA_INVALID"),
    (
        message(reply_markup=inline({"text": "Ja"})),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        message(reply_markup=inline({**BUTTON, "url": "https://example.org"})),
        "can't parse inline keyboard button: exactly one action is allowed, got callback_data, url",
    ),
    (
        message(reply_markup=inline({"text": "Ga", "url": "http://localhost:8080/"})),
        "inline keyboard button URL 'http://localhost:8080/' is invalid: Wrong HTTP URL",
    ),
    (
        message(reply_markup=inline({"text": "Ga", "url": "javascript://example.org"})),
        "inline keyboard button URL 'javascript://example.org' is invalid: Unsupported URL protocol",
    ),
    (message(reply_markup={"inline_keyboard": [[BUTTON]] * 101}), "reply markup is too long"),
    (message(reply_markup={"keyboard": [[{"text": ""}]]}), "keyboard button text must be non-empty"),
    (message(reply_markup={"keyboard": []}), "reply keyboard must have at least one button"),
    (message(reply_markup={"remove_keyboard": False}), "object expected as reply markup"),
    (
        ("sendLocation", {"chat_id": CHAT, "latitude": 91.0, "longitude": 5}),
        "wrong location specified",
    ),
    (("sendChatAction", {"chat_id": CHAT, "action": "thinking"}), "wrong parameter action in request"),
    (("sendPhoto", {"chat_id": CHAT, "photo": "nothing"}), "wrong file identifier/HTTP URL specified"),
    (
        ("sendPhoto", {"chat_id": CHAT, "photo": "nothing", "caption": "a" * 1025}),
        "message caption is too long",
    ),
    (("getFile", {"file_id": "nothing"}), "invalid file_id"),
    (("editMessageText", {"chat_id": CHAT, "message_id": 99, "text": "x"}), "message to edit not found"),
    (("editMessageText", {"chat_id": CHAT, "message_id": 1, "text": "x"}), "message can't be edited"),
    (("editMessageText", {"chat_id": CHAT, "text": "x"}), "message identifier is not specified"),
    (("deleteMessage", {"chat_id": CHAT, "message_id": 99}), "message to delete not found"),
    (("deleteMessages", {"chat_id": CHAT, "message_ids": []}), "message identifiers are not specified"),
    (("copyMessage", {"chat_id": CHAT, "from_chat_id": CHAT, "message_id": 99}), "message to copy not found"),
    (
        ("forwardMessage", {"chat_id": CHAT, "from_chat_id": CHAT, "message_id": 99}),
        "message to forward not found",
    ),
    (
        ("answerCallbackQuery", {"callback_query_id": "1"}),
        "query is too old and response timeout expired or query ID is invalid",
    ),
    (("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}), "MESSAGE_TOO_LONG"),
    (("setMyCommands", {"commands": [{"command": "Hulp", "description": "x"}]}), "BOT_COMMAND_INVALID"),
    (("setMyCommands", {"commands": [{"command": "a" * 33, "description": "x"}]}), "BOT_COMMAND_INVALID"),
    (
        ("setMyCommands", {"commands": [{"command": "help", "description": "a" * 257}]}),
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (("setMyCommands", {"commands": [], "language_code": "nld"}), "invalid language code specified"),
    (
        ("setMyDescription", {"description": "a" * 513}),
        "bot description is too long, at most 512 characters",
    ),
    (
        ("setMyShortDescription", {"short_description": "a" * 121}),
        "bot short description is too long, at most 120 characters",
    ),
    (("setWebhook", {"url": "http://example.org/"}), "bad webhook: An HTTPS URL must be provided for webhook"),
    (("setWebhook", {"url": "ftp://example.org/"}), "bad webhook: invalid URL specified"),
    (
        ("setWebhook", {"url": "https://example.org/", "secret_token": "é"}),
        "secret token contains unallowed characters",
    ),
    (
        ("getUpdates", {"allowed_updates": ["message", "mesage"]}),
        "allowed_updates: there are no updates of kind mesage",
    ),
]


@pytest.mark.parametrize(("call", "why"), REFUSED)
async def test_a_wrong_call_is_refused_with_the_reason(
    api: Api, sandbox: Sandbox, resident: Account, call: tuple[str, dict[str, Any]], why: str
) -> None:
    method, parameters = call
    filled = {name: resident.id if value == CHAT else value for name, value in parameters.items()}

    assert await api.refusal(method, **filled) == (400, f"Bad Request: {why}")
    assert list(sandbox.world.messages[resident.id]) == [1]  # just the /start
    assert sandbox.calls[-1].status == 400


async def test_the_longest_that_fits_is_taken(api: Api, resident: Account) -> None:
    text = f"<b>{'é' * 4096}</b>"
    button = {"text": "Ja", "callback_data": "é" * 32}

    sent = await api("sendMessage", chat_id=resident.id, text=text, parse_mode="HTML", reply_markup=inline(button))

    assert sent["text"] == "é" * 4096
    assert sent["reply_markup"] == inline(button)


async def test_an_unknown_method_is_not_found(api: Api, resident: Account) -> None:
    assert await api.refusal("sendMesage") == (404, "Not Found: method not found")
    known_to_telegram = await api.refusal("banChatMember", chat_id=resident.id, user_id=resident.id)
    assert known_to_telegram == (404, "Not Found: the sandbox has no method banChatMember")


@pytest.mark.parametrize(("token", "status"), [("123456:other", 401), ("nonsense", 404)])
async def test_a_wrong_token_is_refused(sandbox: Sandbox, api: Api, token: str, status: int) -> None:
    sandbox.token = token

    assert (await api.refusal("getMe"))[0] == status


async def test_a_bot_cannot_speak_first_nor_to_who_blocked_it(sandbox: Sandbox, api: Api, resident: Account) -> None:
    stranger = sandbox.add_account(77, "Bram")
    sandbox.client.block(resident.id, True)

    assert await api.refusal("sendMessage", chat_id=stranger.id, text="Hoi") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    assert await api.refusal("sendMessage", chat_id=resident.id, text="Hoi") == (
        403,
        "Forbidden: bot was blocked by the user",
    )


@pytest.mark.parametrize("form", ["json", "json in json", "form", "multipart", "query"])
async def test_parameters_may_come_in_every_form_telegram_takes(api: Api, resident: Account, form: str) -> None:

    keyboard = inline({"text": "Ja", "callback_data": "yes"})
    encoded = {
        "chat_id": str(resident.id),
        "text": "Hoi & dag",
        "disable_notification": "true",
        "reply_markup": json.dumps(keyboard),
    }
    match form:
        case "json":
            options: dict[str, Any] = {"json": {**encoded, "chat_id": resident.id, "reply_markup": keyboard}}
        case "json in json":
            options = {"json": encoded}
        case "form":
            options = {"data": encoded}
        case "multipart":
            with aiohttp.MultipartWriter("form-data") as writer:
                for name, value in encoded.items():
                    writer.append(value).set_content_disposition("form-data", name=name)
            options = {"data": writer}
        case _:
            options = {"params": encoded}

    status, answer = await api.post("sendmessage", **options)

    assert status == 200, answer
    assert answer["result"]["text"] == "Hoi & dag"
    assert answer["result"]["reply_markup"] == keyboard


async def test_a_body_that_cannot_be_read_is_refused(api: Api) -> None:
    for options in (
        {"data": b"{", "headers": {"Content-Type": "application/json"}},
        {"data": b"[1]", "headers": {"Content-Type": "application/json"}},
        {"data": b"text=%ff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
        {"data": b"x", "headers": {"Content-Type": "text/plain"}},
        {"data": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=y"}},
    ):
        status, answer = await api.post("getMe", **options)

        assert status == 400, options
        assert answer["ok"] is False


async def test_an_edit_that_changes_nothing_is_refused(api: Api, resident: Account) -> None:
    keyboard = inline(BUTTON)
    sent = await api("sendMessage", chat_id=resident.id, text="<b>Hoi</b>", parse_mode="HTML", reply_markup=keyboard)
    this = {"chat_id": resident.id, "message_id": sent["message_id"]}
    same = (400, f"Bad Request: {NOT_MODIFIED}")

    assert await api.refusal("editMessageReplyMarkup", **this, reply_markup=keyboard) == same
    assert (
        await api.refusal("editMessageText", **this, text="<b>Hoi</b>", parse_mode="HTML", reply_markup=keyboard)
        == same
    )
    changed = await api("editMessageText", **this, text="Hoi", reply_markup=keyboard)
    assert "entities" not in changed
    without = await api("editMessageText", **this, text="Hoi")
    assert "reply_markup" not in without
    assert await api.refusal("editMessageReplyMarkup", **this) == same


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(api: Api, resident: Account) -> None:
    sent = await api("sendMessage", chat_id=resident.id, text="Kies", reply_markup={"keyboard": [[{"text": "Ja"}]]})

    refusal = await api.refusal("editMessageText", chat_id=resident.id, message_id=sent["message_id"], text="Anders")

    assert refusal == (400, "Bad Request: message can't be edited")


def test_the_token_must_look_like_one() -> None:
    with pytest.raises(ValueError, match="a token looks like"):
        Sandbox(token="secret")
