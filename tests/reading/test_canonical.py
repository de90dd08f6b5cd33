"""What a sign-off binds: it survives the CMS, and nothing else."""

import json
import unicodedata
from hashlib import sha256
from html import escape

import pytest
import rfc8785
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from masthead.reading import BlockKind, Document, read
from masthead.reading.canonical import canonical_text, fold
from masthead.reading.composing import Composer

from . import files

ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789",
    "àéîõüßøłşğ",
    "абвгдежзиклмн",
    "αβγδεζηθικ",
    "ابتثجحخدذرز٠١٢٣",
    "אבגדהוזחט",
    "कखगघचछजािीुूेै्",
    "กขคงจฉช่้๊๋าิี",
    "市長が辞任した東京都",
    "가나다라한국어",
    "😀🙂👍🏽❤️\u200d🔥",
    "e\u0301a\u0308o\u0323\u0302",
)
PUNCTUATION = ["", "", "", *",.!?;)'\"’”»…*_&<`]"]


@st.composite
def words(draw):
    letters = draw(st.sampled_from(ALPHABETS))
    core = draw(st.text(letters, min_size=1, max_size=8))
    return "w" + core + draw(st.sampled_from(PUNCTUATION))


PARAGRAPHS = st.lists(st.lists(words(), min_size=1, max_size=25), min_size=1, max_size=4)


def wrapped(paragraph: list[str], each: int) -> list[str]:
    return [" ".join(paragraph[place : place + each]) for place in range(0, len(paragraph), each)]


def as_plain(paragraphs, each=7) -> Document:
    text = "\n\n".join("\n".join(wrapped(paragraph, each)) for paragraph in paragraphs)
    return read(text.encode(), name="story.txt")


def as_html(paragraphs, each=7) -> Document:
    page = "".join(f"<p>{escape(chr(10).join(wrapped(each_, each)))}</p>\n" for each_ in paragraphs)
    return read(f"<!doctype html>{page}".encode(), name="story.html")


def as_markdown(paragraphs, each=7) -> Document:
    def escaped(line: str) -> str:
        return "".join(f"\\{c}" if c.isascii() and not c.isalnum() and c != " " else c for c in line)

    lines = ("\n".join(map(escaped, wrapped(paragraph, each))) for paragraph in paragraphs)
    return read("\n\n".join(lines).encode(), name="story.md")


def form(document: Document) -> list:
    return json.loads(canonical_text(document))[1]


@settings(max_examples=80, deadline=None)
@given(PARAGRAPHS, st.integers(3, 9))
def test_the_same_words_are_the_same_in_every_format(paragraphs, each):
    plain = as_plain(paragraphs, each)
    assert (
        canonical_text(plain)
        == canonical_text(as_html(paragraphs))
        == canonical_text(as_markdown(paragraphs))
    )
    assert len(plain.blocks) == len(paragraphs)
    assert plain.text == "\n".join(unicodedata.normalize("NFC", " ".join(each)) for each in paragraphs)


ALIKE = {
    "'": "'’‘‚′",
    '"': '"“”„«»″',
    " ": [" ", "\u00a0", "\u202f", "  ", "\u2009"],
    "-": "-",
    "…": ["…", "..."],
}


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["word", "l'eau", '"said"', "1990-1995", "end…", "5'", "\u00adsoft", "x"]), min_size=1
    ),
    st.data(),
)
def test_a_cms_that_makes_quotes_and_spaces_pretty_changes_nothing(words_, data):
    text = " ".join(words_)
    pretty = "".join(data.draw(st.sampled_from(list(ALIKE.get(character, character)))) for character in text)
    assert fold(pretty) == fold(text)


@pytest.mark.parametrize(
    ("pretty", "typed"),
    [
        ("« Oui », dit-elle.", '"Oui", dit-elle.'),
        ("«\u202fOui\u202f»", '"Oui"'),
        ("Sie sagte »Ja« und ging.", 'Sie sagte "Ja" und ging.'),
        ("‹ Oui ›", "'Oui'"),
        ("one — two", "one -- two"),
        ("one – two", "one - two"),
        ("one—two", "one--two"),
        ("one---two", "one--two"),
        ("page 5 – the end", "page 5 -- the end"),
        ("wait…", "wait..."),
        ("so\u00adft\u200b", "soft"),
        ("\u2003x\u2028y ", "x y"),
        ("e\u0301", "é"),
    ],
)
def test_pretty_and_typed_are_one(pretty, typed):
    assert fold(pretty) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1990–1995", "1990-1995"),
        ("1990 – 1995", "1990 - 1995"),
        ("−5 degrees", "5 degrees"),
        ("a –5", "a - 5"),
        ("5−3", "5-3"),
        ("well-known", "well--known"),
        ("well-known", "wellknown"),
        ("क\u094dष", "क\u094d\u200dष"),
        ("ab", "a b"),
        ("10⁶", "106"),
        ("a", "A"),
        ("a.", "a"),
    ],
)
def test_a_change_of_meaning_is_never_folded_away(one, other):
    assert fold(one) != fold(other)


@settings(max_examples=80, deadline=None)
@given(PARAGRAPHS, st.data())
def test_any_other_letter_or_digit_changes_the_form(paragraphs, data):
    before = as_plain(paragraphs)
    places = [
        place for place, character in enumerate(before.text) if character.isascii() and character.isalnum()
    ]
    assume(places)
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from("abcxyz0189"))
    assume(other != before.text[place])
    changed = before.text[:place] + other + before.text[place + 1 :]
    after = read("\n\n".join(changed.split("\n")).encode(), name="story.txt")
    assert after.canonical_sha256 != before.canonical_sha256


@settings(max_examples=40, deadline=None)
@given(st.from_regex(r"[a-z]{1,8}\.example/[a-zé0-9?&=]{0,9}", fullmatch=True), words(), words())
def test_links_are_kept_in_markdown_and_html(target, before, carrier):
    page = read(
        f"<p>w {escape(before)} <a href='//{escape(target)}'><b>{escape(carrier)}</b></a>".encode(),
        name="a.html",
    )
    [link] = page.links
    assert page.text[link.start : link.end] == unicodedata.normalize("NFC", carrier)
    changed = read(
        f"<p>w {escape(before)} <a href='//x{escape(target)}'>{escape(carrier)}</a>".encode(), name="a.html"
    )
    assert changed.text == page.text
    assert changed.canonical_sha256 != page.canonical_sha256


def test_a_link_is_the_same_from_markdown_and_html():
    markdown = read(b"See [the *report*](https://example.org/\xc3\xa9).", name="a.md")
    page = read(b"<p>See <a href='https://example.org/%C3%A9'>the report</a>.</p>", name="a.html")
    assert canonical_text(markdown) == canonical_text(page)
    assert form(page) == [["See the report.", [["https://example.org/%C3%A9", "the report"]]]]


def test_a_link_that_a_cms_makes_of_an_address_changes_nothing():
    plain = read(b"At https://example.org or a@example.org", name="a.txt")
    linked = read(
        b"<p>At <a href='https://example.org'>https://example.org</a> or "
        b"<a href='mailto:a@example.org'>a@example.org</a>",
        name="a.html",
    )
    assert plain.canonical_sha256 == linked.canonical_sha256


def test_emphasis_and_headings_are_dropped_and_alternative_texts_kept():
    one = read(b"# Head\n\nIt *is* so.\n\n![A map](m.jpg)", name="a.md")
    other = read(b"<p>Head</p><h2>It <b>is</b> so.</h2><img src='m.jpg' alt='A map'>", name="a.html")
    assert canonical_text(one) == canonical_text(other)
    assert form(one)[-1] == ["A map", []]
    without = read(b"# Head\n\nIt *is* so.\n\n![](m.jpg)", name="a.md")
    assert without.canonical_sha256 != one.canonical_sha256


@pytest.mark.parametrize("alternative", ["", "The bridge"])
def test_another_picture_under_the_same_words_is_another_form(alternative):
    def both(address: str) -> set[bytes]:
        markdown = f"It reopened.\n\n![{alternative}]({address})\n\nSoon."
        page = f"<p>It reopened.<p><img src='{address}' alt='{alternative}'><p>Soon."
        return {
            canonical_text(read(markdown.encode(), name="a.md")),
            canonical_text(read(page.encode(), name="a.html")),
        }

    assert len(both("bridge.jpg")) == 1
    assert not both("bridge.jpg") & both("https://x.example/minister.jpg")


def test_a_picture_that_moves_to_other_words_is_another_form():
    above = read(b"![](b.jpg)\n\nOne.\n\nTwo.", name="a.md")
    below = read(b"One.\n\n![](b.jpg)\n\nTwo.", name="a.md")
    assert above.text == below.text
    assert above.canonical_sha256 != below.canonical_sha256


def test_lists_and_tables_are_the_same_from_every_format():
    markdown = read(b"Three:\n\n- one\n- two\n\n1. first\n2. second\n", name="a.md")
    page = read(b"<p>Three:<ul><li>one<li>two</ul><ol><li>first<li><p>second</ol>", name="a.html")
    plain = read("Three:\n• one\n• two\n\n1. first\n2. second".encode(), name="a.txt")
    assert canonical_text(markdown) == canonical_text(page) == canonical_text(plain)


def test_where_one_block_ends_and_the_next_begins_counts():
    assert read(b"a b", name="a.txt").canonical_sha256 != read(b"a\n\nb", name="a.txt").canonical_sha256


def test_the_form_is_canonical_json_and_its_hash_the_documents():
    document = read(b'A "b" \\ [c](d) \xf0\x9f\x98\x80\n\nE', name="a.md")
    assert sha256(canonical_text(document)).hexdigest() == document.canonical_sha256
    assert rfc8785.dumps(json.loads(canonical_text(document))) == canonical_text(document)


def test_the_canonical_form_of_a_picture_is_its_bytes():
    document = read(files.picture("PNG"))
    assert document.canonical_sha256 == document.sha256
    assert canonical_text(document) == b""


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.text("ae\u0301\u0323\u1112\u1161\u11ab \n\u00ad\u200b\u00a0é한😀x\u0903\u09c7\u09be", max_size=6)
    )
)
def test_where_the_markup_cuts_the_words_makes_no_difference(pieces):
    apart, whole = Composer(10_000), Composer(10_000)
    for piece in pieces:
        apart.add(piece)
    whole.add("".join(pieces))
    assert apart.finish() == whole.finish()
    assert unicodedata.is_normalized("NFC", apart.finish().text)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.text("ab \u0301\u200bé", max_size=5), st.booleans()), max_size=8))
def test_links_and_blocks_always_lie_inside_the_text(steps):
    composer = Composer(10_000)
    for number, (linked, text, ends) in enumerate(steps):
        if linked:
            composer.link(f"/{number}")
        composer.add(text)
        if ends:
            composer.begin(BlockKind.PARAGRAPH)
        else:
            composer.unlink()
    read_ = composer.finish()
    ends = 0
    for link in read_.links:
        assert ends <= link.start < link.end <= len(read_.text)
        assert "\n" not in read_.text[link.start : link.end]
        ends = link.end
    assert "\n".join(read_.text[block.start : block.end] for block in read_.blocks) == read_.text


def test_mixed_scripts_right_to_left_and_a_hundred_thousand_words():
    paragraph = "Amélie قالت 市長 שלום 😀👍🏽 e\u0301tait 1\u00a0500\u202f000 हिन्दी <a href=/x>رابط</a> end. "
    document = read(("<!doctype html>" + f"<p>{paragraph * 90}</p>" * 100).encode())
    assert len(document.blocks) == 100
    assert len(document.links) == 9_000
    assert {document.text[link.start : link.end] for link in document.links} == {"رابط"}
    assert all(document.text[block.start : block.end].endswith("end.") for block in document.blocks)
    assert len(document.text.split()) > 100_000
