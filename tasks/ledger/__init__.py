"""Pure. The ledger of a watch: the fold of its facts into developments and updates, and which of those are announced."""

from tasks.ledger.announce import Announcement, Policy, Setting, announcements
from tasks.ledger.fold import fold

__all__ = ["Announcement", "Policy", "Setting", "announcements", "fold"]
