"""Who may do what only one process may do at a time, such as sending."""

from datetime import datetime, timedelta

from sqlalchemy import Column
from sqlmodel import Field, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.base import Table
from storage.columns import UtcDateTime


class Lease(Table, table=True):
    """A right that lapses unless its holder renews it."""

    __tablename__ = "leases"
    name: str = Field(primary_key=True, max_length=32)
    holder: str = Field(max_length=64)
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


async def hold(session: AsyncSession, name: str, holder: str, at: datetime, length: timedelta) -> bool:
    """Take or renew the lease; False while somebody else has it."""
    lease = (await session.exec(select(Lease).where(Lease.name == name).with_for_update())).first()
    if lease is None:
        session.add(Lease(name=name, holder=holder, expires_at=at + length))
        await session.flush()
        return True
    if lease.holder != holder and lease.expires_at > at:
        return False
    lease.holder = holder
    lease.expires_at = at + length
    session.add(lease)
    return True


async def let_go(session: AsyncSession, name: str, holder: str) -> None:
    """Give the lease back, so that the next one needn't wait for it to lapse."""
    lease = (await session.exec(select(Lease).where(Lease.name == name).with_for_update())).first()
    if lease is not None and lease.holder == holder:
        await session.delete(lease)
