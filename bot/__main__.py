"""`python -m bot` is `stuur`."""

from bot.cli import main

main()
