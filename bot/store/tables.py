"""The tables. A change here takes a migration in ``migrations/versions``; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    literal_column,
)

from bot.store.columns import Guild, Id, Moment, Words
from bot.store.indexes import partial

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

guilds = Table(
    "guilds",
    metadata,
    Column("guild_id", Id, primary_key=True, autoincrement=False),
    Column("pack", Words, nullable=False),
    Column("channel_packs", JSON, nullable=False),
    Column("ask_channels", JSON, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("count_private", Boolean, nullable=False),
    Column("instructor_role", Id),
    Column("moderator_role", Id),
    Column("digest_channel", Id),
    Column("log_channel", Id),
    Column("feedback", Boolean, nullable=False),
    Column("timezone", Words, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("user_id", Id, primary_key=True, autoincrement=False),
    Column("pack", Words, nullable=False),
    Column("hidden", Boolean, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

# Ids that people see in lists are never given twice (AUTOINCREMENT), so that a late click cannot hit another row.
unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Guild, nullable=False),
    Column("pack", Words, nullable=False),
    Column("digest", LargeBinary, nullable=False),  # of the text, which may be longer than an index of PostgreSQL takes
    Column("text", Words, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("first_asked", Moment, nullable=False),
    Column("last_asked", Moment, nullable=False),
    UniqueConstraint("guild_id", "pack", "digest"),
    Index(None, "guild_id", "asked", "last_asked", "id"),
    sqlite_autoincrement=True,
)

votes = Table(
    "votes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Guild, nullable=False),
    Column("pack", Words, nullable=False),
    Column("entry", Words, nullable=False),
    Column("user_id", Id, index=True),  # NULL once the person was erased
    Column("helpful", Boolean, nullable=False),
    Column("voted", Moment, nullable=False),
    UniqueConstraint("guild_id", "pack", "entry", "user_id"),
    sqlite_autoincrement=True,
)

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Guild, nullable=False),
    Column("pack", Words, nullable=False),
    Column("entry", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("user_id", Id, index=True),  # NULL once the person was erased
    Column("created", Moment, nullable=False),
    Index(None, "guild_id", "created", "id"),
    sqlite_autoincrement=True,
)

digest_schedules = Table(
    "digest_schedules",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Id, nullable=False),
    Column("channel_id", Id, nullable=False),
    Column("pack", Words, nullable=False),
    Column("rule", JSON, nullable=False),
    Column("setting", JSON, nullable=False),
    Column("role_id", Id),
    Column("user_id", Id, index=True),  # of the author; NULL once the person was erased
    Column("state", Words, nullable=False),
    Column("resume_at", Moment),
    Column("why", Words, nullable=False),
    Column("created", Moment, nullable=False),
    Column("number", Integer, nullable=False),  # of the open digest, or of the next to be opened
    Column("moved_to", Moment),  # the slot that an edit asked for while a digest was under way: the next one's
    Index(None, "guild_id", "id"),
    sqlite_autoincrement=True,
)
is_to_resume = digest_schedules.c.resume_at.is_not(None)
partial(digest_schedules.c.resume_at, where=is_to_resume)

digest_deliveries = Table(
    "digest_deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("schedule_id", Id, ForeignKey(digest_schedules.c.id, ondelete="SET NULL")),  # NULL: posted at once, or gone
    Column("guild_id", Id, nullable=False),
    Column("channel_id", Id, nullable=False),
    Column("pack", Words, nullable=False),
    Column("role_id", Id),
    Column("setting", JSON, nullable=False),  # with a schedule, that one's, once it is sent
    Column("number", Integer, nullable=False),
    Column("due", Moment, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Moment, nullable=False),
    Column("wakes", Moment),  # when it may be claimed: at the next try, at the end of a lease; NULL: not at all
    Column("owner", Words),
    Column("leased_until", Moment),
    Column("claimed_since", Moment),  # kept until it is known what became of the message
    Column("message_id", Id),
    Column("sent_at", Moment),
    Column("late", Boolean, nullable=False),
    Column("why", Words, nullable=False),
    Column("entries", JSON, nullable=False),
    Index(None, "guild_id", "due", "id"),
    Index(None, "schedule_id", "due", "id"),
    sqlite_autoincrement=True,
)
# Literals, because SQLite uses a partial index only where it sees that a statement's condition is the index's own.
is_open = digest_deliveries.c.state.in_([literal_column("'due'"), literal_column("'claimed'")])
is_sent = digest_deliveries.c.state == literal_column("'sent'")
is_awake = digest_deliveries.c.wakes.is_not(None)
partial(digest_deliveries.c.schedule_id, where=is_open, unique=True)
partial(digest_deliveries.c.wakes, digest_deliveries.c.id, where=is_awake)
partial(*(digest_deliveries.c[name] for name in ("guild_id", "pack", "sent_at", "id")), where=is_sent)

topics = Table(
    "topics",
    metadata,
    Column("guild_id", Id, primary_key=True, autoincrement=False),
    Column("pack", Words, primary_key=True),
    Column("day", Date, primary_key=True, index=True),
    Column("entry", Words, primary_key=True),
    Column("askers", Integer, nullable=False),
)

quiz_rounds = Table(
    "quiz_rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Id, nullable=False),
    Column("channel_id", Id, nullable=False),
    Column("pack", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("user_id", Id, index=True),  # of the leader; NULL once the person was erased
    Column("opened", Moment, nullable=False),
    Column("ended", Moment),
    Column("settled", Boolean, nullable=False),  # nobody needs to look after it any more
    Column("seen", Moment, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("questions", JSON, nullable=False),  # apart from the state, which is written much more often
    Column("state", JSON, nullable=False),
    Column("posts", JSON, nullable=False),
    Index(None, "guild_id", "opened", "id"),
    sqlite_autoincrement=True,
)
is_running = quiz_rounds.c.ended.is_(None)
has_ended = quiz_rounds.c.ended.is_not(None)
is_unsettled = quiz_rounds.c.settled.is_(False)
partial(quiz_rounds.c.id, where=is_unsettled)
partial(quiz_rounds.c.guild_id, quiz_rounds.c.ended, quiz_rounds.c.id, where=has_ended)

quiz_seats = Table(
    "quiz_seats",
    metadata,
    Column("round_id", Id, ForeignKey(quiz_rounds.c.id, ondelete="CASCADE"), primary_key=True),
    Column("user_id", Id, primary_key=True, autoincrement=False, index=True),  # below 0 once the person was erased
    Column("joined", Boolean, nullable=False),
    Column("extra", Integer, nullable=False),
    Column("name", Words, nullable=False),
    Column("right_count", Integer, nullable=False),  # as the next two, 0 until the round has ended
    Column("asked", Integer, nullable=False),
    Column("score", Integer, nullable=False),
)

quiz_answers = Table(
    "quiz_answers",
    metadata,
    Column("round_id", Id, primary_key=True, autoincrement=False),
    Column("user_id", Id, primary_key=True, autoincrement=False, index=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("item", Words, nullable=False),
    Column("given", JSON, nullable=False),  # an option's index, or the typed text
    Column("right", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("elapsed", Double, nullable=False),
    Column("allowed", Double),
    # Whoever is erased gets another id on their seat, and the answers follow.
    ForeignKeyConstraint(
        ["round_id", "user_id"], [quiz_seats.c.round_id, quiz_seats.c.user_id], ondelete="CASCADE", onupdate="CASCADE"
    ),
)

quiz_record = Table(
    "quiz_record",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", Id, ForeignKey(quiz_rounds.c.id, ondelete="CASCADE"), nullable=False),
    Column("user_id", Id, index=True),  # NULL once the person was erased
    Column("at", Moment, nullable=False),
    Column("text", Words, nullable=False),
    Index(None, "round_id", "id"),
    sqlite_autoincrement=True,
)

quiz_sets = Table(
    "quiz_sets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Id, nullable=False),
    Column("pack", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("folded", Words, nullable=False),  # the name, without regard to capitals
    Column("questions", JSON, nullable=False),
    Column("user_id", Id, index=True),  # NULL once the person was erased
    Column("created", Moment, nullable=False),
    UniqueConstraint("guild_id", "pack", "folded"),
    sqlite_autoincrement=True,
)

quiz_own = Table(
    "quiz_own",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Id, nullable=False),
    Column("pack", Words, nullable=False),
    Column("item", Words, nullable=False),
    Column("record", JSON, nullable=False),
    Column("user_id", Id, index=True),  # NULL once the person was erased
    Column("created", Moment, nullable=False),
    UniqueConstraint("guild_id", "pack", "item"),
    sqlite_autoincrement=True,
)

quiz_extra = Table(
    "quiz_extra",
    metadata,
    Column("guild_id", Id, primary_key=True, autoincrement=False),
    Column("user_id", Id, primary_key=True, autoincrement=False, index=True),
    Column("percent", Integer, nullable=False),
)

quiz_seen = Table(
    "quiz_seen",
    metadata,
    Column("guild_id", Id, primary_key=True, autoincrement=False),
    Column("pack", Words, primary_key=True),
    Column("item", Words, primary_key=True),
    Column("asked", Integer, nullable=False),
)

quiz_practice = Table(
    "quiz_practice",
    metadata,
    Column("user_id", Id, primary_key=True, autoincrement=False),
    Column("pack", Words, primary_key=True),
    Column("item", Words, primary_key=True),
    Column("at", Moment, primary_key=True),
    Column("right", Boolean, nullable=False),
)
