"""Edge: Alembic. A band's key leads to stories, no longer to every copy: a text that thousands carry is found in one step."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Keep of each story and key the newest article."""
    op.execute(
        "CREATE TEMPORARY TABLE kept AS SELECT bands.key AS key, articles.story_id AS story_id, max(articles.id) AS article_id"
        " FROM bands JOIN articles ON articles.id = bands.article_id GROUP BY bands.key, articles.story_id"
    )
    op.drop_table("bands")
    op.create_table(
        "bands",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", _ID, autoincrement=False, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_bands_article_id")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_bands_story_id")),
        sa.PrimaryKeyConstraint("key", "story_id", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO bands (key, story_id, article_id) SELECT key, story_id, article_id FROM kept")
    op.execute("DROP TABLE kept")


def downgrade() -> None:
    """Go back to one row an article."""
    op.execute("CREATE TEMPORARY TABLE kept AS SELECT key, article_id FROM bands")
    op.drop_table("bands")
    op.create_table(
        "bands",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", _ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_bands_article_id")),
        sa.PrimaryKeyConstraint("key", "article_id", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO bands (key, article_id) SELECT DISTINCT key, article_id FROM kept")
    op.execute("DROP TABLE kept")
