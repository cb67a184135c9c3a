"""The state of the sandbox: accounts, groups, messages, callback queries, and whatever else belongs to the bot.

Everything changes in memory and in the store at once, and is published as an event. Methods don't await: what
a call does is done in one go.
"""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.accounts import Account, User
from bot.sandbox.events import Events
from bot.sandbox.files import Files
from bot.sandbox.groups import Chat, Group, from_json
from bot.sandbox.profile import Profile
from bot.sandbox.rates import Rates
from bot.sandbox.store import Store
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook

Message = dict[str, Any]


@dataclass
class CallbackQuery:
    """A press of an inline button that waits for, or had, its answer."""

    id: str
    account_id: int
    answered: bool = False


class World:
    """Everything there is; with a path it survives the process."""

    def __init__(self, bot: User, path: Path | None = None) -> None:
        self.bot = bot
        self.store = Store(path)
        self.events = Events()
        self.files = Files(self.store)
        self.updates = Updates(self.store)
        self.profile = Profile(self.store, bot["first_name"])
        self.webhook = Webhook(self.store)
        self.rates = Rates()
        self.accounts: dict[int, Account] = {}
        self.groups: dict[int, Group] = {}
        self.messages: dict[int, dict[int, Message]] = {}
        self.reply_markups: dict[tuple[int, int], dict[str, Any]] = {}
        self.silent: set[tuple[int, int]] = set()
        self.callback_queries: dict[str, CallbackQuery] = {}
        self._load()

    def _load(self) -> None:
        self._next_message_id: int = self.store.all("counter").get(("message_id",), 1)
        for value in self.store.all("account").values():
            account = Account(**value)
            self.accounts[account.id] = account
            self.messages[account.id] = {}
        for value in self.store.all("group").values():
            group = from_json(value)
            self.groups[group.id] = group
            self.messages[group.id] = {}
        for key, message in sorted(self.store.all("message").items()):
            chat_id, message_id = int(key[0]), int(key[1])
            self.messages[chat_id][message_id] = message
        for key, markup in self.store.all("reply_markup").items():
            self.reply_markups[int(key[0]), int(key[1])] = markup
        self.silent = {(int(key[0]), int(key[1])) for key in self.store.all("silent")}
        for key, (account_id, answered) in self.store.all("callback_query").items():
            self.callback_queries[str(key[0])] = CallbackQuery(str(key[0]), account_id, answered)

    def add_account(self, account: Account) -> Account:
        """Add an account, or take over the names of one that is here already (its chat stays)."""
        known = self.accounts.get(account.id)
        if known is not None:
            account.started, account.blocked = known.started, known.blocked
            account.reply_keyboard = known.reply_keyboard
        self.accounts[account.id] = account
        self.messages.setdefault(account.id, {})
        self.save_account(account)
        return account

    def save_account(self, account: Account) -> None:
        """Keep and tell what changed on the account itself."""
        self.store.put("account", (account.id,), account.as_json())
        self.events.publish("account", account.id, account=self.describe_account(account))

    def save_group(self, group: Group) -> None:
        """Keep and tell what changed on the group itself."""
        self.groups[group.id] = group
        self.messages.setdefault(group.id, {})
        self.store.put("group", (group.id,), group.as_json())
        self.publish("group", group, group=self.describe_group(group))

    def describe_group(self, group: Group) -> dict[str, Any]:
        """The group for the page, its messages aside."""
        described = group.as_json()
        described["topics"] = list(described["topics"].values())
        return described

    def publish(self, event: str, chat: Chat, **details: Any) -> None:
        """Tell whose chat it is; what happens in a group is told to each member, as an event "group_…"."""
        if isinstance(chat, Account):
            self.events.publish(event, chat.id, **details)
            return
        name = event if event == "group" else f"group_{event}"
        for member in chat.members:
            self.events.publish(name, member, chat_id=chat.id, **details)

    def describe_account(self, account: Account) -> dict[str, Any]:
        """The account for the page, its messages and keyboard aside."""
        described = account.as_json()
        del described["reply_keyboard"]
        return described | {"commands": self.profile.commands_for(account)}

    def set_reply_keyboard(self, account: Account, keyboard: dict[str, Any] | None) -> None:
        """What stands under the account's text field."""
        if account.reply_keyboard != keyboard:
            account.reply_keyboard = keyboard
            self.store.put("account", (account.id,), account.as_json())
            self.events.publish("reply_keyboard", account.id, reply_keyboard=keyboard)

    def add_message(
        self,
        chat: Chat,
        sender: User,
        content: dict[str, Any],
        reply_markup: dict[str, Any] | None = None,
        *,
        silent: bool = False,
    ) -> Message:
        """A new message in a chat; message ids are the bot's, over all its private chats and groups.

        reply_markup: a reply keyboard or the like that came with it; Telegram lets nobody edit such a message.
        silent: the phones of who gets it make no sound.
        """
        message_id = self._next_id(chat)
        message: Message = {
            "message_id": message_id,
            "from": sender,
            "chat": chat.chat(),
            "date": int(time.time()),
            **content,
        }
        self.messages[chat.id][message_id] = message
        self.store.put("message", (chat.id, message_id), message)
        if reply_markup is not None:
            self.reply_markups[chat.id, message_id] = reply_markup
            self.store.put("reply_markup", (chat.id, message_id), reply_markup)
        if silent:
            self.silent.add((chat.id, message_id))
            self.store.put("silent", (chat.id, message_id), True)
        self.publish("message", chat, message=self.shown(message))
        return message

    def _next_id(self, chat: Chat) -> int:
        if isinstance(chat, Group) and chat.kind == "supergroup":
            message_id, chat.next_message_id = chat.next_message_id, chat.next_message_id + 1
            self.store.put("group", (chat.id,), chat.as_json())
        else:
            message_id, self._next_message_id = self._next_message_id, self._next_message_id + 1
            self.store.put("counter", ("message_id",), self._next_message_id)
        return message_id

    def shown(self, message: Message) -> Message:
        """The message as an app gets it: the Bot API doesn't give back whether it wants a reply or is silent."""
        key = (message["chat"]["id"], message["message_id"])
        markup = self.reply_markups.get(key, {})
        more: Message = {"reply_markup": markup} if "force_reply" in markup else {}
        return message | more | ({"silent": True} if key in self.silent else {})

    def change_message(self, chat: Chat, message: Message) -> None:
        """Put the message in the place of the one with its id."""
        self.messages[chat.id][message["message_id"]] = message
        self.store.put("message", (chat.id, message["message_id"]), message)
        self.publish("edited", chat, message=self.shown(message))

    def delete_messages(self, chat: Chat, message_ids: Iterable[int]) -> None:
        """Remove those that are there."""
        gone = [message_id for message_id in message_ids if self.messages[chat.id].pop(message_id, None)]
        for message_id in gone:
            self.store.remove("message", (chat.id, message_id))
        if gone:
            self.publish("deleted", chat, message_ids=gone)

    def add_callback_query(self, account: Account) -> CallbackQuery:
        """A press that the bot may answer once."""
        query = CallbackQuery(str(secrets.randbits(62)), account.id)
        self.callback_queries[query.id] = query
        self.save_callback_query(query)
        return query

    def save_callback_query(self, query: CallbackQuery) -> None:
        """Keep it."""
        self.store.put("callback_query", (query.id,), [query.account_id, query.answered])

    def settle(self) -> None:
        """At the end of whatever was done: have it in the store, and wake who waits for it."""
        self.store.flush()
        self.events.wake()
