"""Pure. What can be said about a URL without asking anyone: whose it is, whether it may be asked for, how to show it."""

import re
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}

# Parsers disagree on both (they end the host for some, not for others), and no honest link carries them.
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")
# User info; or a password with a raw slash in it, which shows in a "port" that is none.
_USER_INFO = re.compile(r"//(?:[^/?#]*@|[^/?#@:\[\]]*:(?!\d*(?:[/?#]|$))\S*@)")


def masked(url: str) -> str:
    """Show a URL without its user info; every URL in a log, a row or an error goes through here."""
    return _USER_INFO.sub("//***@", url, count=1)


def host_of(url: str) -> str:
    """Name the host of an absolute http(s) URL in lower case, with its port where that is not the default; else ''."""
    parts = _parts(url)
    if parts is None or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = parts.port in {None, DEFAULT_PORTS[parts.scheme]}
    return host if usual else f"{host}:{parts.port}"


def is_http_url(url: str) -> bool:
    """Say whether this is an absolute http or https URL that all parsers read alike."""
    return host_of(url) != ""


def has_forbidden(url: str) -> bool:
    """Say whether a URL carries a backslash or a control character."""
    return _FORBIDDEN.search(url) is not None


def _parts(url: str) -> SplitResult | None:
    if has_forbidden(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return None
    return parts if parts.scheme in DEFAULT_PORTS else None
