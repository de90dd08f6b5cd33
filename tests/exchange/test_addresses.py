"""No spelling of an address that is not public is ever connected to."""

import sys
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import inet_aton, inet_ntoa

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from masthead.exchange import AddressRefused, Allow, BadAddress, Limits, Unreachable, checked, fetch
from masthead.exchange.addresses import is_public, looked_up
from masthead.exchange.place import Place

INSIDE_4 = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/29", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32", "168.63.129.16/32",
]  # fmt: skip
INSIDE_6 = [
    "::/128", "::1/128", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:2::/48",
    "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
    "fec0::/10", "ff00::/8", "fd00:ec2::254/128",
]  # fmt: skip

connected: list[object] = []


def _watch(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect":
        connected.append(args[1])


sys.addaudithook(_watch)


def within(networks: list[str]) -> st.SearchStrategy:
    return st.sampled_from([ip_network(each) for each in networks]).flatmap(
        lambda net: st.integers(int(net[0]), int(net[-1])).map(type(net[0]))
    )


inside_4 = within(INSIDE_4)


@st.composite
def spelt_4(draw: st.DrawFn) -> str:
    """An IPv4 address in one of the ways that some program understands."""
    number = int(draw(inside_4))
    count = draw(st.integers(1, 4))
    parts = [(number >> (24 - 8 * i)) & 0xFF for i in range(count - 1)]
    parts.append(number & (2 ** (8 * (5 - count)) - 1))
    ways = st.sampled_from(["{}", "0x{:x}", "0X{:X}", "0{:o}", "00{:o}", "0x00{:x}"])
    host = draw(st.sampled_from([".", ".", "。", "．"])).join(draw(ways).format(each) for each in parts)
    if draw(st.booleans()):
        zero = draw(st.sampled_from([0xFF10, 0x0660, 0x1D7CE]))
        host = "".join(chr(zero + int(c)) if c.isdigit() and c.isascii() else c for c in host)
    return host + draw(st.sampled_from(["", "", ".", "。", "%2e"]))


def carried(address: IPv4Address) -> list[IPv6Address]:
    """The addresses of IPv6 that carry one of IPv4."""
    number = int(address)
    teredo = int(IPv6Address("2001::")) | (number ^ 0xFFFF_FFFF)
    return [
        IPv6Address(0xFFFF_0000_0000 | number),
        IPv6Address(number),
        IPv6Address(int(IPv6Address("2002::")) | number << 80),
        IPv6Address(teredo),
        IPv6Address(int(IPv6Address("64:ff9b::")) | number),
        IPv6Address(int(IPv6Address("64:ff9b:1::")) | number),
    ]


inside_6 = within(INSIDE_6) | inside_4.flatmap(lambda each: st.sampled_from(carried(each)))
spelt_6 = st.builds(
    lambda address, way: f"[{way(address)}]",
    inside_6,
    st.sampled_from(
        [
            str,
            lambda each: each.exploded,
            lambda each: each.exploded.upper(),
            lambda each: f"{each.exploded[:30]}{IPv4Address(int(each) & 0xFFFF_FFFF)}",
            lambda each: f"{each}%25eth0",
        ]
    ),
)


def as_c_libraries_do(host: str, port: int) -> list[str]:
    """A name looked up by a system that takes every spelling of a number."""
    if ":" in host:
        return [host]
    try:
        return [inet_ntoa(inet_aton(host))]
    except OSError:
        raise OSError("no such name") from None


@given(
    st.sampled_from(["http", "https", "HTTP"]),
    spelt_4() | spelt_6,
    st.sampled_from(["", ":80", ":443", ":", ":080"]),
    st.sampled_from(["", "/", "/a?b", "#", "?@example.org"]),
)
@example("http", "127.1", "", "/")
@example("http", "0177.0.0.1", "", "/")
@example("http", "①②⑦.0.0.1", "", "/")
@example("http", "[::ffff:127.0.0.1]", "", "/")
@example("http", "[::ffff:7f00:1]", "", "/")
@example("http", "127.0.0.1.", "", "/")
@example("http", "example.org@127.0.0.1", "", "/")
@example("http", "127.0.0.1\\@example.org", "", "/")
@example("http", "127.0.0.1\t", "", "/")
def test_no_spelling_of_an_address_inside_is_connected_to(scheme, host, port, rest):
    connected.clear()
    with pytest.raises((AddressRefused, BadAddress, Unreachable)):
        fetch(f"{scheme}://{host}{port}{rest}", limits=Limits(seconds=5), resolve=as_c_libraries_do)
    assert connected == []


@given(inside_4 | inside_6)
def test_no_name_of_an_address_inside_is_connected_to(address):
    connected.clear()
    with pytest.raises(AddressRefused):
        fetch("http://herald.example/", resolve=lambda host, port: ["93.184.215.14", str(address)])
    assert connected == []


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"],
)
def test_public_addresses_are_public(address):
    assert is_public(ip_address(address))


def test_what_is_allowed_inside_is_never_where_someone_elses_redirect_leads():
    allow = Allow(("10.0.4.7",))

    def inside(host, port):
        return ["10.0.4.7"]

    assert looked_up("cms.example", 80, 5, inside, allow, public=False) == [ip_address("10.0.4.7")]
    with pytest.raises(AddressRefused):
        looked_up("cms.example", 80, 5, inside, allow, public=True)


@pytest.mark.parametrize(
    "url",
    [
        "", "herald.example", "//herald.example", "file:///etc/passwd", "ftp://herald.example/", "gopher://a.b/",
        "http://", "http:///x", "http://a b/", "http://a\r\nHost: b/", "http://user@herald.example/",
        "http://user:pw@herald.example/", "http://herald.example:0/", "http://herald.example:65536/",
        "http://herald.example:x/", "http://[::1/", "http://a..b/", "http://-a.b/", "http://a_b.%00/", "http://a%2eb/",
        "http://[fe80::1%25eth0]/", "http://" + "a" * 64 + ".b/", "http://\ud800.b/", "http://a\\b/", "http://é‌/",
        "http://a.b/" + "x" * 9000, "http://[v1.a]/", "data:text/plain,x",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_said_to_be_none(url):
    with pytest.raises(BadAddress):
        Place.read(url)


@given(st.text(max_size=60))
def test_every_text_is_an_address_or_refused(text):
    for url in (text, f"http://{text}", f"https://herald.example/{text}"):
        try:
            place = Place.read(url)
        except (BadAddress, AddressRefused):
            continue
        assert place.url.isascii()
        assert Place.read(place.url) == place


def test_an_address_is_looked_at_before_it_is_kept():
    allow = Allow(("10.0.4.7",), (8080,))
    assert checked("HTTPS://Herald.Example:443/hook#x") == "https://herald.example/hook"
    assert checked("http://10.0.4.7:8080/hook", allow, encrypted=True) == "http://10.0.4.7:8080/hook"
    for url in ("https://10.0.4.8/", "https://herald.example:22/", "https://[::1]/"):
        with pytest.raises(AddressRefused):
            checked(url, allow)
    with pytest.raises(BadAddress, match="read on the way"):
        checked("http://herald.example/", allow, encrypted=True)


def test_a_port_that_is_allowed_inside_is_not_asked_outside():
    allow = Allow(("10.0.4.7",), (8080,))
    with pytest.raises(AddressRefused):
        looked_up("herald.example", 8080, 5, lambda host, port: ["93.184.215.14"], allow, public=False)
