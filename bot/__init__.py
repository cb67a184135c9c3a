"""How it reaches people: Telegram, the sandbox, the command line."""
