"""A local Telegram: the Bot API as far as the bot uses it, strict as Telegram is, and people to play.

The tests' Telegram, and the demo's. See `Sandbox`.
"""

from bot.sandbox.accounts import Account
from bot.sandbox.bot_api import Call
from bot.sandbox.client import Client
from bot.sandbox.description import Upload
from bot.sandbox.errors import ClientError
from bot.sandbox.events import Subscription
from bot.sandbox.faults import Faults
from bot.sandbox.group_client import GroupClient
from bot.sandbox.groups import Group
from bot.sandbox.rates import Rates
from bot.sandbox.server import Sandbox

__all__ = [
    "Account",
    "Call",
    "Client",
    "ClientError",
    "Faults",
    "Group",
    "GroupClient",
    "Rates",
    "Sandbox",
    "Subscription",
    "Upload",
]
