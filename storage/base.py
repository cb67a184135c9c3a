"""The base of all tables: one metadata, with names for every constraint.

SQLite can only change a table by copying it (Alembic's batch mode), and that needs named constraints.
"""

from sqlalchemy import MetaData
from sqlmodel import SQLModel
from sqlmodel._compat import SQLModelConfig

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """What every table inherits."""

    # Rows of the database aren't validated; a validator for each table would only cost memory.
    model_config = SQLModelConfig(defer_build=True)
    metadata = MetaData(naming_convention=NAMES)
