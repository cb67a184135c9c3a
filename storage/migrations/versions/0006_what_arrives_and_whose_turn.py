"""Whether what was said arrived, whose turn a question is, and letters about all that waits

Revision: 0006
After: 0005
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("followed", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("arrives_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("raised_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("passed_over", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("team_groups", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_forum", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("mail_notices", schema=None) as batch_op:
        batch_op.alter_column("question_id", existing_type=sa.INTEGER(), nullable=True)

    # What has topics is a forum.
    op.execute("UPDATE team_groups SET is_forum = topics")
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.alter_column("followed", server_default=None)
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.alter_column("passed_over", server_default=None)
    with op.batch_alter_table("team_groups", schema=None) as batch_op:
        batch_op.alter_column("is_forum", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM mail_notices WHERE question_id IS NULL")
    with op.batch_alter_table("mail_notices", schema=None) as batch_op:
        batch_op.alter_column("question_id", existing_type=sa.INTEGER(), nullable=False)

    with op.batch_alter_table("team_groups", schema=None) as batch_op:
        batch_op.drop_column("is_forum")

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_column("passed_over")
        batch_op.drop_column("raised_at")
        batch_op.drop_column("arrives_by")

    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.drop_column("followed")
