"""Edge: Alembic. The steps that lead a database from nothing to today's tables."""
