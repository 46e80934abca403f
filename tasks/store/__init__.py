"""Edge: SQLAlchemy. What Tocsin remembers, on SQLite or PostgreSQL: every operation one transaction, nouns in and out.

Feeds and entries are claimed by leases on wall time; unique constraints are the last guard.
"""

from tasks.store.holder import Holder
from tasks.store.lock import run_lock
from tasks.store.store import Store

__all__ = ["Holder", "Store", "run_lock"]
