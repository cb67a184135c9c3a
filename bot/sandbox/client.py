"""What people do in their Telegram app: write, press, edit, block."""

import time
from typing import Any

from bot.sandbox.accounts import Account
from bot.sandbox.description import Upload
from bot.sandbox.errors import ApiError, ClientError
from bot.sandbox.formatting import find
from bot.sandbox.methods.profile import describe_bot
from bot.sandbox.world import Message, World

LONGEST_TEXT = 4096  # characters; apps send more as several messages
LONGEST_CAPTION = 1024
OPUS_SECOND = 48_000  # granules
# The smallest WebP there is: what a sticker looks like doesn't matter here.
STICKER = bytes.fromhex("524946461a000000574542505650384c0d0000002f00000010071011118888fe0700")


class Client:
    """Actions of the accounts. Each gives what the app would show, and queues what the bot would get.

    Raises ClientError: 404 for an unknown account or message, 409 for an account that blocked the bot, 400 for
    what an app wouldn't let happen.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def state(self) -> dict[str, Any]:
        """The bot and all accounts with their chats."""
        world = self._world
        accounts = [
            {
                **world.describe_account(account),
                "reply_keyboard": account.reply_keyboard,
                "messages": [world.shown(message) for message in world.messages[account.id].values()],
            }
            for account in world.accounts.values()
        ]
        return {"bot": describe_bot(world), "accounts": accounts}

    def send_text(self, account_id: int, text: str, *, reply_to_message_id: int | None = None) -> Message:
        """Write; more than 4096 characters become several messages, of which the last is given."""
        text = text.strip()
        if not text:
            raise ClientError(400, "an app doesn't send an empty message")
        parts = [text[start : start + LONGEST_TEXT] for start in range(0, len(text), LONGEST_TEXT)]
        for part in parts:
            entities = find(part)
            content = {"text": part, **({"entities": entities} if entities else {})}
            message = self._send(account_id, content, reply_to_message_id)
            reply_to_message_id = None
        return message

    def send_file(
        self,
        account_id: int,
        kind: str,
        upload: Upload,
        *,
        caption: str = "",
        duration: int | None = None,
        reply_to_message_id: int | None = None,
    ) -> Message:
        """Send a photo, voice or document; duration in seconds, for a voice."""
        self._active(account_id)
        if len(caption) > LONGEST_CAPTION:
            raise ClientError(400, f"a caption has at most {LONGEST_CAPTION} characters")
        more = {"duration": duration or opus_duration(upload.content)} if kind == "voice" else {}
        try:
            media = self._world.files.add(kind, upload, **more)
        except ApiError as error:
            raise ClientError(400, error.description) from error
        captions = {"caption": caption} if caption else {}
        if caption and (entities := find(caption)):
            captions["caption_entities"] = entities  # type: ignore[assignment]
        return self._send(account_id, {kind: media, **captions}, reply_to_message_id)

    def send_location(self, account_id: int, latitude: float, longitude: float) -> Message:
        """Share a place."""
        return self._send(account_id, {"location": {"latitude": latitude, "longitude": longitude}})

    def send_sticker(self, account_id: int, emoji: str) -> Message:
        """Send a sticker that stands for this emoji."""
        self._active(account_id)
        looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        upload = Upload(STICKER, "sticker.webp", "image/webp")
        return self._send(account_id, {"sticker": self._world.files.add("sticker", upload, **looks, emoji=emoji)})

    def send_contact(self, account_id: int, contact: dict[str, Any]) -> Message:
        """Share a contact; what isn't given is the account's own."""
        account = self._active(account_id)
        own = {"first_name": account.first_name, "user_id": account.id, "phone_number": "+31000000000"}
        return self._send(account_id, {"contact": own | contact})

    def press(self, account_id: int, message_id: int, data: str) -> str:
        """Press an inline button, or forge a press with other data; gives the callback query's id."""
        world = self._world
        account = self._active(account_id)
        message = self._message(account, message_id)
        if message["from"]["id"] != world.bot["id"]:
            raise ClientError(400, "only messages of the bot have buttons")
        query = world.add_callback_query(account)
        world.updates.add(
            "callback_query",
            {
                "id": query.id,
                "from": account.user(),
                "message": message,
                "chat_instance": str(account.id),
                "data": data,
            },
        )
        world.settle()
        return query.id

    def edit(self, account_id: int, message_id: int, text: str) -> Message:
        """Change the text, or the caption, of a message of one's own."""
        world = self._world
        account = self._active(account_id)
        message = self._message(account, message_id)
        field = "text" if "text" in message else "caption"
        fields = ("text", "caption", "photo", "voice", "document")
        if message["from"]["id"] != account.id or not any(name in message for name in fields):
            raise ClientError(400, "an app edits only texts and captions of one's own")
        if not text.strip() and field == "text":
            raise ClientError(400, "an app doesn't make a message empty")
        entities_name = "entities" if field == "text" else "caption_entities"
        changed = {name: value for name, value in message.items() if name not in (field, entities_name)}
        changed |= {field: text.strip(), "edit_date": int(time.time())}
        if entities := find(text.strip()):
            changed[entities_name] = entities
        world.change_message(account, changed)
        world.updates.add("edited_message", changed)
        world.settle()
        return changed

    def block(self, account_id: int, blocked: bool) -> None:
        """Block the bot, or let it write again."""
        world = self._world
        account = self._account(account_id)
        if account.blocked == blocked:
            return
        account.blocked = blocked
        world.save_account(account)
        member = {"user": world.bot, "status": "member"}
        kicked = {"user": world.bot, "status": "kicked", "until_date": 0}
        world.updates.add(
            "my_chat_member",
            {
                "chat": account.chat(),
                "from": account.user(),
                "date": int(time.time()),
                "old_chat_member": member if blocked else kicked,
                "new_chat_member": kicked if blocked else member,
            },
        )
        world.settle()

    def queue_update(self, content: dict[str, Any]) -> int:
        """Queue an update with this content as it is; gives its update_id."""
        if not content or "update_id" in content:
            raise ClientError(400, "give the content of an update, without update_id")
        update = self._world.updates.add_raw(content)
        self._world.settle()
        update_id: int = update["update_id"]
        return update_id

    def _send(self, account_id: int, content: dict[str, Any], reply_to_message_id: int | None = None) -> Message:
        world = self._world
        account = self._active(account_id)
        reply = {}
        if reply_to_message_id is not None:
            replied = self._message(account, reply_to_message_id)
            reply = {"reply_to_message": {k: v for k, v in replied.items() if k != "reply_to_message"}}
        if not account.started:
            account.started = True
            world.save_account(account)
        message = world.add_message(account, account.user(), {**reply, **content})
        world.updates.add("message", message)
        world.settle()
        return message

    def _account(self, account_id: int) -> Account:
        account = self._world.accounts.get(account_id)
        if account is None:
            raise ClientError(404, f"there is no account {account_id}")
        return account

    def _active(self, account_id: int) -> Account:
        account = self._account(account_id)
        if account.blocked:
            raise ClientError(409, "the bot is blocked: an app doesn't write to it before it is unblocked")
        return account

    def _message(self, account: Account, message_id: int) -> Message:
        message = self._world.messages[account.id].get(message_id)
        if message is None:
            raise ClientError(404, f"there is no message {message_id} in this chat")
        return message


def opus_duration(content: bytes) -> int:
    """Whole seconds of an Ogg Opus recording, at least 1."""
    last_page = content.rfind(b"OggS")
    if last_page < 0 or last_page + 14 > len(content):
        return 1
    return max(1, round(int.from_bytes(content[last_page + 6 : last_page + 14], "little") / OPUS_SECOND))
