"""Verify: a plain verdict on whatever somebody brings, and nothing kept of it."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from selectolax.lexbor import LexborHTMLParser
from tests.newsroom.desk import TEXT, approved, text, use
from tests.public.outlet import corrected, page_of, published, withdrawn

from masthead.exchange import Fetched
from masthead.newsroom.items.commands import add_item, protect
from masthead.newsroom.items.given import Answers, Given
from masthead.newsroom.public import commands
from masthead.newsroom.review import commands as review
from masthead.vocabulary import Task


def verdict(response):
    tree = LexborHTMLParser(response.content.decode())
    found = tree.css_first("h1.verdict")
    return found.text() if found else tree.css_first("[role=alert]").text(separator=" ")


def bring(reader, content, name="brought"):
    return reader.post("/verify", {"file": SimpleUploadedFile(name, content)})


def out_now(reader, item, name="content.md"):
    return reader.get(page_of(item) + name).content


def test_the_very_file_is_what_was_published(small, reader):
    item = published(small)
    response = bring(reader, out_now(reader, item))
    assert verdict(response).startswith("This is exactly what we published on")
    assert page_of(item).encode() in response.content
    assert b"counted from 0" in response.content


def test_an_earlier_version_was_changed_since(small, reader):
    item = published(small)
    before = out_now(reader, item)
    corrected(small, item)
    assert "changed since: see the correction" in verdict(bring(reader, before))
    assert verdict(bring(reader, out_now(reader, item))).startswith("This is exactly")


def test_what_was_withdrawn_says_so(small, reader):
    item = published(small)
    before = out_now(reader, item)
    withdrawn(small, item)
    assert "withdrew it since" in verdict(bring(reader, before))


def test_something_else_is_not_known(small, reader):
    published(small)
    response = bring(reader, b"Never seen before.")
    assert verdict(response) == "We do not know this: it is not among what we published."
    assert b"no proof that it is false" in response.content


@pytest.mark.parametrize(
    "change", [str.strip, lambda words: words.replace("'", "’"), lambda words: f"\n\n{words} \n"]
)
def test_pasted_words_are_known_whatever_became_of_their_form(small, reader, change):
    published(small, words=f"{TEXT}\n\nIt's said twice.")
    response = reader.post("/verify", {"text": change(f"{TEXT}\r\n\r\nIt's said twice.")})
    assert "exactly" in verdict(response)
    assert "we published on" in verdict(response)


def test_one_word_more_makes_other_words(small, reader):
    published(small, words=TEXT)
    assert verdict(reader.post("/verify", {"text": f"{TEXT} Not."})).startswith("We do not know this")


FORGED = [
    "<textarea>War was declared.</textarea>",
    "<svg><text>War was declared.</text></svg>",
    "<style>p::after{content:'War was declared.'}</style>",
    "<script>document.write('War was declared.')</script>",
]


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_page_with_our_words_is_never_taken_for_ours(small, reader, forged):
    item = published(small, words=TEXT)
    page = f"<!doctype html><meta charset=utf-8><p>{TEXT}</p>"
    assert "exactly the words" in verdict(bring(reader, page.encode(), "a.html"))
    more = "The words are ours, but this page holds more than words, which we did not look at."
    assert verdict(bring(reader, f"{page}{forged}".encode(), "a.html")) == more
    assert verdict(bring(reader, f"{TEXT}\n\n{forged}".encode(), "a.md")) == more
    assert verdict(reader.post("/verify", {"text": f"{page}{forged}"})) == more
    assert "exactly the words" in verdict(reader.post("/verify", {"text": page}))
    withdrawn(small, item)
    assert verdict(bring(reader, f"{page}{forged}".encode(), "a.html")) == more


def _page(title: str) -> bytes:
    return f"<!doctype html><meta charset=utf-8><title>{title}</title><p>{TEXT}</p>".encode()


def test_our_words_under_another_title_are_not_the_same(small, reader):
    item = published(small, words=TEXT)
    same = bring(reader, _page("River"), "a.html")
    assert verdict(same).startswith("These are exactly the words we published on")
    assert "title is not ours" not in verdict(same)
    assert "The same as ours." in same.text
    assert "Mind the title" not in same.text
    for response in (
        bring(reader, _page("War declared"), "a.html"),
        reader.post("/verify", {"text": _page("War declared").decode()}),
    ):
        assert verdict(response).endswith("but the title is not ours.")
        assert "Not ours: “War declared”. We published it as “River”." in response.text
        assert "Mind the title" in response.text
        assert "and the title; not spaces or emphasis" in response.text
    withdrawn(small, item)
    gone = bring(reader, _page("War declared"), "a.html")
    assert "withdrew it since" in verdict(gone)
    assert "Not ours: “War declared”" in gone.text


def test_words_without_a_title_apart_are_the_same(small, reader):
    published(small, words=f"# Floods\n\n{TEXT}")
    for brought, name in (
        (f"<h1>Floods</h1><p>{TEXT}</p>", "a.html"),
        (f"Floods\n\n{TEXT}", "a.txt"),
        (f"<title>Floods</title><h1>Floods</h1><p>{TEXT}</p>", "a.html"),
    ):
        response = bring(reader, brought.encode(), name)
        assert "exactly" in verdict(response)
        assert "title is not ours" not in verdict(response)


def test_a_title_we_changed_since_is_told_as_that(small, reader):
    item = published(small, words=TEXT)
    words = text(f"{TEXT} {TEXT}")
    folder = commands.site_folder(item)
    how = {"uses": (), "sources": (), "folder": folder}
    commands.correct(small.editor, item, words, "More.", answers=Answers("Rivers"), **how)
    page = f"<title>River</title><p>{TEXT} {TEXT}</p>".encode()
    response = bring(reader, page, "a.html")
    assert "Ours, but not the newest: “River”; it is “Rivers” now." in response.text
    assert "title is not ours" not in verdict(response)


def test_of_drafts_and_protected_items_nothing_is_confirmed(small, reader):
    add_item(small.author, Given("a.md", b"A draft of ours."), language="en")
    hidden = add_item(small.author, Given("b.md", b"A source told us."), language="en").item
    protect(small.editor, hidden, protected=True)
    for response in (
        bring(reader, b"A draft of ours."),
        bring(reader, b"A source told us."),
        reader.post("/verify", {"text": "A source told us."}),
    ):
        assert verdict(response).startswith("We do not know this")


@pytest.fixture
def picture(small):
    """A published picture, sealed."""
    approved(small)
    out = BytesIO()
    Image.effect_noise((64, 64), 50).convert("RGB").save(out, "JPEG")
    version = add_item(
        small.author, Given("a.jpg", out.getvalue()), uses=[use(task=Task.IMAGE_EDITING)], title="A quay"
    )
    review.run_checks(small.author, version)
    review.sign_off(small.editor, version)
    commands.publish(small.editor, version, commands.site_folder(version.item))
    return version.item


def test_our_credential_over_changed_content_is_named_as_such(picture, reader):
    content = out_now(reader, picture, "content.jpg")
    assert verdict(bring(reader, content, "a.jpg")).startswith("This is exactly")
    changed = bytearray(content)
    changed[-50] ^= 1
    response = bring(reader, bytes(changed), "a.jpg")
    assert verdict(response) == "It carries our credential, but its content was changed after we sealed it."
    assert b"The content was changed after it was sealed." in response.content


def test_another_s_credential_is_not_ours(picture, reader, tmp_path):
    from datetime import UTC, datetime

    from masthead.credentials import Manifest, local_chain, sign
    from masthead.credentials.issuer import Issuer

    folder = tmp_path / "issuer"
    local_chain.create(folder, organisation="The Herald", now=datetime.now(UTC))
    out = BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, "JPEG")
    sealed = sign(out.getvalue(), "image/jpeg", issuer=Issuer.load(folder), manifest=Manifest(()))
    forged = bytearray(sealed.content)
    forged[-20] ^= 1
    for content in (sealed.content, bytes(forged)):
        assert verdict(bring(reader, content, "a.jpg")).startswith("We do not know this")


def test_an_address_is_fetched_from_our_side(small, reader, monkeypatch):
    from datetime import UTC, datetime

    item = published(small)
    content = out_now(reader, item)

    def fetch(url, limits):
        assert url == "https://elsewhere.example/copy.md"
        return Fetched(url, url, 200, "text/markdown", "", content, "", datetime.now(UTC), ())

    monkeypatch.setattr("masthead.exchange.fetch", fetch)
    response = reader.post("/verify", {"url": "https://elsewhere.example/copy.md"})
    assert verdict(response).startswith("This is exactly")


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest", "http://127.0.0.1/", "file:///etc/passwd", "no"]
)
def test_an_address_of_ours_is_not_asked(small, reader, url):
    response = reader.post("/verify", {"url": url})
    assert response.status_code == 422
    assert "There is a problem" in verdict(response)


def test_nothing_to_verify_is_said_plainly(small, reader):
    for brought in ({}, {"text": "  "}, {"url": ""}):
        response = reader.post("/verify", brought)
        assert response.status_code == 422
        assert "There is nothing to verify." in verdict(response)


def test_a_file_too_large_is_refused_before_it_is_read(small, reader, monkeypatch):
    monkeypatch.setattr("masthead.newsroom.public.serving.uploads.LARGEST", 1000)
    monkeypatch.setattr("masthead.newsroom.public.serving.uploads._AROUND", 0)
    response = bring(reader, b"x" * 5000)
    assert response.status_code == 422
    assert "too large" in verdict(response)


def test_nothing_of_what_was_brought_is_written_down(small, reader, monkeypatch):
    def files():
        return {path for path in Path(small.home).rglob("*") if path.is_file()}

    def never(*args, **kwargs):
        raise AssertionError("a stranger's file was written to the disk")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", never)
    before = files()
    bring(reader, b"x" * 3_000_000)
    assert {path for path in files() - before if "sqlite3" not in path.name} == set()


def test_who_asks_too_often_is_asked_to_wait(small, reader, monkeypatch):
    monkeypatch.setattr("masthead.newsroom.public.views.verifying.MOST", 2)
    codes = [reader.post("/verify", {"text": "One."}).status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]
    assert reader.post("/verify", {"text": "One."}, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_hostile_words_stay_words(small, reader):
    hostile = '"><script>alert(1)</script>'
    for brought in ({"text": hostile}, {"url": hostile}):
        assert b"<script>alert" not in reader.post("/verify", brought).content
    assert b"<script>alert" not in bring(reader, hostile.encode(), hostile).content
