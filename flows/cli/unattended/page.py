"""Edge: files. Keep Prefect's UI to itself: its page calls an analytics host at every load, whatever the settings say."""

from pathlib import Path

_HEAD = "<head>"
_POLICY = (
    '<meta http-equiv="Content-Security-Policy"'
    " content=\"connect-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; frame-src 'none'\">"
)


def guard(ui: Path) -> None:
    """Put a policy into the pages of the UI that lets a browser talk to this server only; pages that have it stay."""
    for page in ui.glob("*/index.html"):
        text = page.read_text("utf-8")
        if _POLICY not in text:
            page.write_text(text.replace(_HEAD, _HEAD + _POLICY, 1), "utf-8")
