"""Pure. Time stamps as feeds and pages write them, to instants: strictly, for a wrong time is worse than none."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # news feeds are younger; 1970 and 1795 are clocks and misread numbers
AHEAD = timedelta(hours=24)  # embargoed items and wrong zones; what lies further ahead is a mistake
WIDEST_OFFSET = timedelta(hours=14)  # Kiribati; nothing on Earth is further from UTC

ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ]+(?P<clock>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
RFC822 = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})[ -]+(?P<month>[a-z]{3})[a-z]{0,6}\.?[ -]+(?P<year>\d{4}|\d\d)"
    r"(?:,?\s+(?P<clock>\d{1,2}:\d\d(?::\d\d)?)\s*(?P<zone>[+-]\d\d:?\d\d|[a-z]{1,5})?)?",
    re.IGNORECASE,
)
# Names that news feeds use and RFC 822 does not know. IST and CST stand for several zones; CST is RFC 822's, IST is left out.
ZONES = {
    "WET": "+0000", "WEST": "+0100", "BST": "+0100", "CET": "+0100", "CEST": "+0200", "EET": "+0200", "EEST": "+0300",
    "SAST": "+0200", "MSK": "+0300", "PKT": "+0500", "HKT": "+0800", "SGT": "+0800", "JST": "+0900", "KST": "+0900",
    "AEST": "+1000", "AEDT": "+1100", "NZST": "+1200", "NZDT": "+1300",
}  # fmt: skip


def read_stamp(raw: str) -> datetime | None:
    """Read an ISO 8601 or RFC 822 stamp; no zone is UTC, a day is its midnight, anything else is none."""
    raw = raw.strip()
    try:
        stamp = _iso(raw) or _rfc822(raw)
        if stamp is None or abs(stamp.utcoffset() or timedelta()) > WIDEST_OFFSET:
            return None
        return stamp.astimezone(UTC)
    except (ValueError, OverflowError):  # 30 February, 25 o'clock, the year 1
        return None


def plausible(stamp: datetime | None, now: datetime) -> datetime | None:
    """Let a stamp through if news can bear it: from 2000 to a day ahead."""
    return stamp if stamp and EARLIEST <= stamp <= now + AHEAD else None


def _iso(raw: str) -> datetime | None:
    found = ISO.fullmatch(raw)
    if not found:
        return None
    zone = (found["zone"] or "Z").upper().replace("UTC", "Z").replace("GMT", "Z")
    return datetime.fromisoformat(f"{found['day']}T{found['clock'] or '00:00'}{zone}")


def _rfc822(raw: str) -> datetime | None:
    found = RFC822.fullmatch(raw)
    if not found:
        return None
    day = f"{found['day']} {found['month']} {found['year']}"
    zone = (found["zone"] or "").upper().replace(":", "")
    stamp = parsedate_to_datetime(f"{day} {found['clock'] or '00:00'} {ZONES.get(zone, zone) or '+0000'}")
    return stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
