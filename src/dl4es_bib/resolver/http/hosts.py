"""Whether an address lies inside this machine or its network, where no answer from outside may send us."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final

_LOCAL_NAMES: Final = ("localhost", "localhost.localdomain")
_LOCAL_ENDINGS: Final = (".localhost", ".local", ".internal", ".home.arpa", ".lan")


def is_local(host: str) -> bool:
    """Whether a host name or IP address is of this machine, its network or a link (RFC 6890, RFC 6761, RFC 6762).

    A name is judged by its spelling only; what it stands for is known once it is connected to.
    """
    host = host.strip().rstrip(".").lower().strip("[]").partition("%")[0]
    if not host or host in _LOCAL_NAMES or host.endswith(_LOCAL_ENDINGS):
        return True
    address = _address(host)
    return address is not None and not _is_public(address)


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
        if address in _NAT64:
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
