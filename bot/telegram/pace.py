"""How fast may it go: replies at once, everything else within Telegram's limits.

Telegram allows about 30 messages a second overall and one a second in a chat, and answers 429 to more. Somebody who
looks at the screen isn't kept waiting for that; a broadcast is. Times and durations are seconds.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic

PER_CHAT = 1.0
"""Seconds between two notices or broadcasts in one chat."""
PER_GROUP, GROUP_WINDOW = 20, 60.0
"""So many messages within so many seconds Telegram takes in a group."""
FLOOD_CHATS, FLOOD_WINDOW = 3, 5.0
"""So many chats refused within so many seconds: it isn't the chats, it is all of us."""


class Pace:
    """A bucket of tokens that replies take from without asking."""

    def __init__(self, rate: float, *, per_chat: float = PER_CHAT, clock: Callable[[], float] = monotonic) -> None:
        self._rate = rate
        self._per_chat = per_chat
        self._clock = clock
        # Broadcasts go by a tenth of a second's worth: smooth enough for Telegram, and they share two commits.
        self._batch = max(1.0, rate / 10)
        self._size = 2 * self._batch
        self._tokens = self._size
        self._filled_at = clock()
        self._last_in_chat: dict[int, float] = {}
        self._in_groups: dict[int, deque[float]] = {}
        self._chat_pauses: dict[int, float] = {}
        self._floods: deque[tuple[float, int]] = deque()
        self._bulk_pause = 0.0
        self._is_line_bad = False

    def _fill(self) -> float:
        now = self._clock()
        self._tokens = min(self._size, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
        return now

    def took(self, chat_id: int, *, paced: bool) -> None:
        """A message goes out now; replies may make a debt of at most one second."""
        now = self._fill()
        self._tokens = max(self._tokens - 1, -self._rate)
        if paced:
            self._last_in_chat[chat_id] = now
        if chat_id < 0 and self._per_chat:
            self._in_groups.setdefault(chat_id, deque()).append(now)

    def paced_room(self) -> int:
        """How many notices or broadcasts may go out now."""
        self._fill()
        return max(0, int(self._tokens + 1e-6))

    def bulk_room(self) -> int:
        """How many broadcasts may go out now: none in a pause, one to try a line that was bad."""
        if self._clock() < self._bulk_pause:
            return 0
        room = self.paced_room()
        return min(room, 1) if self._is_line_bad else room if room >= int(self._batch) else 0

    def resting_chats(self) -> set[int]:
        """All chats that just had one, and groups that had all they take; forgets the others."""
        now = self._clock()
        since = now - self._per_chat
        self._last_in_chat = {chat: at for chat, at in self._last_in_chat.items() if at > since}
        for times in self._in_groups.values():
            while times and times[0] <= now - GROUP_WINDOW:
                times.popleft()
        self._in_groups = {chat: times for chat, times in self._in_groups.items() if times}
        full = {chat for chat, times in self._in_groups.items() if len(times) >= PER_GROUP}
        return full | set(self._last_in_chat)

    def paused_chats(self) -> set[int]:
        """The chats that Telegram told to wait; forgets those that have."""
        now = self._clock()
        self._chat_pauses = {chat: until for chat, until in self._chat_pauses.items() if until > now}
        return set(self._chat_pauses)

    def flooded(self, chat_id: int, retry_after: float) -> None:
        """Telegram answered 429 in this chat."""
        now = self._clock()
        self._chat_pauses[chat_id] = now + retry_after
        self._floods.append((now, chat_id))
        while self._floods and self._floods[0][0] < now - FLOOD_WINDOW:
            self._floods.popleft()
        if len({chat for _, chat in self._floods}) >= FLOOD_CHATS:
            self._bulk_pause = max(self._bulk_pause, now + retry_after)

    def line_failed(self, seconds: float) -> None:
        """A broadcast didn't arrive: a pause, and then one at a time until one does."""
        self._is_line_bad = True
        self._bulk_pause = max(self._bulk_pause, self._clock() + seconds)

    def line_works(self) -> None:
        """Telegram answered."""
        self._is_line_bad = False

    def next_room(self) -> float:
        """Seconds until something that waits for the pace may go."""
        now = self._fill()
        waits = [(1 - self._tokens) / self._rate]
        waits += [at + self._per_chat - now for at in self._last_in_chat.values()]
        waits += [times[0] + GROUP_WINDOW - now for times in self._in_groups.values() if len(times) >= PER_GROUP]
        waits += [until - now for until in (*self._chat_pauses.values(), self._bulk_pause)]
        return max(0.01, min((wait for wait in waits if wait > 0), default=1.0))
