"""What a correction changed, told in words; and never a word that was taken out."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from tests.newsroom.desk import approved, ready, text, use
from tests.public.outlet import corrected, page_of, published, withdrawn

from masthead.newsroom.items.commands import protect
from masthead.newsroom.items.given import Answers
from masthead.newsroom.public import changed, commands, compared
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.public.compared import Said, between
from masthead.newsroom.public.serving import kept

STORY = "The minutes run to twenty streets.\n\nNobody was hurt on the quay.\n\nHer door is the reddish one."
FIXED = "The minutes run to twelve streets.\n\nNobody was hurt on the quay."


def story(desk, words=STORY):
    approved(desk)
    version = ready(desk, use(), words=words)
    commands.publish(desk.editor, version, site_folder(version.item))
    return version.item


def shown(reader, item):
    return LexborHTMLParser(reader.get(page_of(item)).content.decode())


def told(old, new, now):
    """What is told of the change from one text to another while a third is out."""
    old, new, now = (Said(each, "") for each in (old, new, now))
    return changed._told(between(old, new), between(now, now))


def test_a_correction_shows_the_words_that_are_new(small, reader):
    item = story(small)
    corrected(small, item, FIXED, "The streets are twelve.")
    page = shown(reader, item)
    quote = page.css_first(".changes blockquote")
    assert "twelve" in quote.css_first("ins").text()
    assert quote.attributes["lang"] == "en"
    assert " ".join(quote.text().split()) == (
        "The minutes run to […](words taken out) (new:) twelve (end of what is new) streets."
    )
    assert "1 paragraph was taken out." in page.css_first(".changes").text()


def test_what_a_correction_took_out_is_told_nowhere(small, reader):
    item = story(small)
    corrected(small, item, FIXED, "A description was taken out.")
    for name in ("", "item.json", "bundle.json", "item.jsonld", "disclosure.json"):
        assert b"reddish" not in reader.get(page_of(item) + name).content
    for file in site_folder(item).iterdir():
        assert b"reddish" not in file.read_bytes(), file.name


def test_words_that_one_correction_brought_and_another_took_out_are_not_told(small, reader):
    item = story(small, "The quay held.\n\nIt was built in spring.")
    corrected(small, item, "The quay held, says Ida Holm of 4 Tide Row.\n\nIt was built in spring.", "Named.")
    assert "Tide Row" in shown(reader, item).css_first(".changes ins").text()
    corrected(small, item, "The quay held, says a neighbour.\n\nIt was built in spring.", "Unnamed.")
    page = shown(reader, item)
    assert "Tide Row" not in page.html
    first, second = page.css(".changes > li")
    assert "changed again later" in first.text()
    assert "a neighbour" in second.css_first("ins").text()


def test_a_withdrawn_item_shows_no_words_any_more(small, reader):
    item = story(small)
    corrected(small, item, FIXED)
    withdrawn(small, item)
    page = shown(reader, item)
    assert not page.css(".changes, ins, del")
    assert b"twelve" not in reader.get(page_of(item) + "item.json").content
    assert "twelve" not in (site_folder(item) / "index.html").read_text()


def test_a_long_difference_is_cut_and_the_rest_counted(small, reader):
    item = story(small, "\n\n".join(f"On the {n}th street the water stood low." for n in range(20, 40)))
    corrected(small, item, "\n\n".join(f"On the {n}th street the water stood high." for n in range(20, 40)))
    page = shown(reader, item)
    assert len(page.css(".changes blockquote")) == changed.MOST
    assert "15 more paragraphs were changed." in page.css_first(".changes").text()


def test_long_paragraphs_are_cut_around_what_is_new():
    sure = "word " * 200
    old, new = ((f"{sure}{each} {sure}",) for each in ("low", "high"))
    (passage,) = told(old, new, new).passages
    assert [what for what, _ in passage.pieces] == ["same", "removed", "added", "same"]
    assert all(len(words) < 200 and "…" in words for what, words in passage.pieces if what == "same")


def test_what_is_too_long_to_show_word_by_word_is_said_to_be(small, reader, monkeypatch):
    one = "The water rose. " * 40
    item = story(small, f"{one}\n\nNobody was hurt.")
    corrected(small, item, f"{one}It fell.\n\nNobody was hurt.", "It fell again.")
    for where, most in ((compared, "LONGEST"), (changed, "LONG")):
        with monkeypatch.context() as shorter:
            shorter.setattr(where, most, 1_000 if where is compared else 300)
            compared.kept.clear()
            kept.store.clear()
            told = shown(reader, item).css_first(".changes")
            assert "What was changed is too long to show word by word." in told.text()
            assert not told.css("blockquote")
            (said,) = json.loads(reader.get(page_of(item) + "item.json").content)["corrections"]
            assert said["difference"]["too_long"] is True
    compared.kept.clear()
    kept.store.clear()
    assert "It fell." in shown(reader, item).css_first(".changes ins").text()


def test_a_long_text_of_which_little_differs_is_compared():
    long = ("The water rose. " * 500,) * 20
    assert told((*long, "It fell."), (*long, "It rose."), (*long, "It rose.")).passages


def test_another_title_is_told_as_one(small, reader):
    item = published(small)
    commands.correct(
        small.editor, item, text("The banks held."), "New title.",
        uses=(), sources=(), folder=site_folder(item), answers=Answers(title="River and quay"),
    )  # fmt: skip
    (title, *_) = shown(reader, item).css(".changes blockquote")
    assert "and quay" in title.css_first("ins").text()


def test_a_page_is_told_without_the_difference_where_a_file_is_gone(small, reader):
    item = story(small)
    corrected(small, item, FIXED, "The streets are twelve.")
    first = item.publications.earliest("entry__place").version
    path = small.home / "blobs" / first.sha256[:2] / first.sha256
    path.unlink()
    compared.kept.clear()
    page = shown(reader, item)
    assert "The streets are twelve." in page.body.text()
    assert not page.css(".changes")


def test_the_data_tells_what_the_page_does(small, reader):
    item = story(small)
    corrected(small, item, FIXED)
    (said,) = json.loads(reader.get(page_of(item) + "item.json").content)["corrections"]
    pieces = said["difference"]["passages"][0]["pieces"]
    assert {"what": "removed", "words": None} in pieces
    assert {"what": "added", "words": "twelve"} in pieces
    assert said["difference"]["taken_out"] == 1
    assert said["difference"]["left_out"] is False


@pytest.fixture
def read(monkeypatch):
    """The numbers of the versions that were read for a page."""
    numbers = []
    as_it_is = compared.said_of
    monkeypatch.setattr(
        changed, "said_of", lambda version: numbers.append(version.number) or as_it_is(version)
    )
    return numbers


def test_what_never_changes_is_compared_once_for_all_languages_and_all_later_corrections(small, reader, read):
    item = story(small)
    for count in range(1, 4):
        corrected(small, item, f"{FIXED}\n\nOn day {count} the water fell.", f"Day {count}.")
    for language in ("", "/fr", "/en"):
        kept.store.clear()
        assert reader.get(language + page_of(item)).status_code == 200
    assert read == [1, 2, 2, 3, 3, 4]


def test_nothing_of_a_protected_item_is_kept(small, reader, read):
    item = story(small)
    corrected(small, item, FIXED)
    protect(small.editor, item, protected=True)
    assert not compared.kept._kept
    kept.store.clear()
    assert "twelve" in shown(reader, item).css_first(".changes ins").text()
    assert not compared.kept._kept
    assert read == [1, 2, 1, 2]
    corrected(small, item, "The minutes run to thirteen streets.", "Thirteen.")
    assert read[4:] == [1, 2, 3] * 2, "written before the checks and after them"


def test_of_many_corrections_of_a_long_text_the_newest_are_compared_and_the_others_told(
    small, reader, monkeypatch
):
    item = story(small)
    for count in range(1, 5):
        corrected(small, item, f"{STORY}\n\nOn day {count} the water fell.", f"Note {count}.")
    monkeypatch.setattr(changed, "ALL", 3 * len(STORY) + 150)
    kept.store.clear()
    page = shown(reader, item)
    assert (
        "Of the 2 before them, what was noted is shown." in page.css_first("h2#changes ~ p.hint + p").text()
    )
    first, second, third, fourth = page.css(".changes > li")
    assert "Note 1." in first.text()
    assert not first.css("blockquote") + second.css("blockquote")
    assert "changed again later" in third.text()
    assert fourth.css_first("ins").text() == "(new:) 4 (end of what is new)"
    kept.store.clear()
    data = json.loads(reader.get(page_of(item) + "item.json").content)["corrections"]
    assert [each["difference"]["left_out"] for each in data] == [True, True, False, False]


def test_moving_paragraphs_is_no_change_of_words():
    old, new = ("One fish.", "Two boats."), ("Two boats.", "One fish.")
    assert not told(old, new, new)


WORDS = st.lists(st.sampled_from(["quay", "Ida", "flood", "five", "boats", "street."]), max_size=6)
PARAGRAPHS = st.lists(WORDS.map(" ".join).filter(str.strip), max_size=4).map(tuple)


@settings(max_examples=200, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_no_word_is_told_that_does_not_stand_in_what_is_out_now(old, new, now):
    for passage in told(old, new, now).passages:
        words = "".join(words for _, words in passage.pieces)
        assert " ".join(words.split()) in now
