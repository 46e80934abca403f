"""Edge: SQLAlchemy. The tables. Migrations lead to them; a test holds both against each other."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; a naive value is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """Turn into UTC on the way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        """Make aware on the way out (SQLite has no zones)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={  # SQLite's batch migrations need names to alter anything
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite gives numbers by itself to INTEGER only
_Key = BigInteger()


def _partial(name: str, column: str, where: str) -> Index:
    """Index only the rows that work is waiting for: they are few among many."""
    return Index(name, column, sqlite_where=text(where), postgresql_where=text(where))


def _lease() -> tuple[Column[str], Column[datetime]]:
    return Column("lease_holder", String), Column("lease_until", Instant)


feeds = Table(
    "feeds", metadata,
    Column("id", _Id, primary_key=True),
    Column("url", Text, nullable=False, unique=True),  # as written, user info masked: its identity
    Column("name", Text, nullable=False),
    Column("digest", String, nullable=False),  # of the specification
    Column("current_url", Text, nullable=False, server_default=""),  # after permanent redirects; no user info
    Column("state", String, nullable=False),
    Column("error", Text, nullable=False, server_default=""),
    Column("etag", Text, nullable=False, server_default=""),
    Column("last_modified", Text, nullable=False, server_default=""),
    Column("body_digest", String, nullable=False, server_default=""),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("dropped", Integer, nullable=False, server_default="0"),
    Column("next_poll", Instant),  # null: at once
    Column("polled_at", Instant),
    Column("retry_until", Instant),
    Column("added_at", Instant, nullable=False),
    Column("retired_at", Instant),
    *_lease(),
    Index("ix_feeds_next_poll", "next_poll"),
)  # fmt: skip

stories = Table(
    "stories", metadata,
    Column("id", _Id, primary_key=True),
    Column("first_article", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("origin_why", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
)  # fmt: skip

articles = Table(
    "articles", metadata,
    Column("id", _Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # Article.id: the canonical URL
    Column("story_id", _Id, ForeignKey("stories.id"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("published", Instant),
    Column("provenance", String, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("as_of", Instant, nullable=False, index=True),  # published, else first seen
    Column("live", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),  # the current one
)  # fmt: skip

revisions = Table(
    "revisions", metadata,
    Column("article_id", _Id, ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("digest", String, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("payload", Text, nullable=False),  # Article as JSON
)  # fmt: skip

bands = Table(
    "bands", metadata,
    Column("key", _Key, primary_key=True, autoincrement=False),
    Column("story_id", _Id, ForeignKey("stories.id"), primary_key=True, autoincrement=False),
    Column("article_id", _Id, ForeignKey("articles.id"), nullable=False),  # the story's newest article with this key
    sqlite_with_rowid=False,  # 32 rows a story: the key is the table
)  # fmt: skip

entries = Table(
    "entries", metadata,
    Column("id", _Id, primary_key=True),
    Column("feed_id", _Id, ForeignKey("feeds.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("guid", Text, nullable=False),
    Column("link", Text, nullable=False),  # canonical
    Column("title", Text, nullable=False),
    Column("digest", String, nullable=False),
    Column("payload", Text, nullable=False),  # Entry as JSON
    Column("first_seen", Instant, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("ignored", Integer, nullable=False, server_default="0"),  # changes beyond the cap
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("page", Text),  # Page as JSON, until it is understood
    Column("page_reason", Text, nullable=False, server_default=""),  # why its page was not read
    Column("drop_reason", Text, nullable=False, server_default=""),  # why it was given up
    Column("article_id", _Id, ForeignKey("articles.id")),
    *_lease(),
    UniqueConstraint("feed_id", "key"),
    Index("ix_entries_feed_id_guid", "feed_id", "guid"),
    Index("ix_entries_feed_id_link", "feed_id", "link"),
    Index("ix_entries_article_id", "article_id"),
    _partial("ix_entries_unfinished", "id", "state <> 'understood'"),
)  # fmt: skip

watches = Table(
    "watches", metadata,
    Column("id", String, primary_key=True),  # the row is the watch's lock
    Column("digest", String, nullable=False),
    Column("dirty", Boolean, nullable=False),  # mentions came that are not folded yet
    Column("added_at", Instant, nullable=False),
    Column("retired_at", Instant),
)  # fmt: skip


def _watch() -> Column[str]:
    return Column("watch_id", String, ForeignKey("watches.id"), nullable=False)


mentions = Table(
    "mentions", metadata,
    Column("id", _Id, primary_key=True),
    _watch(),
    Column("article_id", _Id, ForeignKey("articles.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("field", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("detector", String, nullable=False),
    Column("at", Instant, nullable=False),  # as-of
    Column("outlet", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("payload", Text, nullable=False),  # Mention as JSON
    UniqueConstraint("article_id", "revision", "watch_id", "field", "start", "end", "detector", name="uq_mentions_fact"),
    Index("ix_mentions_watch_id_at", "watch_id", "at"),
)  # fmt: skip

ledger_events = Table(
    "ledger_events", metadata,
    Column("id", _Id, primary_key=True),
    _watch(),
    Column("kind", String, nullable=False),
    Column("development", String, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_ledger_events_watch_id_at", "watch_id", "at"),
)  # fmt: skip

developments = Table(
    "developments", metadata,
    Column("id", String, primary_key=True),
    _watch(),
    Column("changed_at", Instant, nullable=False),
    Column("payload", Text, nullable=False),  # Development as JSON
    Index("ix_developments_watch_id_changed_at", "watch_id", "changed_at"),
)  # fmt: skip

updates = Table(
    "updates", metadata,
    Column("watch_id", String, ForeignKey("watches.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),  # in the ledger
    Column("development", String, nullable=False, index=True),
    Column("key", String, nullable=False),  # of its alert; empty where it was never decided in this form
    Column("silent", Text, nullable=False),  # why it was not announced; empty if it was
    Column("at", Instant, nullable=False),
    Column("payload", Text, nullable=False),  # Update as JSON
)  # fmt: skip

alerts = Table(
    "alerts", metadata,
    Column("id", _Id, primary_key=True),
    Column("key", String, nullable=False, unique=True),  # for ever
    _watch(),
    Column("created_at", Instant, nullable=False),
    Column("payload", Text, nullable=False),  # Alert as JSON
    Index("ix_alerts_watch_id", "watch_id"),
)  # fmt: skip

deliveries = Table(
    "deliveries", metadata,
    Column("id", _Id, primary_key=True),
    Column("alert_id", _Id, ForeignKey("alerts.id"), nullable=False),
    Column("channel", String, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt", Instant),  # null: at once
    Column("error", Text, nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    *_lease(),
    UniqueConstraint("alert_id", "channel"),
    _partial("ix_deliveries_pending", "next_attempt", "state = 'pending'"),
)  # fmt: skip

runs = Table(
    "runs", metadata,
    Column("id", _Id, primary_key=True),
    Column("holder", String, nullable=False),
    Column("started_at", Instant, nullable=False),  # wall time
    Column("ended_at", Instant),
    Column("as_of", Instant, nullable=False),
    Column("counts", Text, nullable=False, server_default="{}"),
)  # fmt: skip

LEASED = (feeds, entries, deliveries)
