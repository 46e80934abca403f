"""Pure. What is said about an update: identity, headline, message; whether it is announced; when a delivery is tried again."""

from tasks.alerts.compose import Source, compose, line_of, update_key
from tasks.alerts.headline import headline
from tasks.alerts.routing import confidence_word, passes, retry_at
from tasks.alerts.safety import bare_link, clip, neutral
from tasks.alerts.terminal import render_terminal

__all__ = [
    "Source",
    "bare_link",
    "clip",
    "compose",
    "confidence_word",
    "headline",
    "line_of",
    "neutral",
    "passes",
    "render_terminal",
    "retry_at",
    "update_key",
]
