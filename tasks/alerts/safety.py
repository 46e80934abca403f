"""Pure. Texts from outside made safe to send: one line, no hidden characters, nothing that a chat would act on."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from tasks.plain import one_line

WORD_JOINER = (
    "\u2060"  # invisible, no line break: what it is put into is still read, but is no mention, markup or label
)
TEXT_MAX = 2000  # of any one text: what Discord takes as a whole message

_ACTED_ON = re.compile(
    r"@(?=\w)"  # @everyone, @here, @name
    r"|<(?=\S)"  # <!channel>, <@U1>, <url|label>, <b>
    r"|\](?=[(\[])",  # [label](url)
)
_URL_SAFE = "/:?#[]!$&'()*+,;=%-._~"  # what RFC 3986 allows, but @: a chat would read a mention


def neutral(text: str) -> str:
    """Make a text from outside inert: a single line without hidden characters, mentions or markup."""
    return _ACTED_ON.sub(lambda found: found.group() + WORD_JOINER, one_line(text, TEXT_MAX))


def clip(text: str, most: int) -> str:
    """Cut a text to this many characters, at a word where one ends near, and say so with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    head, _, tail = cut.rpartition(" ")
    return (head if head and len(tail) < most // 4 else cut).rstrip() + "…"


def bare_link(url: str) -> str:
    """Give a link as it may stand bare in a message, with its real host and without credentials; "" where it is no web link."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[a-z0-9._:\-]+", host):
        return ""
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    tail = (quote(part, safe=_URL_SAFE, errors="replace") for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, place, *tail))
