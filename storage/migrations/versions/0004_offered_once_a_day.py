"""When a parked conversation was last offered

Revision: 0004
After: 0003
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: None = None
depends_on: None = None


# In place on SQLite too: a copy of the table would forget which ids were given out before.


def upgrade() -> None:
    op.add_column("conversations", sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("conversations", "offered_at")
