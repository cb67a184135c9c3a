"""One person's Telegram app: what they do on it, and what they see."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox import Account, Sandbox, Upload
from tests.bot.sandbox.pictures import png

Message = dict[str, Any]

PATIENCE = 15.0
"""Seconds until something that should appear is missed."""
TURNS = ("a:i-more:", "a:i-less:")
"""What the buttons say that turn a board's page."""
RECENT = 8
"""Messages of the screen that a failure shows."""


class Phone:
    """What somebody does and sees. What was looked past isn't seen again: a story goes one way."""

    def __init__(self, sandbox: Sandbox, account: Account, quiet: Callable[[], Awaitable[None]]) -> None:
        self.id = account.id
        self.name = account.first_name
        self._sandbox = sandbox
        self._quiet = quiet
        self._watching = sandbox.subscribe(account.id)
        self._events = self._watching.__enter__()
        self._shown: list[Message] = []
        """Every message of the bot as it appeared or was changed, in order."""
        self._looked_past = 0
        self._toasts: list[tuple[str, bool]] = []

    def put_away(self) -> None:
        """The story is over."""
        self._watching.__exit__(None, None, None)

    # What they do

    async def says(self, text: str) -> Message:
        """Write something, or give a command."""
        return self._sandbox.client.send_text(self.id, text)

    async def replies_to(self, message: Message, text: str) -> Message:
        """Write as a reply to a message; nobody is so quick that the house hasn't noted yet which message it is."""
        await self._quiet()
        return self._sandbox.client.send_text(self.id, text, reply_to_message_id=message["message_id"])

    async def sends_photo(self, caption: str = "", *, reply_to: Message | None = None) -> Message:
        """Send a picture."""
        if reply_to is not None:
            await self._quiet()
        picture = Upload(png(8, 6), "foto.png", "image/png")
        return self._sandbox.client.send_file(
            self.id,
            "photo",
            picture,
            caption=caption,
            reply_to_message_id=reply_to["message_id"] if reply_to else None,
        )

    async def sends_voice(self) -> Message:
        """Send a voice message."""
        sound = Upload(b"OggS" + bytes(60), "stem.ogg", "audio/ogg")
        return self._sandbox.client.send_file(self.id, "voice", sound, duration=4)

    async def shares_location(self, latitude: float, longitude: float) -> Message:
        """Share a place, in degrees."""
        return self._sandbox.client.send_location(self.id, latitude, longitude)

    async def sends_sticker(self) -> Message:
        """Send a sticker."""
        return self._sandbox.client.send_sticker(self.id, "👍")

    async def edits(self, message: Message, text: str) -> None:
        """Change a message of their own."""
        self._sandbox.client.edit(self.id, message["message_id"], text)

    async def blocks(self) -> None:
        """Block the bot."""
        self._sandbox.client.block(self.id, True)

    async def unblocks(self) -> None:
        """Let the bot write again."""
        self._sandbox.client.block(self.id, False)

    async def presses(self, label: str, *, on: Message | None = None) -> Message:
        """Press the button with `label` in its text: on the newest message that has it, or on one as it was then."""
        if on is None:
            await self._quiet()
            await self._turns_to(label)
        for message in reversed(self._messages()) if on is None else [on]:
            for button in _buttons(message):
                if label in button["text"]:
                    self.presses_forged(message, button["callback_data"])
                    return message
        raise AssertionError(f"{self.name} has no button {label!r}\n{self.screen()}")

    async def _turns_to(self, label: str) -> None:
        """Tap on "more", or back, where the newest buttons are a board's that doesn't show what is looked for."""
        newest = next((message for message in reversed(self._messages()) if _buttons(message)), None)
        there = [] if newest is None else _buttons(newest)
        turn = next((one["callback_data"] for one in there if one["callback_data"].startswith(TURNS)), None)
        if newest is not None and turn is not None and not any(label in one["text"] for one in there):
            self.presses_forged(newest, turn)
            await self._quiet()

    def presses_forged(self, message: Message, data: str) -> None:
        """Press a button that says `data`, whether the message has it or not."""
        self._sandbox.client.press(self.id, message["message_id"], data)

    # What they see

    async def sees(self, text: str) -> Message:
        """Wait until a message with `text` in it appears or is changed so; what came before it is looked past."""
        return await self._see(lambda message: text in text_of(message), text)

    async def sees_again(self, text: str) -> Message:
        """The newest message with `text` in it, also when it was looked past."""
        await self._quiet()
        found = [message for message in self._messages() if text in text_of(message)]
        assert found, f"{self.name} doesn't see {text!r}\n{self.screen()}"
        return found[-1]

    async def sees_photo(self, caption: str = "") -> Message:
        """Wait for a picture."""
        return await self._see(lambda message: "photo" in message and caption in text_of(message), "a photo")

    async def sees_voice(self) -> Message:
        """Wait for a voice message."""
        return await self._see(lambda message: "voice" in message, "a voice message")

    async def sees_location(self) -> Message:
        """Wait for a place."""
        return await self._see(lambda message: "location" in message, "a location")

    async def does_not_see(self, text: str) -> None:
        """Nothing with `text` in it has come since what was seen last, and nothing will."""
        await self._quiet()
        await self._take_all()
        found = [message for message in self._shown[self._looked_past :] if text in text_of(message)]
        assert not found, f"{self.name} sees {text!r}\n{self.screen()}"

    async def sees_nothing_new(self) -> None:
        """Nothing at all has come since what was seen last."""
        await self._quiet()
        await self._take_all()
        new = self._shown[self._looked_past :]
        assert not new, f"{self.name} sees something new: {[text_of(one) for one in new]}\n{self.screen()}"

    async def toast(self, text: str, *, alert: bool | None = None) -> None:
        """Wait for a note over the chat with `text` in it; `alert`: one to close, or one that goes by itself."""
        async with self._patience(f"a toast {text!r}; toasts were {self._toasts}"):
            while True:
                for number, (said, is_alert) in enumerate(self._toasts):
                    if text in said and alert in (None, is_alert):
                        del self._toasts[: number + 1]
                        return
                await self._take()

    async def no_toast(self) -> None:
        """No button press was answered with a note."""
        await self._quiet()
        await self._take_all()
        assert not self._toasts, f"{self.name} sees a toast: {self._toasts}"

    async def is_asked(self) -> str:
        """What the newest message says, and its buttons."""
        await self._quiet()
        return "\n".join([text_of(self.last), *self.buttons(self.last)])

    def buttons(self, message: Message) -> list[str]:
        """The labels on a message as it is now."""
        now = self._sandbox.world.messages[self.id].get(message["message_id"], {})
        return [button["text"] for button in _buttons(now)]

    def now(self, message: Message) -> str:
        """The text of a message as it is now."""
        return text_of(self._sandbox.world.messages[self.id][message["message_id"]])

    def everything(self) -> list[str]:
        """What all messages of the bot say, oldest first."""
        return [text_of(message) for message in self._messages()]

    @property
    def commands(self) -> list[str]:
        """The names in the menu of commands."""
        account = self._sandbox.world.accounts[self.id]
        described = self._sandbox.world.describe_account(account)
        return [command["command"] for command in described["commands"]]

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        return self._messages()[-1]

    def screen(self) -> str:
        """The last messages, for a person to read."""
        lines = [f"On the screen of {self.name}:"]
        for message in list(self._sandbox.world.messages[self.id].values())[-RECENT:]:
            who = "bot" if message["from"]["is_bot"] else self.name
            lines.append(f"  [{message['message_id']}] {who}: {text_of(message) or _kind(message)}")
            lines += [
                "       " + " ".join(f"[{button['text']}]" for button in row)
                for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            ]
        return "\n".join(lines)

    async def _see(self, is_it: Callable[[Message], bool], what: str) -> Message:
        async with self._patience(f"{what!r}"):
            while True:
                for number in range(self._looked_past, len(self._shown)):
                    if is_it(self._shown[number]):
                        self._looked_past = number + 1
                        return self._shown[number]
                await self._take()

    def _patience(self, what: str) -> "_Patience":
        return _Patience(lambda: f"{self.name} doesn't see {what}\n{self.screen()}")

    def _messages(self) -> list[Message]:
        return [one for one in self._sandbox.world.messages[self.id].values() if one["from"]["is_bot"]]

    async def _take(self) -> None:
        event = await self._events.get()
        assert event is not None, "the sandbox has stopped"
        self._note(event)

    async def _take_all(self) -> None:
        try:
            async with asyncio.timeout(0):  # ends when there is nothing to take
                while True:
                    await self._take()
        except TimeoutError:
            pass

    def _note(self, event: dict[str, Any]) -> None:
        match event:
            case {"event": "message" | "edited", "message": {"from": {"is_bot": True}} as message}:
                self._shown.append(message)
            case {"event": "toast", "text": text, "show_alert": alert}:
                self._toasts.append((text, alert))


class _Patience:
    """A time-out that says what was waited for."""

    def __init__(self, explain: Callable[[], str]) -> None:
        self._explain = explain
        self._timeout = asyncio.timeout(PATIENCE)

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()

    async def __aexit__(self, kind: Any, exc: Any, trace: Any) -> None:
        try:
            await self._timeout.__aexit__(kind, exc, trace)
        except TimeoutError:
            raise AssertionError(self._explain()) from None


def text_of(message: Message) -> str:
    """What a message says."""
    return str(message.get("text", message.get("caption", "")))


def _buttons(message: Message) -> list[dict[str, str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row if "callback_data" in button]


def _kind(message: Message) -> str:
    return f"<{next((kind for kind in ('photo', 'voice', 'location', 'sticker') if kind in message), 'empty')}>"
