"""Whether an address lies inside this machine or its network, where no answer from outside may send us."""

from __future__ import annotations

import ipaddress
import socket
import unicodedata
from typing import Final

_LOCAL_NAMES: Final = ("localhost", "localhost.localdomain")
_LOCAL_ENDINGS: Final = (".localhost", ".local", ".internal", ".home.arpa", ".lan")


def is_local(host: str) -> bool:
    """Whether a host name or IP address is of this machine, its network or a link (RFC 6890, RFC 6761, RFC 6762).

    A name is judged by its spelling only; what it stands for is known once it is connected to.
    """
    # Names are normalized before they are looked up (UTS 46): full-width digits and stops are digits and stops.
    host = unicodedata.normalize("NFKC", host).replace("\u3002", ".")
    host = host.strip().rstrip(".").lower().strip("[]").partition("%")[0]
    if not host or host in _LOCAL_NAMES or host.endswith(_LOCAL_ENDINGS):
        return True
    address = _address(host)
    if address is None:
        return "." not in host  # a name without a domain is completed with that of this network
    return not _is_public(address)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if not host[0].isdigit():
        return None
    try:
        # "127.1", "0x7f000001" and "2130706433" are 127.0.0.1 to the system.
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return _is_public(inner)
        if any(address in network for network in _WITH_IPV4):
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast


#: IPv6 addresses that end in an IPv4 address: compatible (RFC 4291), translated (RFC 7915), NAT64 (RFC 6052).
_WITH_IPV4: Final = tuple(ipaddress.IPv6Network(text) for text in ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96"))
#: What older versions of Python take for public: NAT64 of a network's own (RFC 8215), protocol assignments (RFC 6890).
_NOT_PUBLIC: Final = tuple(ipaddress.ip_network(text) for text in ("64:ff9b:1::/48", "192.0.0.0/24"))
