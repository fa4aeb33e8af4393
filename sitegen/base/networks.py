"""Which network addresses are public: own tables, as those of Python differ between its
versions."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Literal
from urllib.parse import urlsplit

# Source: IANA IPv4 Special-Purpose Address Registry
# (https://www.iana.org/assignments/iana-ipv4-special-registry),
# all that is not globally reachable, and anycast services in it, which are no hosts; then
# multicast (RFC 5771).
_NOT_PUBLIC_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Source: IANA IPv6 Special-Purpose Address Registry
# (https://www.iana.org/assignments/iana-ipv6-special-registry) within
# what is allocated for hosts (RFC 4291, 2.4); all outside of that is not public.
_HOSTS_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, also where it wraps an IPv4 address.

    Raises ValueError for what is not an IP address.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return not any(ip in block for block in _NOT_PUBLIC_4)
    if inner := _wrapped(ip):
        return is_public(str(inner))
    return ip in _HOSTS_6 and not any(ip in block for block in _NOT_PUBLIC_6)


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that one of version 6 leads to: mapped, 6to4, Teredo, NAT64 (RFC 4291, 3056,
    4380, 6052)."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


MADE_UP = "digest.example"  # the host that `sitegen init` writes
LOCAL = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".localdomain")
RESERVED = (".example", ".test", ".invalid")  # RFC 2606 and 6761, as are these names
NAMES = (".example.com", ".example.net", ".example.org")


def reach_of(url: str) -> Literal["public", "local", "example", "reserved"]:
    """Who can reach a URL: readers; only this machine or network; nobody, as it is the example of
    `init`; or nobody, as its name is reserved for examples and tests."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    dotted = f".{host}"
    if _is_local(host):
        return "local"
    if dotted.endswith(f".{MADE_UP}"):
        return "example"
    if dotted.endswith((*RESERVED, *NAMES)):
        return "reserved"
    return "public"


def _is_local(host: str) -> bool:
    """Whether a name or address is of this machine or network."""
    if "." not in host or host.endswith(LOCAL):  # a name of one part, such as `localhost`
        return True
    try:
        return not is_public(host)
    except ValueError:  # a name
        return False
