"""The life of an initiative

Revision: 0002
After: 0001
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: None = None
depends_on: None = None


OLD_STATUSES = ("idea", "exploring")
NEW_STATUSES = ("agreed", "under_way", "done", "stopped", "merged", "taken_on")
OLD_SUBJECTS = ("question", "initiative", "broadcast", "conversation")
NEW_SUBJECTS = ("participant", "involvement")
OLD_TIMERS = ("draft_reminder", "broadcast_progress", "housekeeping")
NEW_TIMERS = ("rhythm", "step", "agreement", "decision", "absence", "moment", "lesson", "lesson_feeds")


def _among(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def upgrade() -> None:
    op.create_table(
        "lesson_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_feeds")),
        sa.UniqueConstraint("url", name=op.f("uq_lesson_feeds_url")),
    )
    op.create_table(
        "absences",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("replacement_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_absences_person_id_people")),
        sa.ForeignKeyConstraint(["replacement_id"], ["people.id"], name=op.f("fk_absences_replacement_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_absences")),
    )
    op.create_table(
        "moments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["district_code"], ["districts.code"], name=op.f("fk_moments_district_code_districts")),
        sa.ForeignKeyConstraint(["planned_by"], ["people.id"], name=op.f("fk_moments_planned_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moments")),
        sa.UniqueConstraint("code", name=op.f("uq_moments_code")),
    )
    with op.batch_alter_table("moments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moments_district_code"), ["district_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_moments_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("residents", "municipality", name="side", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "agreed",
                "kept",
                "broken",
                "refused",
                name="agreementstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("residents_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_by", sa.Date(), nullable=True),
        sa.Column(
            "new_by_side",
            sa.Enum(
                "residents", "municipality", name="new_by_side", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_agreements_initiative_id_initiatives")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_agreements_owner_id_people")),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"], name=op.f("fk_agreements_proposed_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
    )
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreements_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreements_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "granted",
                "partly",
                "not_this_way",
                name="decisionoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.Column("possible", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_decisions_decided_by_people")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_decisions_initiative_id_initiatives")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_initiative_id"), ["initiative_id"], unique=False)

    op.create_table(
        "ending_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column(
            "ending",
            sa.Enum(
                "done",
                "stopped",
                "merged",
                "taken_on",
                name="ending",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("offered_by", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_ending_offers_answered_by_people")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_ending_offers_initiative_id_initiatives")
        ),
        sa.ForeignKeyConstraint(["into_id"], ["initiatives.id"], name=op.f("fk_ending_offers_into_id_initiatives")),
        sa.ForeignKeyConstraint(["offered_by"], ["people.id"], name=op.f("fk_ending_offers_offered_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ending_offers")),
    )
    with op.batch_alter_table("ending_offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ending_offers_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ending_offers_into_id"), ["into_id"], unique=False)

    op.create_table(
        "frames",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fixed", sa.String(), nullable=False),
        sa.Column("yours", sa.String(), nullable=False),
        sa.Column("together", sa.String(), nullable=False),
        sa.Column(
            "say",
            sa.Enum(
                "inform",
                "consult",
                "advise",
                "co_produce",
                "co_decide",
                "self_organise",
                name="say",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["people.id"], name=op.f("fk_frames_confirmed_by_people")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_frames_initiative_id_initiatives")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"], name=op.f("fk_frames_written_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frames")),
        sa.UniqueConstraint("initiative_id", "version", name=op.f("uq_frames_initiative_id_version")),
    )
    with op.batch_alter_table("frames", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_frames_initiative_id"), ["initiative_id"], unique=False)

    op.create_table(
        "initiative_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "started",
                "greeted",
                "guide_changed",
                "frame_agreed",
                "status",
                "step_planned",
                "step_done",
                "stuck",
                "supporters",
                "helper_joined",
                "initiator_joined",
                "initiator_left",
                "partner_joined",
                "agreement_made",
                "agreement_kept",
                "agreement_moved",
                "agreement_broken",
                "decision_asked",
                "decided",
                "slept",
                "woke",
                "lesson",
                "hidden",
                "shown",
                name="eventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_initiative_events_initiative_id_initiatives")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_events")),
    )
    with op.batch_alter_table("initiative_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_events_initiative_id"), ["initiative_id"], unique=False)

    op.create_table(
        "initiative_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["people.id"], name=op.f("fk_initiative_invitations_accepted_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_initiative_invitations_created_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_initiative_invitations_initiative_id_initiatives")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_initiative_invitations_code_hash")),
    )
    with op.batch_alter_table("initiative_invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_invitations_initiative_id"), ["initiative_id"], unique=False)

    op.create_table(
        "involvements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("team_code", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "refused",
                "asked",
                "joined",
                "declined",
                name="involvementstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("shared", sa.JSON(), nullable=False),
        sa.Column("consented_by", sa.Integer(), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["consented_by"], ["people.id"], name=op.f("fk_involvements_consented_by_people")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_involvements_initiative_id_initiatives")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_involvements_person_id_people")),
        sa.ForeignKeyConstraint(["team_code"], ["teams.code"], name=op.f("fk_involvements_team_code_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvements")),
        sa.UniqueConstraint("initiative_id", "team_code", name=op.f("uq_involvements_initiative_id_team_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("involvements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_involvements_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_involvements_team_code"), ["team_code"], unique=False)

    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("initiative_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column(
            "route",
            sa.Enum(
                "just_do_it",
                "resident_initiative",
                "right_to_challenge",
                "council_proposal",
                name="route",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "ending",
            sa.Enum(
                "done",
                "stopped",
                "merged",
                "taken_on",
                name="ending",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("worked", sa.String(), nullable=False),
        sa.Column("did_not", sa.String(), nullable=False),
        sa.Column("tip", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_lessons_initiative_id_initiatives")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lessons")),
        sa.UniqueConstraint("uid", name=op.f("uq_lessons_uid")),
    )
    with op.batch_alter_table("lessons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lessons_initiative_id"), ["initiative_id"], unique=False)

    op.create_table(
        "moment_guests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["moment_id"], ["moments.id"], name=op.f("fk_moment_guests_moment_id_moments")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_moment_guests_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment_guests")),
        sa.UniqueConstraint("moment_id", "person_id", name=op.f("uq_moment_guests_moment_id_person_id")),
    )
    with op.batch_alter_table("moment_guests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moment_guests_moment_id"), ["moment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moment_guests_person_id"), ["person_id"], unique=False)

    op.create_table(
        "paper_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["claimed_by"], ["people.id"], name=op.f("fk_paper_claims_claimed_by_people")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_paper_claims_created_by_people")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_paper_claims_initiative_id_initiatives")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_paper_claims_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_claims")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_paper_claims_code_hash")),
    )
    with op.batch_alter_table("paper_claims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_claims_initiative_id"), ["initiative_id"], unique=False)

    op.create_table(
        "paper_support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["people.id"], name=op.f("fk_paper_support_entered_by_people")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_paper_support_initiative_id_initiatives")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_support")),
    )
    with op.batch_alter_table("paper_support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_support_initiative_id"), ["initiative_id"], unique=False)

    op.create_table(
        "participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "initiator",
                "helper",
                "follower",
                "supporter",
                name="participation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("offer_text", sa.String(), nullable=True),
        sa.Column("updates_on", sa.Boolean(), nullable=False),
        sa.Column("shown_to_initiators", sa.Boolean(), nullable=False),
        sa.Column("shown_by", sa.JSON(), nullable=False),
        sa.Column("name_public", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("asked_to_lead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_participants_initiative_id_initiatives")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_participants_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint(
            "initiative_id", "person_id", "kind", name=op.f("uq_participants_initiative_id_person_id_kind")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participants_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_participants_person_id"), ["person_id"], unique=False)

    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "kept",
                "hidden",
                "appealed",
                "appeal_granted",
                "appeal_refused",
                name="reportstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("appeal", sa.String(), nullable=True),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_decided_by", sa.Integer(), nullable=True),
        sa.Column("appeal_reason", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["appeal_decided_by"], ["people.id"], name=op.f("fk_reports_appeal_decided_by_people")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_reports_decided_by_people")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_reports_initiative_id_initiatives")
        ),
        sa.ForeignKeyConstraint(["reporter_id"], ["people.id"], name=op.f("fk_reports_reporter_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_initiative_id"), ["initiative_id"], unique=False)

    op.create_table(
        "steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "planned", "done", "dropped", name="stepstatus", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("photo", sa.String(), nullable=True),
        sa.Column("story", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiatives.id"], name=op.f("fk_steps_initiative_id_initiatives")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_steps_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
    )
    with op.batch_alter_table("steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_steps_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_steps_owner_id"), ["owner_id"], unique=False)

    with op.batch_alter_table("initiative_messages", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "hearing",
                sa.Enum(
                    "guide",
                    "initiators",
                    "helpers",
                    "followers",
                    "person",
                    "partners",
                    name="hearing",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=False,
                server_default="guide",
            )
        )
        batch_op.add_column(sa.Column("to_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_initiative_messages_to_id_people"), "people", ["to_id"], ["id"])

    with op.batch_alter_table("initiatives", schema=None) as batch_op:
        batch_op.add_column(sa.Column("amount", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "route",
                sa.Enum(
                    "just_do_it",
                    "resident_initiative",
                    "right_to_challenge",
                    "council_proposal",
                    name="route",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=False,
                server_default="just_do_it",
            )
        )
        batch_op.add_column(sa.Column("asleep_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("deputy_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "turn",
                sa.Enum("residents", "municipality", name="side", native_enum=False, create_constraint=True, length=32),
                nullable=False,
                server_default="municipality",
            )
        )
        batch_op.add_column(sa.Column("turn_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "rhythm",
                sa.Enum(
                    "weekly",
                    "fortnightly",
                    "monthly",
                    "never",
                    name="rhythm",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=False,
                server_default="fortnightly",
            )
        )
        batch_op.add_column(sa.Column("unanswered", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("active_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("public", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("end_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.alter_column("initiator_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_initiatives_deputy_id"), ["deputy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiatives_status"), ["status"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_initiatives_deputy_id_people"), "people", ["deputy_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_initiatives_merged_into_id_initiatives"), "initiatives", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("initiative_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_questions_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_questions_initiative_id_initiatives"), "initiatives", ["initiative_id"], ["id"]
        )

    # The rows that are there: active since they began, whoever began is the first initiator, and their story so far.
    op.execute("UPDATE initiatives SET turn_since = created_at, active_at = created_at")
    op.execute(
        "INSERT INTO participants (initiative_id, person_id, kind, offers, updates_on, shown_to_initiators,"
        " shown_by, name_public, created_at)"
        " SELECT id, initiator_id, 'initiator', '[]', TRUE, FALSE, '[]', FALSE, created_at FROM initiatives"
    )
    for kind, those in (("started", ""), ("greeted", " WHERE status = 'exploring'")):
        op.execute(
            "INSERT INTO initiative_events (initiative_id, kind, at, details)"
            f" SELECT id, '{kind}', created_at, '{{}}' FROM initiatives{those}"
        )
    with op.batch_alter_table("initiatives", schema=None) as batch_op:
        batch_op.alter_column("turn_since", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column("active_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        for column in ("route", "turn", "rhythm", "unanswered", "public"):
            batch_op.alter_column(column, server_default=None)
        batch_op.drop_constraint(batch_op.f("ck_initiatives_initiativestatus"), type_="check")
        batch_op.create_check_constraint("initiativestatus", _among("status", OLD_STATUSES + NEW_STATUSES))
    with op.batch_alter_table("initiative_messages", schema=None) as batch_op:
        batch_op.alter_column("hearing", server_default=None)
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_timers_timerkind"), type_="check")
        batch_op.create_check_constraint("timerkind", _among("kind", OLD_TIMERS + NEW_TIMERS))
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_cards_subject"), type_="check")
        batch_op.create_check_constraint("subject", _among("subject", OLD_SUBJECTS + NEW_SUBJECTS))


def downgrade() -> None:
    # Messages about somebody who takes part, or a partner, become messages about nothing: a reply is just words then.
    gone = f"SELECT id FROM cards WHERE {_among('subject', NEW_SUBJECTS)}"
    op.execute(f"UPDATE outbox SET card_id = NULL WHERE card_id IN ({gone})")
    op.execute(f"DELETE FROM cards WHERE {_among('subject', NEW_SUBJECTS)}")
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_cards_subject"), type_="check")
        batch_op.create_check_constraint("subject", _among("subject", OLD_SUBJECTS))
    op.execute(f"DELETE FROM timers WHERE {_among('kind', NEW_TIMERS)}")
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_timers_timerkind"), type_="check")
        batch_op.create_check_constraint("timerkind", _among("kind", OLD_TIMERS))
    # What has no place there: later statuses become the last early one, who is left speaks for an initiative.
    op.execute(f"UPDATE initiatives SET status = 'exploring' WHERE {_among('status', NEW_STATUSES)}")
    op.execute(
        "UPDATE initiatives SET initiator_id = COALESCE(guide_id, (SELECT MIN(id) FROM people))"
        " WHERE initiator_id IS NULL"
    )
    with op.batch_alter_table("initiatives", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_initiatives_initiativestatus"), type_="check")
        batch_op.create_check_constraint("initiativestatus", _among("status", OLD_STATUSES))
        for name in ("rhythm", "route", "side"):
            batch_op.drop_constraint(batch_op.f(f"ck_initiatives_{name}"), type_="check")
    with op.batch_alter_table("initiative_messages", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_initiative_messages_hearing"), type_="check")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_questions_initiative_id_initiatives"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_questions_initiative_id"))
        batch_op.drop_column("initiative_id")

    with op.batch_alter_table("initiatives", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_initiatives_merged_into_id_initiatives"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_initiatives_deputy_id_people"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_initiatives_status"))
        batch_op.drop_index(batch_op.f("ix_initiatives_deputy_id"))
        batch_op.alter_column("initiator_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("end_reason")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("hidden_at")
        batch_op.drop_column("public")
        batch_op.drop_column("active_at")
        batch_op.drop_column("unanswered")
        batch_op.drop_column("rhythm")
        batch_op.drop_column("turn_since")
        batch_op.drop_column("turn")
        batch_op.drop_column("deputy_id")
        batch_op.drop_column("asleep_since")
        batch_op.drop_column("route")
        batch_op.drop_column("amount")

    with op.batch_alter_table("initiative_messages", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_initiative_messages_to_id_people"), type_="foreignkey")
        batch_op.drop_column("to_id")
        batch_op.drop_column("hearing")

    with op.batch_alter_table("steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_steps_owner_id"))
        batch_op.drop_index(batch_op.f("ix_steps_initiative_id"))

    op.drop_table("steps")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reports_initiative_id"))

    op.drop_table("reports")
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participants_person_id"))
        batch_op.drop_index(batch_op.f("ix_participants_initiative_id"))

    op.drop_table("participants")
    with op.batch_alter_table("paper_support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_support_initiative_id"))

    op.drop_table("paper_support")
    with op.batch_alter_table("paper_claims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_claims_initiative_id"))

    op.drop_table("paper_claims")
    with op.batch_alter_table("moment_guests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moment_guests_person_id"))
        batch_op.drop_index(batch_op.f("ix_moment_guests_moment_id"))

    op.drop_table("moment_guests")
    with op.batch_alter_table("lessons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lessons_initiative_id"))

    op.drop_table("lessons")
    with op.batch_alter_table("involvements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_involvements_team_code"))
        batch_op.drop_index(batch_op.f("ix_involvements_initiative_id"))

    op.drop_table("involvements")
    with op.batch_alter_table("initiative_invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_invitations_initiative_id"))

    op.drop_table("initiative_invitations")
    with op.batch_alter_table("initiative_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_events_initiative_id"))

    op.drop_table("initiative_events")
    with op.batch_alter_table("frames", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_frames_initiative_id"))

    op.drop_table("frames")
    with op.batch_alter_table("ending_offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ending_offers_into_id"))
        batch_op.drop_index(batch_op.f("ix_ending_offers_initiative_id"))

    op.drop_table("ending_offers")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_initiative_id"))

    op.drop_table("decisions")
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreements_owner_id"))
        batch_op.drop_index(batch_op.f("ix_agreements_initiative_id"))

    op.drop_table("agreements")
    with op.batch_alter_table("moments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moments_starts_at"))
        batch_op.drop_index(batch_op.f("ix_moments_district_code"))

    op.drop_table("moments")
    op.drop_table("absences")
    op.drop_table("lesson_feeds")
