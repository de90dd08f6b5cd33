"""A file saved from the desk opens with what it is for, and is not called as somebody called it."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.desk.item.test_bad_input import of

from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.given import Given

SAMPLES = Path(__file__).parents[3] / "src/masthead/samples"
PAGE = b"<!doctype html><html><body><p>Hello there, it is a page.</p></body></html>"


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


def saved_as(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    found = re.fullmatch(r'(attachment|inline); filename="([a-z0-9.-]+)"', answer["Content-Disposition"])
    assert found, answer["Content-Disposition"]
    return found[2]


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("whistle blower.md", b"# The river\n\nIt rose.", ".md"),
        ("blower.txt", b"The river rose.", ".txt"),
        ("blower.html", PAGE, ".html.txt"),
        ("blower.exe", picture(), ".png"),
    ],
)
def test_a_version_ends_as_its_kind_does(small, browsers, name: str, content: bytes, ending: str):
    version = add_item(small.author, Given(name, content), title="The river", language="en")
    assert (
        saved_as(browsers.author, of(version, "versions/1/file")) == f"{version.item.public_id[:8]}-1{ending}"
    )


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("Talk with A. Mole.MP3", ".mp3"),
        ("a.exe", ".bin"),
        ("a.svg", ".bin"),
        ("mole", ".bin"),
        ("a.html", ".bin"),
    ],
)
def test_a_source_that_nobody_reads_ends_as_it_was_called_where_that_is_harmless(
    small, browsers, name: str, ending: str
):
    source = Given(name, b"\0\x01\x02\xff not to be read")
    version = add_item(small.author, Given("a.md", b"It rose."), sources=[source], language="en")
    saved = saved_as(browsers.author, of(version, f"sources/{version.sources.get().pk}/file"))
    assert saved.endswith(ending)
    assert "mole" not in saved.lower()
