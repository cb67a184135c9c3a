"""Faults to order: what networks and Telegram do to a bot on a bad day."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["drop", "delay", "error", "accept_then_drop", "flood"]


@dataclass
class Fault:
    """One order; it holds for the next `times` calls that fit."""

    kind: Kind
    method: str | None
    chat_id: int | None
    times: int
    value: float = 0
    description: str = ""

    def fits(self, method: str, parameters: dict[str, Any]) -> bool:
        """Is this call one it was ordered for?"""
        if self.method is not None and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or str(parameters.get("chat_id")) == str(self.chat_id)


@dataclass
class Faults:
    """Orders, for `method` (None: any) and `chat_id` (None: any), for the next `times` calls that fit.

    A delay goes together with another fault; of the others the one ordered first comes first.
    """

    orders: list[Fault] = field(default_factory=list)
    duplicates: int = 0
    later_duplicates: int = 0
    reorders: int = 0

    def drop(self, method: str | None = None, *, times: int = 1, chat_id: int | None = None) -> None:
        """The connection is closed before anything happens."""
        self.orders.append(Fault("drop", method, chat_id, times))

    def delay(self, seconds: float, method: str | None = None, *, times: int = 1, chat_id: int | None = None) -> None:
        """The call waits before it is performed."""
        self.orders.append(Fault("delay", method, chat_id, times, seconds))

    def error(
        self,
        status: int = 502,
        method: str | None = None,
        *,
        times: int = 1,
        chat_id: int | None = None,
        description: str | None = None,
    ) -> None:
        """Telegram answers 500 or 502 (or another status, described as you say), and does nothing."""
        said = description or ("Bad Gateway" if status == 502 else "Internal Server Error")
        self.orders.append(Fault("error", method, chat_id, times, status, said))

    def accept_then_drop(self, method: str | None = None, *, times: int = 1, chat_id: int | None = None) -> None:
        """The call is performed, then the connection is closed without an answer."""
        self.orders.append(Fault("accept_then_drop", method, chat_id, times))

    def flood(self, retry_after: int, method: str | None = None, *, times: int = 1, chat_id: int | None = None) -> None:
        """Telegram answers 429; retry_after in seconds."""
        self.orders.append(Fault("flood", method, chat_id, times, retry_after))

    def duplicate(self, times: int = 1, *, later: bool = False) -> None:
        """The next updates are delivered twice: one after the other, or later, after they were acknowledged."""
        if later:
            self.later_duplicates += times
        else:
            self.duplicates += times

    def reorder(self, times: int = 1) -> None:
        """The next deliveries of several waiting updates come in another order: reversed, or the last one first."""
        self.reorders += times

    def clear(self) -> None:
        """Back to good days."""
        self.orders.clear()
        self.duplicates = self.later_duplicates = self.reorders = 0

    def take(self, method: str, parameters: dict[str, Any], *kinds: Kind) -> Fault | None:
        """The first order of these kinds that fits, used once."""
        for fault in self.orders:
            if fault.kind in kinds and fault.fits(method, parameters):
                fault.times -= 1
                if fault.times <= 0:
                    self.orders.remove(fault)
                return fault
        return None

    def take_duplicate(self) -> bool:
        """Is the next update to be delivered twice?"""
        self.duplicates, taken = max(0, self.duplicates - 1), self.duplicates > 0
        return taken

    def take_later_duplicate(self) -> bool:
        """Is the next update to be delivered again after it was acknowledged?"""
        self.later_duplicates, taken = max(0, self.later_duplicates - 1), self.later_duplicates > 0
        return taken

    def take_reorder(self) -> bool:
        """Are several waiting updates to be delivered in another order?"""
        self.reorders, taken = max(0, self.reorders - 1), self.reorders > 0
        return taken
