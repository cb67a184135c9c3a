"""Who may do what only one process may do at a time, such as sending."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Column, bindparam, delete, text
from sqlmodel import Field, col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.base import Table
from storage.columns import UtcDateTime


class Lease(Table, table=True):
    """A right that lapses unless its holder renews it."""

    __tablename__ = "leases"
    name: str = Field(primary_key=True, max_length=32)
    holder: str = Field(max_length=64)
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


HOLD = text(
    "INSERT INTO leases (name, holder, expires_at) VALUES (:name, :holder, :expires_at)"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at"
    " WHERE leases.holder IN :holders OR leases.expires_at <= :at RETURNING holder"
).bindparams(
    bindparam("at", type_=UtcDateTime), bindparam("expires_at", type_=UtcDateTime), bindparam("holders", expanding=True)
)
"""One statement, so that of two who come at the same moment one gets nothing back, also for the very first row."""


async def hold(
    session: AsyncSession, name: str, holder: str, at: datetime, length: timedelta, *, heir_of: Collection[str] = ()
) -> bool:
    """Take or renew the lease until `at + length`; False while somebody else has it.

    `heir_of`: holders of whom it is sure that they have ended; their lease needn't lapse first.
    """
    asked = {"name": name, "holder": holder, "at": at, "expires_at": at + length, "holders": [holder, *heir_of]}
    return (await (await session.connection()).execute(HOLD, asked)).first() is not None


async def let_go(session: AsyncSession, name: str, holder: str) -> None:
    """Give the lease back, so that the next one needn't wait for it to lapse."""
    await session.exec(delete(Lease).where(col(Lease.name) == name, col(Lease.holder) == holder))
