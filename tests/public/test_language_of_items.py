"""What an item says is marked with its language wherever a page in another shows it, and runs its own way."""

from collections.abc import Iterator

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.newsroom.desk import Desk, approved, text, use
from tests.newsroom.logins import client_of

from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.remedies.commands import ask
from masthead.newsroom.review.commands import run_checks, sign_off

WORDS = {
    "ar": ("الجسر يغلق غدا", "يغلق الجسر أبوابه غدا للإصلاح.", "يغلق الجسر أبوابه بعد غد للإصلاح.", "بعد غد"),
    "he": ("הגשר נסגר מחר", "הגשר נסגר מחר לתיקון.", "הגשר נסגר מחרתיים לתיקון.", "מחרתיים"),
    "fr": ("Le pont ferme demain", "Le pont ferme demain matin.", "Le pont ferme ce soir.", "ce soir"),
}
"""A title, a text, the text corrected, and what is new in it."""


def out(desk: Desk, language: str) -> Item:
    """An item in that language, published and corrected; an AI system touched a part of it."""
    title, first, then, note = WORDS[language]
    approved(desk)
    version = add_item(
        desk.author, text(first), sources=[text(first, "n.md")], uses=[use()], title=title, language=language
    )
    run_checks(desk.author, version)
    sign_off(desk.editor, version)
    item = version.item
    commands.publish(desk.editor, version, site_folder(item))
    commands.correct(desk.editor, item, text(then), note, uses=(), sources=(), folder=site_folder(item))
    return item


def unmarked(page: bytes, language: str) -> list[str]:
    """Where words of the item stand without its language or without a direction of their own."""
    tree = LexborHTMLParser(page.decode())
    found = []
    for node in _holding(tree.body, WORDS[language]):
        above = list(_above(node))
        tongue = next((each.attributes["lang"] for each in above if "lang" in each.attributes), "")
        # An element's own direction counts, not the page's.
        own = any(
            "dir" in each.attributes or each.tag == "bdi"
            for each in above
            if each.tag not in ("html", "body")
        )
        if tongue != language or not own:
            found.append(node.html[:160])
    return found


def _holding(node: LexborNode, words: tuple[str, ...]) -> Iterator[LexborNode]:
    for each in node.css("*"):
        said = each.text(deep=False)
        *whole, note = words
        # A note stands inside a sentence of ours too, and is then read as a part of it.
        held = any(word in said for word in whole) or said.strip() == note
        if held and each.tag not in ("script", "textarea", "option"):
            yield each


def _above(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None:
        yield node
        node = node.parent


@pytest.mark.parametrize("language", WORDS)
def test_public_pages_mark_what_an_item_says(small, reader, language):
    item = out(small, language)
    here = f"/items/{item.public_id}/"
    for path in ("/", "/corrections", here, f"{here}ask"):
        page = reader.get(path).content
        assert WORDS[language][0] in page.decode(), path
        assert unmarked(page, language) == [], path
    _, link = ask(item, "Why?", language="en")
    assert unmarked(reader.get(f"/questions/{link}").content, language) == []
    said = reader.post("/verify", {"text": WORDS[language][2]}).content
    assert unmarked(said, language) == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_desk_marks_what_an_item_says(small, language):
    item = out(small, language)
    here = f"/desk/items/{item.public_id}/"
    pages = (
        "",
        "sign-off",
        "publish",
        "correct",
        "withdraw",
        "difference",
        "timeline",
        "disclosure",
        "uses/add",
    )
    editor: Client = client_of(small.editor)
    wrong = {}
    for path in (*(here + each for each in pages), "/desk/search/?q=" + WORDS[language][0], "/desk/log/"):
        page = editor.get(path)
        assert page.status_code == 200, path
        if found := unmarked(page.content, language):
            wrong[path] = found
    assert wrong == {}
