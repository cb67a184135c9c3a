"""Questions at the desk

Revision: 0005
After: 0004
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: None = None
depends_on: None = None


OLD_STATUSES = ("open", "claimed", "answered", "closed")
NEW_STATUSES = ("waiting", "merged")
OLD_MESSAGES = ("question", "follow_up", "answer", "transfer", "close", "thanks")
NEW_MESSAGES = ("ask_back", "new_date", "note", "return", "split", "merge")
OLD_TIMERS = (
    "draft_reminder",
    "broadcast_progress",
    "housekeeping",
    "rhythm",
    "step",
    "agreement",
    "decision",
    "absence",
    "moment",
    "lesson",
    "lesson_feeds",
)
NEW_TIMERS = ("question", "digest", "articles")
OLD_OUTBOX = ("send", "edit", "delete", "menu")
NEW_OUTBOX = ("make_topic", "close_topic", "reopen_topic")
WORDS = (
    ("questions", "questionstatus", "status", OLD_STATUSES, NEW_STATUSES),
    ("question_messages", "messagekind", "kind", OLD_MESSAGES, NEW_MESSAGES),
    ("timers", "timerkind", "kind", OLD_TIMERS, NEW_TIMERS),
    ("outbox", "outboxkind", "kind", OLD_OUTBOX, NEW_OUTBOX),
)


def _among(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _allow(table: str, name: str, column: str, words: tuple[str, ...]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(name, _among(column, words))


def upgrade() -> None:
    op.create_table(
        "article_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "helped", "asked", "nothing", name="searchoutcome", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("theme_code", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["theme_code"], ["themes.code"], name=op.f("fk_article_searches_theme_code_themes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_searches")),
    )
    with op.batch_alter_table("article_searches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_searches_at"), ["at"], unique=False)

    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("published", "retired", name="articlestatus", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("theme_code", sa.String(), nullable=True),
        sa.Column("team_code", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("did_not_help", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_articles_owner_id_people")),
        sa.ForeignKeyConstraint(["team_code"], ["teams.code"], name=op.f("fk_articles_team_code_teams")),
        sa.ForeignKeyConstraint(["theme_code"], ["themes.code"], name=op.f("fk_articles_theme_code_themes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_articles_review_on"), ["review_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_team_code"), ["team_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "group_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("team_code", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_group_codes_created_by_id_people")),
        sa.ForeignKeyConstraint(["team_code"], ["teams.code"], name=op.f("fk_group_codes_team_code_teams")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_group_codes")),
    )
    op.create_table(
        "routing_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("theme_code", sa.String(), nullable=True),
        sa.Column("district_code", sa.String(), nullable=True),
        sa.Column(
            "hours",
            sa.Enum("always", "open", "closed", name="rulehours", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("team_code", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_routing_rules_created_by_people")),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_routing_rules_district_code_districts")
        ),
        sa.ForeignKeyConstraint(["team_code"], ["teams.code"], name=op.f("fk_routing_rules_team_code_teams")),
        sa.ForeignKeyConstraint(["theme_code"], ["themes.code"], name=op.f("fk_routing_rules_theme_code_themes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rules")),
    )
    with op.batch_alter_table("routing_rules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_routing_rules_position"), ["position"], unique=False)

    op.create_table(
        "standard_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_standard_answers_created_by_people")),
        sa.ForeignKeyConstraint(["team_code"], ["teams.code"], name=op.f("fk_standard_answers_team_code_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_answers")),
        sa.UniqueConstraint("team_code", "name", name=op.f("uq_standard_answers_team_code_name")),
    )
    op.create_table(
        "team_groups",
        sa.Column("team_code", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("topics", sa.Boolean(), nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["linked_by_id"], ["people.id"], name=op.f("fk_team_groups_linked_by_id_people")),
        sa.ForeignKeyConstraint(["team_code"], ["teams.code"], name=op.f("fk_team_groups_team_code_teams")),
        sa.PrimaryKeyConstraint("team_code", name=op.f("pk_team_groups")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_team_groups_chat_id")),
    )
    op.create_table(
        "answer_drafts",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_answer_drafts_author_id_people")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_answer_drafts_question_id_questions")),
        sa.ForeignKeyConstraint(["reader_id"], ["people.id"], name=op.f("fk_answer_drafts_reader_id_people")),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_answer_drafts")),
    )
    with op.batch_alter_table("answer_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_drafts_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_drafts_reader_id"), ["reader_id"], unique=False)

    op.create_table(
        "console_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_console_sessions_person_id_people")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_console_sessions_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_console_sessions")),
    )
    with op.batch_alter_table("console_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_console_sessions_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_console_sessions_question_id"), ["question_id"], unique=False)

    op.create_table(
        "login_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_login_links_person_id_people")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_login_links_question_id_questions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_links")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_login_links_code_hash")),
    )
    with op.batch_alter_table("login_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_links_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_login_links_question_id"), ["question_id"], unique=False)

    op.create_table(
        "mail_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting", "sent", "failed", name="mailstatus", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mail_notices_person_id_people")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_mail_notices_question_id_questions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_notices")),
    )
    with op.batch_alter_table("mail_notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_notices_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_notices_question_id"), ["question_id"], unique=False)
        batch_op.create_index(
            "ix_mail_notices_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        )

    op.create_table(
        "question_topics",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_topics_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", "chat_id", name=op.f("pk_question_topics")),
    )
    op.create_table(
        "thinking_along",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_thinking_along_asked_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_thinking_along_person_id_people")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_thinking_along_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", "person_id", name=op.f("pk_thinking_along")),
    )
    with op.batch_alter_table("thinking_along", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thinking_along_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.INTEGER(), nullable=True)

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shares_name", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("email", sa.String(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_people_email"), ["email"])

    with op.batch_alter_table("question_messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("card_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_question_messages_card_id"), ["card_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_question_messages_card_id_cards"), "cards", ["card_id"], ["id"])

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "theme_by",
                sa.Enum("guess", "asker", "desk", name="themeby", native_enum=False, create_constraint=True, length=32),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("routed_by", sa.String(length=32), nullable=True))
        batch_op.add_column(
            sa.Column(
                "helped",
                sa.Enum("yes", "partly", "no", name="helped", native_enum=False, create_constraint=True, length=32),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("active_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("waits_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("handed_from", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("handed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("accept_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("linked_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("first_reaction_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("transfers", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("postponed", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_index(batch_op.f("ix_questions_linked_id"), ["linked_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_questions_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_questions_handed_from_teams"), "teams", ["handed_from"], ["code"])
        batch_op.create_foreign_key(batch_op.f("fk_questions_linked_id_questions"), "questions", ["linked_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_questions_handed_by_id_people"), "people", ["handed_by_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_questions_merged_into_id_questions"), "questions", ["merged_into_id"], ["id"]
        )

    # The rows that are there: who has a question was active when it was asked, and the clock looks at each at once.
    op.execute("UPDATE questions SET active_at = COALESCE(answered_at, created_at)")
    op.execute("UPDATE questions SET theme_by = 'asker' WHERE theme_code IS NOT NULL")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.alter_column("active_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column("transfers", server_default=None)
        batch_op.alter_column("postponed", server_default=None)
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.alter_column("shares_name", server_default=None)
    for table, name, column, old, new in WORDS:
        _allow(table, name, column, old + new)
    op.execute(
        "INSERT INTO timers (kind, subject_id, due_at, attempts)"
        " SELECT 'question', id, created_at, 0 FROM questions WHERE status != 'closed'"
    )


def downgrade() -> None:
    # What has no place there: a question that waited for the resident is with its assignee again, one that went along
    # is open, what colleagues wrote to each other goes, and so do the cards in groups.
    op.execute("UPDATE questions SET status = 'claimed' WHERE status = 'waiting'")
    op.execute("UPDATE questions SET status = 'open' WHERE status = 'merged'")
    op.execute(f"DELETE FROM question_messages WHERE {_among('kind', NEW_MESSAGES)}")
    op.execute(f"DELETE FROM timers WHERE {_among('kind', NEW_TIMERS)}")
    op.execute(f"DELETE FROM outbox WHERE {_among('kind', NEW_OUTBOX)}")
    op.execute("UPDATE question_messages SET card_id = NULL")
    op.execute("DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE person_id IS NULL)")
    op.execute("DELETE FROM cards WHERE person_id IS NULL")
    for table, name, column, old, _new in reversed(WORDS):
        _allow(table, name, column, old)
    for table, name in (("questions", "themeby"), ("questions", "helped")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_questions_merged_into_id_questions"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_questions_handed_by_id_people"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_questions_linked_id_questions"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_questions_handed_from_teams"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_questions_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_questions_linked_id"))
        batch_op.drop_column("postponed")
        batch_op.drop_column("transfers")
        batch_op.drop_column("first_reaction_at")
        batch_op.drop_column("linked_id")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("accept_by")
        batch_op.drop_column("handed_by_id")
        batch_op.drop_column("handed_from")
        batch_op.drop_column("waits_until")
        batch_op.drop_column("paused_at")
        batch_op.drop_column("snoozed_until")
        batch_op.drop_column("escalated_at")
        batch_op.drop_column("warned_at")
        batch_op.drop_column("active_at")
        batch_op.drop_column("helped")
        batch_op.drop_column("routed_by")
        batch_op.drop_column("theme_by")

    with op.batch_alter_table("question_messages", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_question_messages_card_id_cards"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_question_messages_card_id"))
        batch_op.drop_column("corrected_at")
        batch_op.drop_column("card_id")

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_people_email"), type_="unique")
        batch_op.drop_column("email")
        batch_op.drop_column("shares_name")

    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.INTEGER(), nullable=False)

    with op.batch_alter_table("thinking_along", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thinking_along_person_id"))

    op.drop_table("thinking_along")
    op.drop_table("question_topics")
    with op.batch_alter_table("mail_notices", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_mail_notices_waiting",
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_mail_notices_question_id"))
        batch_op.drop_index(batch_op.f("ix_mail_notices_person_id"))

    op.drop_table("mail_notices")
    with op.batch_alter_table("login_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_links_question_id"))
        batch_op.drop_index(batch_op.f("ix_login_links_person_id"))

    op.drop_table("login_links")
    with op.batch_alter_table("console_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_console_sessions_question_id"))
        batch_op.drop_index(batch_op.f("ix_console_sessions_person_id"))

    op.drop_table("console_sessions")
    with op.batch_alter_table("answer_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_drafts_reader_id"))
        batch_op.drop_index(batch_op.f("ix_answer_drafts_author_id"))

    op.drop_table("answer_drafts")
    op.drop_table("team_groups")
    op.drop_table("standard_answers")
    with op.batch_alter_table("routing_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_routing_rules_position"))

    op.drop_table("routing_rules")
    op.drop_table("group_codes")
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_articles_updated_at"))
        batch_op.drop_index(batch_op.f("ix_articles_team_code"))
        batch_op.drop_index(batch_op.f("ix_articles_status"))
        batch_op.drop_index(batch_op.f("ix_articles_review_on"))

    op.drop_table("articles")
    with op.batch_alter_table("article_searches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_searches_at"))

    op.drop_table("article_searches")
