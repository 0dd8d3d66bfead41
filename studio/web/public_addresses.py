"""Which addresses of the internet may be spoken to for somebody who only names them."""

import ipaddress
from typing import Final

# IPv6 addresses that a gateway turns into the IPv4 address inside them, which may be a private one
# (RFC 6052, RFC 8215, RFC 3056).
_TRANSLATED: Final = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))


def is_public(text: str) -> bool:
    """Whether an IP address is anybody's to reach: not of this machine, nor of a private network."""
    address = ipaddress.ip_address(text.split("%", 1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in _TRANSLATED):
            return False
        address = address.ipv4_mapped or address
    return address.is_global and not address.is_multicast
