"""What is pasted elsewhere says what is told everywhere: no mark is lost, no fact is altered."""

import json
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.labels.disclosure import disclose
from masthead.labels.floor import required_marks
from masthead.labels.json_ld import json_ld
from masthead.labels.places import LIMITS, LONGEST_ADDRESS, Form, Place, forms
from masthead.language import LANGUAGES, using
from masthead.vocabulary import Task, Tier

from .strategies import photo, records, story, use

PAGE = "https://herald.example/items/abcdefgh/"
languages = st.sampled_from(LANGUAGES)


class Seen(HTMLParser):
    """What a browser shows of a snippet, and what it holds besides."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.addresses: list[str | None] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        (self.scripts if self.tags and self.tags[-1] == "script" else self.words).append(data)


def seen(form: Form) -> str:
    if form.place in (Place.SITE, Place.WORDPRESS):
        return " ".join("".join(Seen(form.text).words).split())
    return " ".join(form.text.split())


def one_line(text: str) -> str:
    return " ".join(text.split())


@given(records, languages)
def test_no_place_omits_the_floor(record, language) -> None:
    with using(language):
        told = disclose(record)
        for form in forms(record, PAGE):
            assert bool(told.mark) is bool(required_marks(record))
            if told.mark:
                assert seen(form).startswith(one_line(told.mark)), form.place


@given(records, languages)
def test_the_line_stands_whole_or_not_at_all(record, language) -> None:
    with using(language):
        told = disclose(record)
        for form in forms(record, PAGE):
            assert (one_line(told.line) in seen(form)) is form.whole
            assert form.whole or form.limit is not None


@given(records, languages)
def test_every_place_leads_to_the_details_and_keeps_its_limit(record, language) -> None:
    longest = PAGE + "a" * (LONGEST_ADDRESS - len(PAGE))
    with using(language):
        for form in (*forms(record, PAGE), *forms(record, longest)):
            assert PAGE.removeprefix("https://") in unescape(form.text)
            assert form.limit is None or form.length <= form.limit


@given(records, languages)
def test_a_snippet_holds_our_elements_and_no_others(record, language) -> None:
    with using(language):
        site, wordpress, *_ = forms(record, PAGE)
        assert set(Seen(site.text).tags) <= {"aside", "p", "strong", "a", "script"}
        assert set(Seen(wordpress.text).tags) <= {"div", "p", "strong", "a"}
        assert Seen(site.text).addresses == Seen(wordpress.text).addresses == [PAGE]
        assert json.loads("".join(Seen(site.text).scripts)) == json_ld(record, page=PAGE)


def test_a_block_of_wordpress_cannot_be_ended_by_a_name() -> None:
    record = story(use(), responsible="--> <!-- /wp:group -->")
    _, wordpress, *_ = forms(record, PAGE)
    assert wordpress.text.count("<!-- /wp:group -->") == 1


def test_print_is_one_line_without_the_scheme() -> None:
    *_, printed = forms(photo(use(Task.IMAGE_GENERATION)), PAGE)
    assert "\n" not in printed.text
    assert printed.text.startswith("Picture made with AI. An AI tool made this picture.")
    assert printed.text.endswith("How this picture was made: herald.example/items/abcdefgh/")


def test_a_line_too_long_gives_way_to_its_address() -> None:
    many = [use(task, Tier.T2) for task in Task]
    record = story(*many)
    *_, printed = forms(record, PAGE)
    assert not printed.whole
    assert (
        printed.text
        == f"{disclose(record).mark}. What AI did here, and who checked it: {PAGE.removeprefix('https://')}"
    )


def test_an_address_that_fits_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="room"):
        forms(story(), "https://" + "a" * LONGEST_ADDRESS)


def test_a_limit_is_known_of_every_place() -> None:
    assert set(LIMITS) == set(Place)
