"""How it reaches people: Telegram, the sandbox, the command line."""

import bot.lean  # noqa: F401  # before anything else loads what it loads
