"""Which addresses are public does not depend on the version of Python."""

from __future__ import annotations

import pytest

from sitegen.base.networks import is_public

INSIDE = (
    "0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254"
    " 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.9 192.0.0.170 192.0.0.192 192.0.2.5"
    " 192.88.99.2 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1"
    " 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:192.0.0.192"
    " 64:ff9b::10.0.0.1 64:ff9b:1::1 100::1 100:0:0:1::1 2001:2::1 2001:10::1 2001:db8::1"
    " 2001:1ff::1 2002:0a00:0001::1 2002:c0a8:0001:: 3fff::1 5f00::1 fc00::1 fd12::1 fe80::1"
    " fe80::1%eth0 fec0::1 ff02::1 4000::1"
).split()
PUBLIC = (
    "1.1.1.1 93.184.216.34 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 192.1.0.1"
    " 198.17.0.1 198.20.0.1 223.255.255.1 2606:2800:220:1:248:1893:25c8:1946 2a00:1450:4001::200e"
    " 2001:200::1 2400::1 ::ffff:1.1.1.1 64:ff9b::1.1.1.1 2002:0101:0101::1"
).split()


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


def test_what_is_not_an_address_is_none() -> None:
    with pytest.raises(ValueError, match="does not appear"):
        is_public("localhost")
