"""Pure. The address of an article: one form for all the links that lead to it."""

import re
from functools import cache, lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from tldextract import TLDExtract
from w3lib.url import canonicalize_url

from tasks.stories.tracking import is_tracking

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TWIN_HOSTS = {"bbc.co.uk": "bbc.com"}  # the BBC serves one path under both, by where the reader is
_SIDE_DOORS = ("www.", "m.", "mobile.", "amp.")  # hosts that serve the article of the bare host
_AMP_VIEWER = re.compile(r"/amp/(?:s/)?((?:[\w-]+\.)+[\w-]+/.+)")  # google.com/amp/s/HOST/PATH
_AMP_CACHE = re.compile(r"/[cvr]/(?:s/)?((?:[\w-]+\.)+[\w-]+/.+)")  # HOST.cdn.ampproject.org/c/s/HOST/PATH
_AMP_TAIL = re.compile(r"(?:/amp|\.amp|(?<=\.)amp\.(?=html?$))(?=$|html?$)")
_UNWRAPS = 3  # an address wrapped more often is no article's
_TOO_LONG = 2048  # what browsers and servers take; longer ones are kept as they are, never shortened


@lru_cache(maxsize=4096)  # an entry's link is asked for at every step
def canonical_url(url: str) -> str:
    """Give the one form of an article's address; empty where it is no web address."""
    parts = _web_parts(_clean(url))
    if parts is None:
        return ""
    if len(url) > _TOO_LONG:
        return url.strip()
    for _ in range(_UNWRAPS):
        inner = _unwrapped(parts)
        if inner is None:
            break
        parts = inner
    return _written(parts)


def address_of(link: str, claimed: str = "") -> str:
    """Choose between an entry's link and the canonical address that its page claims.

    Pages are hostile or careless: a claim counts only within the same domain, and not for a front page.
    """
    own, other = canonical_url(link), canonical_url(claimed)
    if not own or not other:
        return own or other
    same_house = _domain(urlsplit(own).hostname or "") == _domain(urlsplit(other).hostname or "")
    return other if same_house and urlsplit(other).path.strip("/") else own


def host_of(url: str) -> str:
    """Give the bare host of an address, without www and the like."""
    return urlsplit(canonical_url(url)).hostname or ""


def _clean(url: str) -> str:
    try:
        return str(canonicalize_url(url.strip()))
    except ValueError:  # brackets that are no IPv6 address, a port that is no number
        return ""


def _web_parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in _DEFAULT_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if fits else None


def _unwrapped(parts: SplitResult) -> SplitResult | None:
    host = parts.hostname or ""
    pattern = _AMP_CACHE if host.endswith(".cdn.ampproject.org") else _AMP_VIEWER if ".google." in f".{host}" else None
    found = pattern and pattern.fullmatch(parts.path)
    return _web_parts(f"https://{found[1]}") if found else None


def _written(parts: SplitResult) -> str:
    host, scheme = _bare_host(parts.hostname or ""), parts.scheme
    port = parts.port if parts.port != _DEFAULT_PORTS[scheme] else None
    if port is None:
        scheme = "https"  # the same article; a server on a port of its own is left alone
    netloc = f"[{host}]" if ":" in host else host
    return urlunsplit((scheme, f"{netloc}:{port}" if port else netloc, _path(parts.path), _query(parts.query), ""))


def _path(path: str) -> str:
    before = ""
    while before != path:
        before, path = path, _AMP_TAIL.sub("", path.rstrip("/;"))  # parameters that are none, too
    return path or "/"


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(sorted(pair for pair in pairs if not is_tracking(pair[0])))


@cache
def _suffixes() -> TLDExtract:
    return TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list in the package: no network, no cache on disk


def _domain(host: str) -> str:
    found = _suffixes()(host)
    if found.ipv4:
        return host
    labels = (
        f"{found.domain}.{found.suffix}" if found.suffix else ".".join(host.split(".")[-2:])
    )  # a name of no known suffix
    return _TWIN_HOSTS.get(labels, labels)


def _bare_host(host: str) -> str:
    host = host.rstrip(".")
    for door in _SIDE_DOORS:
        rest = host.removeprefix(door)
        if rest != host and "." in rest and _suffixes()(rest).domain:  # a mere suffix has none
            return _bare_host(rest)
    return _TWIN_HOSTS.get(host, host)
