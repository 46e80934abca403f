"""Pure. Addresses as people write them: of feeds, proxies, the board and the store. Nothing here repeats one in a problem."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

from pydantic import AfterValidator

from config.nearest import nearest, plain
from config.wrong import wrong
from tasks.urls import has_forbidden, host_of, is_http_url

_WEB = plain("http", "https")
_SQLITE = "sqlite:///"
_STORES = plain("sqlite", "postgresql", "postgresql+psycopg")


def web_address(url: str) -> str:
    """Refuse what is no absolute http or https address with a host."""
    if has_forbidden(url) or any(map(str.isspace, url)):
        raise wrong("the address has a space, a backslash or a control character in it")
    scheme = url.partition(":")[0].lower()
    if scheme not in _WEB:
        raise wrong("the address must start with http:// or https://", nearest(scheme, _WEB))
    if not is_http_url(url):
        raise wrong("the address names no host, or host or port is malformed")
    return url


def same_address(url: str) -> str:
    """Give a form in which two spellings of one web address are equal."""
    parts = urlsplit(url)
    user, at, _ = parts.netloc.rpartition("@")
    return urlunsplit((parts.scheme, f"{user}{at}{host_of(url)}", parts.path or "/", parts.query, ""))


def store_url(url: str) -> str:
    """Refuse what is no address of an SQLite file or a Postgres database."""
    scheme, colon, rest = url.partition("://")
    if not colon or scheme not in _STORES:
        raise wrong("the store is sqlite:///FILE or postgresql+psycopg://HOST/DATABASE", nearest(scheme, _STORES))
    if scheme == "sqlite" and rest.partition("?")[0] in ("", "/", "/:memory:"):
        raise wrong("the store needs a file: in memory, every alert would be forgotten and said again")
    if scheme == "sqlite" and not rest.startswith("/"):
        raise wrong("an SQLite store has three slashes before its file", _SQLITE)
    return url


def store_in(folder: Path, url: str) -> str:
    """Resolve the file of an SQLite store against the configuration folder."""
    if not url.startswith(_SQLITE):
        return url
    file, mark, options = url.removeprefix(_SQLITE).partition("?")
    return f"{_SQLITE}{folder / file}{mark}{options}"


WebAddress = Annotated[str, AfterValidator(web_address)]
PublicUrl = Annotated[str, AfterValidator(lambda url: url and web_address(url))]
StoreUrl = Annotated[str, AfterValidator(store_url)]
