"""While addresses are slow to answer, files and texts are verified, and nobody alone holds every place."""

from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from masthead.exchange import Fetched

SLOW = "https://slow.example/copy.md"


def test_a_slow_address_keeps_no_one_else_out(small, reader, monkeypatch):
    codes: dict[str, int] = {}

    def ask(what: str, brought: dict[str, object], network: str) -> None:
        codes[what] = reader.post("/verify", brought, REMOTE_ADDR=network).status_code

    def fetch(url, limits):
        if url == SLOW:  # what others ask for while this one waits
            ask("again", {"url": "https://fast.example/"}, "203.0.113.5")
            ask("other network", {"url": f"{SLOW}?2"}, "203.0.113.6")
        elif url == f"{SLOW}?2":
            ask("third", {"url": "https://fast.example/"}, "203.0.113.7")
            for network in ("203.0.113.5", "203.0.113.8"):
                ask(f"text {network}", {"text": "The river rose."}, network)
                ask(f"file {network}", {"file": SimpleUploadedFile("a.md", b"The river rose.")}, network)
        return Fetched(url, url, 200, "text/markdown", "", b"Words.", "", datetime.now(UTC), ())

    monkeypatch.setattr("masthead.exchange.fetch", fetch)
    ask("first", {"url": SLOW}, "203.0.113.5")
    assert {what for what, code in codes.items() if code == 429} == {"again", "third"}
    assert {code for what, code in codes.items() if what not in ("again", "third")} == {200}
    assert len(codes) == 8
    ask("later", {"url": "https://fast.example/"}, "203.0.113.5")
    assert codes["later"] == 200


def test_what_cannot_be_fetched_gives_its_place_back(small, reader):
    for _ in range(4):
        assert reader.post("/verify", {"url": "http://127.0.0.1/"}).status_code == 422
