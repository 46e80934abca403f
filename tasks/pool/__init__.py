"""Edge: worker processes. Parsing, extraction and detection of hostile input, each item with a deadline and a memory limit."""

from tasks.pool.limits import Limits
from tasks.pool.supervisor import Pool, slots

__all__ = ["Limits", "Pool", "slots"]
