"""How much a bot may send before Telegram says 429."""

import math
import time
from dataclasses import dataclass, field

from bot.sandbox.errors import too_many_requests


@dataclass
class _Allowance:
    """A bucket that fills with `rate` messages a second; empty means: wait."""

    left: float
    filled_at: float
    shut_until: float = 0


@dataclass
class Rates:
    """Messages a second: overall and per chat (None: no limit), each with the burst that is forgiven.

    A group may have a limit of its own, as messages a minute.

    Who goes over it hears 429 until retry_after is over, as at Telegram.
    """

    overall: float | None = None
    per_chat: float | None = None
    overall_burst: float | None = None
    chat_burst: float = 1
    per_group: int | None = None
    _allowances: dict[int, _Allowance] = field(default_factory=dict)

    def spend(self, chat_id: int) -> None:
        """Count one message to this chat; 429 when that is too much."""
        in_chat = (chat_id, self.per_chat, self.chat_burst)
        if chat_id < 0 and self.per_group is not None:
            in_chat = (chat_id, self.per_group / 60, self.per_group)
        if self.overall is None and in_chat[1] is None:
            return
        now = time.monotonic()
        limits = [in_chat, (0, self.overall, self.overall_burst or self.overall)]
        touched = []
        for key, rate, burst in limits:
            if rate is None:
                continue
            full = max(1.0, burst or 1.0)
            allowance = self._allowances.setdefault(key, _Allowance(full, now))
            if now < allowance.shut_until:
                raise too_many_requests(math.ceil(allowance.shut_until - now))
            allowance.left = min(full, allowance.left + (now - allowance.filled_at) * rate)
            allowance.filled_at = now
            if allowance.left < 1:
                retry_after = max(1, math.ceil((1 - allowance.left) / rate))
                allowance.shut_until = now + retry_after
                raise too_many_requests(retry_after)
            touched.append(allowance)
        for allowance in touched:
            allowance.left -= 1
