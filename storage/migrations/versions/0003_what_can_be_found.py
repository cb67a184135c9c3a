"""What can be found by its words

Revision: 0003
After: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: None = None
depends_on: None = None


SQLITE_FULL_TEXT = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "shown, whole, content='search_documents', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0', detail=column, columnsize=0)",
    "CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN"
    " INSERT INTO search_index(rowid, shown, whole) VALUES (new.id, new.shown, new.whole); END",
    "CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN"
    " INSERT INTO search_index(search_index, rowid, shown, whole)"
    " VALUES ('delete', old.id, old.shown, old.whole); END",
    "CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents BEGIN"
    " INSERT INTO search_index(search_index, rowid, shown, whole)"
    " VALUES ('delete', old.id, old.shown, old.whole);"
    " INSERT INTO search_index(rowid, shown, whole) VALUES (new.id, new.shown, new.whole); END",
)


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    terms = sa.Text() if on_sqlite else postgresql.TSVECTOR()
    op.create_table(
        "search_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("initiative", name="searchkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("shown", terms, nullable=False),
        sa.Column("whole", terms, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_documents")),
        sa.UniqueConstraint("kind", "document_id", name=op.f("uq_search_documents_kind_document_id")),
    )
    if on_sqlite:
        for statement in SQLITE_FULL_TEXT:
            op.execute(statement)
    else:
        for column in ("shown", "whole"):
            op.create_index(
                f"ix_search_documents_{column}",
                "search_documents",
                [column],
                postgresql_using="gin",
                postgresql_with={"fastupdate": "off"},
            )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_table("search_index")
    op.drop_table("search_documents")
