"""Which addresses may be asked anything: public ones, and those an organisation names as its own.

Ranges: IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890), and the forms of IPv6 that carry an
IPv4 address inside (RFC 4291 sections 2.5.5, 3056, 4380, 6052).
"""

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from masthead.exchange.errors import refused, too_slow, unreachable

type Address = IPv4Address | IPv6Address
type Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a name, as numbers in text. OSError where it has none."""

_NEVER = frozenset(
    map(ip_address, ["169.254.169.254", "fd00:ec2::254", "fd20:ce::254", "168.63.129.16", "100.100.100.200"])
)
"""Where clouds hand a machine its own secrets: asked for nobody, whatever is allowed."""

WEB = (80, 443)
"""The ports of http and https."""

_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = [
    ip_network(each)
    for each in (
        "192.88.99.0/24",  # relays of 6to4, withdrawn
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4: whose IPv4 address is inside does not matter, nobody serves the web there
        "3fff::/20",
    )
]


@dataclass(frozen=True, slots=True)
class Allow:
    """What may be reached besides public addresses on the web's two ports. Nothing, unless named.

    `networks` are addresses or networks such as `10.0.4.7` or `10.0.5.0/24` (ValueError for anything else);
    `ports` may be asked there besides the web's; `roots` is a PEM file of authorities to believe as well.
    Somebody's redirect from a public address never leads to one of `networks`.
    """

    networks: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    roots: str = ""

    def __post_init__(self) -> None:
        self.nets()

    def nets(self) -> list[IPv4Network | IPv6Network]:
        """The networks, read."""
        return [ip_network(each) for each in self.networks]

    def at(self, address: Address, port: int) -> bool:
        """Whether `port` may be asked at `address`: the web's two anywhere, others where they are named."""
        return port in WEB or (port in self.ports and self.names(address))

    def names(self, address: Address) -> bool:
        """Whether `address` is one of `networks`."""
        address = _plain(address)
        return address not in _NEVER and any(address in each for each in self.nets())


PUBLIC_ONLY = Allow()


def is_public(address: Address) -> bool:
    """Whether anyone on the internet could reach `address`, and we ask nothing that they could not."""
    address = _plain(address)
    if address in _NEVER or any(address in each for each in _NOT_PUBLIC):
        return False
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
        if address not in _UNICAST:
            return False
    elif address.is_reserved:
        return False
    return address.is_global and not address.is_multicast


def _plain(address: Address) -> Address:
    """The IPv4 address that an IPv4-mapped one is; without the zone that an interface gives it."""
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or IPv6Address(int(address))
    return address


def looked_up(
    host: str, port: int, seconds: float, resolve: Resolve, allow: Allow, *, public: bool
) -> list[Address]:
    """The addresses of `host` in the order to try them. All of them may be asked, else none is.

    With `public`, what `allow` names is refused too. Raises `AddressRefused` or `Unreachable`.
    """
    found = [ip_address(each.partition("%")[0]) for each in _in_time(host, port, seconds, resolve)]
    if not found:
        raise unreachable(host)
    for each in found:
        inside = not is_public(each) and (public or not allow.names(each))
        if inside or not allow.at(each, port):
            raise refused()
    return found


def system(host: str, port: int) -> list[str]:
    """The addresses of a name as this machine knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _in_time(host: str, port: int, seconds: float, resolve: Resolve) -> Sequence[str]:
    """Look a name up in a thread: the system's own way to do it knows no limit of time."""
    answer: list[Sequence[str]] = []
    trouble: list[Exception] = []

    def ask() -> None:
        try:
            answer.append(resolve(host, port))
        except (OSError, UnicodeError) as error:
            trouble.append(error)

    thread = threading.Thread(target=ask, name="masthead-name", daemon=True)
    thread.start()
    thread.join(seconds)
    if answer:
        return answer[0]
    if trouble:
        raise unreachable(host) from trouble[0]
    raise too_slow(host)
