"""Pure. Alerts as a terminal shows them."""

from tasks.model.alert import Alert


def render_terminal(alert: Alert) -> str:
    """Write an alert for the channel `terminal`: the headline, and the message set in below it."""
    return "\n  ".join((alert.line.headline, *alert.body.splitlines()))
