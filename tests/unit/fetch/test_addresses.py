"""Which addresses are public."""

import pytest

from tasks.fetch.addresses import is_public

PUBLIC = """
93.184.216.34 8.8.8.8 2606:2800:220:1:248:1893:25c8:1946 2001:4860:4860::8888
::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1
"""
NOT_PUBLIC = """
127.0.0.1 127.1.2.3 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 100.127.255.255
192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 192.88.99.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::7f00:1 64:ff9b:1::808:808 2002:7f00:1::1 2002:a00:1::1
fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd12:3456::1 ff02::1 ff0e::1 100::1 2001::1 2001:db8::1 3fff::1 5f00::1
example.org 127.1 0x7f000001
"""


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public(address: str) -> None:
    """An address of the internet is public, also wrapped in another family's."""
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_not_public(address: str) -> None:
    """Loopback, private, link-local, shared, multicast and reserved addresses are not, however wrapped; nor is a name."""
    assert not is_public(address)
