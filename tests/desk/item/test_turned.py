"""Marks that turn the direction of reading are seen, not obeyed, by whoever reads before signing."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from tests.desk.item.pages import html, of, story
from tests.newsroom.desk import text

from masthead.desk.item.passages import Line, Piece
from masthead.desk.templatetags.pieces import TURNING, pieces, unturned
from masthead.newsroom.items.commands import add_version
from masthead.newsroom.review import commands

TURNED = "The council paid \u202e000,007\u202c florins to Ruth."
words_of_any_kind = st.text(st.sampled_from("ab <&\u05d0\u200f😀" + "".join(TURNING)), max_size=40)


@given(words_of_any_kind)
def test_no_mark_is_obeyed_and_every_other_character_stays(words):
    shown = str(unturned(words))
    assert not set(shown) & set(TURNING)
    said = unescape(re.sub("<[^>]+>", "", shown))
    assert said == "".join("⇄" if each in TURNING else each for each in words)


@given(words_of_any_kind)
def test_places_in_the_copy_are_as_in_the_text(words):
    line = str(pieces(Line("paragraph", (Piece(7, words, "", ()),))))
    for start, inside in re.findall(r'<span data-start="(\d+)">(.*?)</span>', line):
        said = unescape(re.sub("<[^>]+>", "", inside))
        there = words[int(start) - 7 : int(start) - 7 + len(said)]
        assert said == "".join("⇄" if each in TURNING else each for each in there)


def test_an_editor_sees_them_before_signing_and_in_what_changed(small, browsers):
    version = story(small, "The council paid 700 florins to Ruth.")
    version = add_version(small.author, version, text(TURNED))
    run = commands.run_checks(small.author, version)
    (found,) = run.findings.filter(code="turned")
    assert (found.level, found.quote) == ("warning", "\u202e000,007\u202c")
    for what in ("", "sign-off", "difference"):
        page = html(browsers.editor.get(of(version, what)))
        assert not set(page) & set(TURNING), what
        assert "mark: all right to left from here" in page, what
    assert "Invisible marks turn the direction" in html(browsers.editor.get(of(version)))
