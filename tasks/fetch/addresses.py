"""Pure. Which addresses belong to the public internet, and which only look as if they did."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# `is_global` alone is not enough: it passes multicast, NAT64, 6to4, ::/96 and, in Python 3.11, what was reserved later.
_UNICAST_6 = IPv6Network(
    "2000::/3"
)  # all that IANA has ever given out; leaves out ::/96, fc00::/7, fec0::/10, 5f00::/16
_RESERVED_6 = (IPv6Network("3fff::/20"),)  # documentation, RFC 9637
_RESERVED_4 = (IPv4Network("192.88.99.0/24"),)  # 6to4 relays, RFC 7526
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits


def is_public(address: str) -> bool:
    """Say whether an address is on the public internet, judging what is wrapped in it where it wraps another."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return _is_public_4(found) if isinstance(found, IPv4Address) else _is_public_6(found)


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not address.is_multicast and not any(address in net for net in _RESERVED_4)


def _is_public_6(address: IPv6Address) -> bool:
    wrapped = _wrapped(address)
    if wrapped is not None:
        return _is_public_4(wrapped)
    return address in _UNICAST_6 and address.is_global and not any(address in net for net in _RESERVED_6)


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
