"""What is fetched, and what is refused, from real servers on this machine."""

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from tests.exchange.certificates import served_as
from tests.exchange.sites import Site, dripping, endless, packed, raw, says, site

from masthead.errors import MastheadError, NotFound, Unavailable
from masthead.exchange import (
    AddressRefused,
    Allow,
    BadAddress,
    Deadline,
    Limits,
    NotWanted,
    RobotsRefuse,
    TooLarge,
    Unreachable,
    ask,
    fetch,
    send,
)

HERE = "127.0.0.1"
SHORT = Limits(seconds=0.3)


@pytest.fixture
def there() -> Iterator[Site]:
    with site() as made:
        yield made


def here(*sites: Site, roots: str = "") -> Allow:
    return Allow((HERE, "::1"), tuple(each.port for each in sites), roots)


def known(**names: list[str]):
    """A resolver that knows these names (`_` for `.`) and no other."""
    table = {name.replace("_", "."): found for name, found in names.items()}

    def resolve(host: str, port: int) -> list[str]:
        if host not in table:
            raise OSError(f"no such name: {host}")
        return table[host]

    return resolve


def test_it_gives_the_bytes_with_their_hash_type_and_time(there):
    there.answers["/a?b=c"] = says(b"caf\xe9", Content_Type="Text/HTML; Charset=ISO-8859-1")
    now = datetime(2026, 11, 22, tzinfo=UTC)
    got = fetch(there.url("/a?b=c#part"), allow=here(there), now=lambda: now)
    assert (got.content, got.media_type, got.charset) == (b"caf\xe9", "text/html", "iso-8859-1")
    assert (got.status, got.fetched_at, got.redirects) == (200, now, ())
    assert got.sha256 == sha256(b"caf\xe9").hexdigest()
    assert (got.url, got.asked_url) == (there.url("/a?b=c"), there.url("/a?b=c#part"))


def test_it_says_who_asks_and_brings_no_cookie_or_password(there, monkeypatch):
    for name in ("http_proxy", "https_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    there.answers["/"] = says(b"x", Set_Cookie="a=b")
    for _ in range(2):
        fetch(there.url(), allow=here(there))
    for asked in there.asked:
        assert asked.headers["user-agent"].startswith("Masthead/")
        assert asked.headers["host"] == f"127.0.0.1:{there.port}"
        assert not {"cookie", "authorization", "referer"} & asked.headers.keys()


def test_letters_beyond_ascii_are_sent_as_the_web_does(there):
    there.answers["/caf%C3%A9?q=%7Cx%C3%BC"] = says(b"x")
    got = fetch(
        there.url("/café?q=|xü", host="BÜCHER.example"),
        allow=here(there),
        resolve=known(**{"xn--bcher-kva_example": [HERE]}),
    )
    assert got.url == there.url("/caf%C3%A9?q=%7Cx%C3%BC", host="xn--bcher-kva.example")
    assert there.asked[0].headers["host"] == f"xn--bcher-kva.example:{there.port}"


def test_it_unpacks(there):
    there.answers["/gzip"] = packed(b"hello")
    there.answers["/two"] = says(gzip.compress(b"a") + gzip.compress(b"b"), Content_Encoding="gzip")
    there.answers["/deflate"] = says(zlib.compress(b"hello"), Content_Encoding="deflate")
    there.answers["/none"] = says(b"", Content_Encoding="gzip")
    for target, expected in (("/gzip", b"hello"), ("/two", b"ab"), ("/deflate", b"hello"), ("/none", b"")):
        assert fetch(there.url(target), allow=here(there)).content == expected


def test_it_follows_redirects_and_says_so(there):
    there.answers["/a"] = says(status="301 Moved", Location="b?x")
    there.answers["/b?x"] = says(status="302 Found", Location=f"//127.0.0.1:{there.port}/café")
    there.answers["/caf%C3%A9"] = says(b"here")
    got = fetch(there.url("/a"), allow=here(there))
    assert got.content == b"here"
    assert got.redirects == (there.url("/b?x"), there.url("/caf%C3%A9"))
    assert got.url == got.redirects[-1]


def test_it_does_not_follow_for_ever(there):
    there.answers["/"] = says(status="302 Found", Location="/")
    with pytest.raises(NotWanted):
        fetch(there.url(), allow=here(there))
    assert len(there.asked) == 6


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.2/",
        "http://10.0.0.1/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706434/",
        "https://inside.example/",
        "//0x7f000002/",
    ],
)
def test_a_redirect_is_looked_at_as_the_first_address_was(there, location):
    there.answers["/"] = says(status="302 Found", Location=location)
    resolve = known(localhost=["127.0.0.2"], inside_example=["192.168.1.1"])

    def numbers(host: str, port: int) -> list[str]:
        return [host] if host[0].isdigit() or ":" in host else resolve(host, port)

    allow = Allow((HERE,), (80, 443, there.port))
    with pytest.raises(AddressRefused):
        fetch(there.url(), allow=allow, resolve=numbers)
    assert len(there.asked) == 1


@pytest.mark.parametrize(
    "location", ["ftp://herald.example/", "javascript:alert(1)", "http://a:b@herald.example/"]
)
def test_a_redirect_leads_to_the_web_only(there, location):
    there.answers["/"] = says(status="302 Found", Location=location)
    with pytest.raises(BadAddress):
        fetch(there.url(), allow=here(there))


def test_a_name_with_one_private_address_among_its_public_ones_is_refused(there):
    there.answers["/"] = says(b"x")
    for found in (
        ["93.184.215.14", "10.0.0.1"],
        ["2606:2800::1", HERE],
        ["::ffff:10.0.0.1"],
        ["fe80::1%eth0"],
    ):
        with pytest.raises(AddressRefused):
            fetch("http://herald.example/", resolve=known(herald_example=found))
    assert not there.asked


def test_the_name_is_looked_up_once_and_the_line_goes_to_what_was_found(there):
    there.answers["/"] = says(b"x")
    answers = iter([[HERE], ["10.0.0.1"]])
    got = fetch(there.url(host="herald.example"), allow=here(there), resolve=lambda host, port: next(answers))
    assert got.content == b"x"
    assert there.asked[0].headers["host"] == f"herald.example:{there.port}"


def test_the_next_address_is_tried_where_one_does_not_answer(there):
    there.answers["/"] = says(b"x")
    got = fetch(
        there.url(host="herald.example"), allow=here(there), resolve=known(herald_example=["::1", HERE])
    )
    assert got.content == b"x"


def test_only_the_webs_ports_are_asked(there):
    with pytest.raises(AddressRefused):
        fetch(there.url(), allow=Allow((HERE,)))
    assert not there.asked


@pytest.mark.parametrize("network", ["169.254.0.0/16", "fd00::/8", "168.63.129.16", "0.0.0.0/0"])
def test_what_hands_a_machine_its_secrets_is_refused_whatever_is_allowed(network):
    for host in ("169.254.169.254", "[fd00:ec2::254]", "[::ffff:169.254.169.254]", "168.63.129.16"):
        with pytest.raises(AddressRefused):
            fetch(f"http://{host}/", allow=Allow((network,)), resolve=lambda host, port: [host])


def test_what_is_allowed_is_an_address_or_a_mistake():
    with pytest.raises(ValueError, match=r"cms\.local"):
        Allow(("cms.local",))


def test_a_body_larger_than_allowed_is_not_taken(there):
    there.answers["/said"] = says(b"x" * 2000)
    there.answers["/endless"] = endless
    there.answers["/chunks"] = raw(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"400\r\n" + b"x" * 1024 + b"\r\n0\r\n\r\n"
    )
    for target in ("/said", "/endless", "/chunks"):
        with pytest.raises(TooLarge):
            fetch(there.url(target), allow=here(there), limits=Limits(size=1000))
    assert len(fetch(there.url("/said"), allow=here(there), limits=Limits(size=2000)).content) == 2000


def test_a_small_body_that_unpacks_to_a_large_one_is_not_taken(there):
    bomb = gzip.compress(bytes(50_000_000))
    there.answers["/"] = says(bomb, Content_Encoding="gzip")
    there.answers["/many"] = says(gzip.compress(b"") * 2000, Content_Encoding="gzip")
    with pytest.raises(TooLarge):
        fetch(there.url(), allow=here(there), limits=Limits(size=1_000_000))
    assert fetch(there.url("/many"), allow=here(there)).content == b""


def test_a_piece_of_less_than_no_size_is_not_read_to_the_end(there):
    there.answers["/"] = raw(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n" + bytes(20_000_000)
    )
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            fetch(there.url(), allow=here(there), limits=Limits(size=1000))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n270f\r\n",
    ],
)
def test_a_server_that_drips_does_not_hold_us(there, start):
    there.answers["/"] = dripping(start)
    with pytest.raises(Unreachable, match="too long"):
        fetch(there.url(), allow=here(there), limits=SHORT)


def test_neither_does_one_that_drips_instead_of_shaking_hands(there):
    there.answers["/"] = dripping(b"")
    with pytest.raises(Unreachable):
        fetch(there.url(scheme="https"), allow=here(there), limits=SHORT)


def test_nor_one_that_takes_what_is_sent_as_slowly(tmp_path):
    tls, roots = served_as("herald.example", tmp_path)
    for scheme, context in (("http", None), ("https", tls)):
        with site(tls=context) as there, pytest.raises(Unreachable, match="too long"):
            send(
                there.url(host="herald.example", scheme=scheme),
                bytes(50_000_000),
                {"X-Slow": "yes"},
                limits=SHORT,
                allow=here(there, roots=roots),
                resolve=known(herald_example=[HERE]),
            )


def test_several_share_one_deadline(there):
    there.answers["/quick"] = says(b"Here.")
    there.answers["/slow"] = dripping(b"")
    shared = Deadline(0.5)
    assert fetch(there.url("/quick"), allow=here(there), deadline=shared).content == b"Here."
    for target in ("/slow", "/quick"):
        with pytest.raises(Unreachable, match="too long"):
            fetch(there.url(target), allow=here(there), deadline=shared)
    assert [each.target for each in there.asked] == ["/quick", "/slow"]


def test_nor_a_name_that_is_never_found():
    import threading

    never = threading.Event()
    with pytest.raises(Unreachable, match="too long"):
        fetch("http://herald.example/", limits=SHORT, resolve=lambda host, port: [str(never.wait(5))])
    never.set()


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nshort\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x; boundary*" + b"1" * 5000 + b"*=x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"cut off", mtime=0)[:-4],
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"cut off", mtime=0)[:5],
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"y" * 500 + b"\r\n") * 90 + b"\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 5000 + b"HTTP/1.1 200 OK\r\n\r\n",
        b"",
    ],
)
def test_a_broken_answer_is_an_answer_of_ours_too(there, answer):
    there.answers["/"] = raw(answer)
    with pytest.raises((NotWanted, Unreachable)):
        fetch(there.url(), allow=here(there))


@pytest.mark.parametrize(
    ("said", "media_type", "charset"),
    [
        ('text/plain; title="a; charset=x"; Charset="UTF-8"', "text/plain", "utf-8"),
        ("text/plain; charset*" + "1" * 5000 + "*=x", "text/plain", ""),
        ("text/plain; charset*=\"a\0b''x\"", "text/plain", ""),
        ("text/plain; charset=" + "x" * 500, "text/plain", ""),
        ("text/plain" + ';"' * 10_000, "text/plain", ""),
        ("a text; charset=utf-8", "application/octet-stream", ""),
        ("", "application/octet-stream", ""),
    ],
)
def test_whatever_an_answer_says_of_its_type_is_read(there, said, media_type, charset):
    there.answers["/"] = says(b"x", Content_Type=said)
    got = fetch(there.url(), allow=here(there))
    assert (got.media_type, got.charset) == (media_type, charset)
    there.answers["/hook"] = says(b"x", Content_Type=said, Retry_After="9" * 5000)
    assert (send(there.url("/hook"), b"", {}, allow=here(there)).retry_after or 0) > 86_400


def test_only_types_that_were_asked_for_are_taken(there):
    there.answers["/page"] = says(b"x", Content_Type="text/html; charset=utf-8")
    there.answers["/zip"] = says(b"x", Content_Type="application/zip")
    there.answers["/none"] = says(b"x")
    allow = here(there)
    assert fetch(there.url("/page"), allow=allow, accept_types=["text/html"]).charset == "utf-8"
    assert fetch(there.url("/page"), allow=allow, accept_types=["text/*"]).media_type == "text/html"
    for target in ("/zip", "/none"):
        with pytest.raises(NotWanted):
            fetch(there.url(target), allow=allow, accept_types=["text/html", "image/*"])
    assert fetch(there.url("/none"), allow=allow).media_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("404 X", NotFound),
        ("410 X", NotFound),
        ("403 X", NotWanted),
        ("304 X", NotWanted),
        ("429 X", Unavailable),
        ("503 X", Unavailable),
    ],
)
def test_a_refusal_over_there_is_one_here(there, status, error):
    there.answers["/"] = says(b"sorry", status)
    with pytest.raises(error):
        fetch(there.url(), allow=here(there))
    got = fetch(there.url(), allow=here(there), any_status=True)
    assert got.status == int(status[:3])


def test_no_message_repeats_what_may_be_secret(there):
    there.answers["/secret-path?token=s3cret"] = says(status="302 Found", Location="http://10.11.12.13/x")
    urls = [
        "http://127.0.0.9/secret-path?token=s3cret",
        "http://user:s3cret@herald.example/secret-path",
        there.url("/secret-path?token=s3cret"),
        "http://herald.example:70000/secret-path",
    ]
    for url in urls:
        with pytest.raises(MastheadError) as caught:
            fetch(url, allow=Allow((HERE,), (80, there.port)))
        assert not any(word in str(caught.value) for word in ("secret", "s3cret", "127.0.0.9", "10.11"))


def test_tls_shows_who_answers(tmp_path):
    tls, roots = served_as("herald.example", tmp_path)
    with site(tls=tls) as there:
        there.answers["/"] = says(b"x")
        resolve = known(herald_example=[HERE], tribune_example=[HERE])
        allow = here(there, roots=roots)
        url = there.url(host="herald.example", scheme="https")
        assert fetch(url, allow=allow, resolve=resolve).content == b"x"
        with pytest.raises(Unreachable, match="tribune"):
            fetch(there.url(host="tribune.example", scheme="https"), allow=allow, resolve=resolve)
        with pytest.raises(Unreachable, match="could not show"):
            fetch(there.url(scheme="https"), allow=allow)
        with pytest.raises(Unreachable, match="could not show"):
            fetch(url, allow=here(there), resolve=resolve)
        assert len(there.asked) == 1


def test_an_address_of_ipv6_can_be_asked_too():
    with site(address="::1") as there:
        there.answers["/"] = says(b"x")
        got = fetch(there.url(host="[0:0::1]"), allow=here(there))
        assert got.url == there.url(host="[::1]")
        assert there.asked[0].headers["host"] == f"[::1]:{there.port}"


class TestRobots:
    def test_a_page_from_which_programs_are_to_stay_away_is_not_asked_for(self, there):
        there.answers["/robots.txt"] = says(b"User-agent: masthead\nDisallow: /private\n")
        there.answers["/private"] = there.answers["/open"] = says(b"x")
        with pytest.raises(RobotsRefuse):
            fetch(there.url("/private"), allow=here(there), robots=True)
        assert [each.target for each in there.asked] == ["/robots.txt"]
        assert fetch(there.url("/open"), allow=here(there), robots=True).content == b"x"
        assert fetch(there.url("/private"), allow=here(there)).content == b"x"

    def test_nor_where_a_redirect_leads_to_it(self, there):
        there.answers["/robots.txt"] = says(b"User-agent: *\nDisallow: /private\n")
        there.answers["/open"] = says(status="302 Found", Location="/private")
        with pytest.raises(RobotsRefuse):
            fetch(there.url("/open"), allow=here(there), robots=True)
        assert "/private" not in [each.target for each in there.asked]

    @pytest.mark.parametrize(("status", "open_to_us"), [("404 X", True), ("403 X", True), ("503 X", False)])
    def test_no_robots_lets_in_and_broken_robots_does_not(self, there, status, open_to_us):
        there.answers["/robots.txt"] = says(b"", status)
        there.answers["/"] = says(b"x")
        if open_to_us:
            assert fetch(there.url(), allow=here(there), robots=True).content == b"x"
        else:
            with pytest.raises(RobotsRefuse):
                fetch(there.url(), allow=here(there), robots=True)

    def test_robots_leads_inside_no_more_than_a_page_does(self, there):
        there.answers["/robots.txt"] = says(status="302 Found", Location="http://127.0.0.2/")
        there.answers["/"] = says(b"x")
        with pytest.raises(AddressRefused):
            fetch(there.url(), allow=here(there), robots=True)


class TestSend:
    def test_it_posts_and_gives_the_status(self, there):
        there.answers["/hook"] = says(b"thanks", "202 Accepted")
        sent = send(there.url("/hook"), b'{"a": 1}', {"webhook-id": "m1"}, allow=here(there))
        assert (sent.status, sent.taken, sent.retry_after) == (202, True, None)
        [asked] = there.asked
        assert asked.line == "POST /hook HTTP/1.1"
        assert (asked.body, asked.headers["webhook-id"]) == (b'{"a": 1}', "m1")

    def test_it_follows_no_redirect_and_reads_no_answer(self, there):
        there.answers["/moved"] = says(status="307 X", Location="/hook")
        there.answers["/endless"] = endless
        there.answers["/busy"] = says(status="503 X", Retry_After="120")
        assert not send(there.url("/moved"), b"", {}, allow=here(there)).taken
        assert send(there.url("/endless"), b"", {}, allow=here(there)).taken
        assert send(there.url("/busy"), b"", {}, allow=here(there)).retry_after == 120
        assert len(there.asked) == 3

    def test_it_goes_to_no_private_address(self, there):
        with pytest.raises(AddressRefused):
            send(there.url("/hook"), b"", {}, allow=Allow(ports=(there.port,)))
        assert not there.asked


def test_what_is_answered_to_what_was_sent_is_read_whatever_its_status():
    with site() as there:
        there.answers["/ask"] = says(b"7\n", "409 Conflict", Content_Type="text/x.tlog.size")
        there.answers["/large"] = says(b"x" * 200)
        there.answers["/moved"] = says(b"", "302 Found", Location=there.url("/ask"))
        answered = ask(there.url("/ask"), b"body", {"Content-Type": "text/plain"}, allow=here(there))
        assert (answered.status, answered.media_type, answered.content) == (409, "text/x.tlog.size", b"7\n")
        assert there.asked[0].body == b"body"
        assert ask(there.url("/moved"), b"", {}, allow=here(there)).status == 302
        with pytest.raises(TooLarge):
            ask(there.url("/large"), b"", {}, limits=Limits(size=100), allow=here(there))
        with pytest.raises(AddressRefused):
            ask(there.url("/ask"), b"", {}, allow=Allow(ports=(there.port,)))


def test_an_answer_that_is_broken_off_leaves_no_line_open():
    """The thread that drips ends only once nobody listens: `site` waits for it."""
    with site() as there:
        there.answers["/drip"] = dripping(b"HTTP/1.1 200 OK\r\n\r\n")
        with pytest.raises(Unreachable) as raised:
            ask(there.url("/drip"), b"", {}, limits=Limits(seconds=0.2), allow=here(there))
    assert raised.value
