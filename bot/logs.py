"""Logs: one line an event, text for people and fields for machines; never what somebody wrote, never a traceback."""

from __future__ import annotations

import logging
import sys

import structlog


def start(*, quiet: bool = False) -> None:
    """JSON lines on standard error, or readable lines at a terminal; `quiet` leaves out what is normal."""
    level = logging.WARNING if quiet else logging.INFO
    at_terminal = sys.stderr.isatty()
    renderer = structlog.dev.ConsoleRenderer() if at_terminal else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
