"""Links in the form in which two addresses of one page are the same."""

import pytest
from tests.checks.traceability.texts import codes, document, findings, trace

from masthead.reading.document import Link
from masthead.vocabulary import Level

SAME = [
    "https://example.org/a/b",
    "http://EXAMPLE.org/a/b/",
    "https://www.example.org:443/a/b#part",
    "https://example.org/a/b?utm_source=x&utm_medium=y&fbclid=1",
    "https://example.org/%61/b",
    "www.example.org/a/b",
]


@pytest.mark.parametrize("target", SAME)
def test_two_addresses_of_one_page_are_one_link(target: str) -> None:
    assert codes(f"See {target}.", "From https://example.org/a/b, as read.") == []
    linked = document("See here", [Link(target, 4, 8)])
    assert codes(linked, "From https://example.org/a/b") == []
    assert codes("See https://example.org/a/b", document("From here", [Link(target, 5, 9)])) == []


def test_a_link_in_no_source_is_an_error_with_the_nearest_of_the_same_host() -> None:
    (finding,) = findings("See https://example.org/invented now", "From https://example.org/a today")
    assert (finding.code, finding.level, finding.quote) == (
        "link",
        Level.ERROR,
        "https://example.org/invented",
    )
    assert finding.nearest is not None
    assert finding.nearest.quote == "https://example.org/a"


def test_a_link_is_placed_at_the_words_that_carry_it() -> None:
    (finding,) = findings(document("See here now", [Link("https://example.org/x", 4, 8)]), "Nothing")
    assert (finding.quote, finding.start, finding.end) == ("here", 4, 8)


def test_a_link_without_words_has_no_place() -> None:
    (finding,) = findings(document("See", [Link("https://example.org/x", 3, 3)]), "Nothing")
    assert (finding.quote, finding.start, finding.end) == (None, None, None)


def test_parameters_that_choose_the_page_count() -> None:
    assert [c for c, _ in codes("https://example.org/?id=1", "https://example.org/?id=2")] == ["link"]
    assert codes("https://example.org/?a=1&b=2", "https://example.org/?b=2&a=1") == []


def test_links_within_the_page_are_not_looked_for() -> None:
    own = document("See here", [Link("#part", 4, 8)])
    assert dict(trace(own, "Nothing").counts)["links"] == 0


@pytest.mark.parametrize(
    "target", ["https://[broken", "https://a:99999999/", "http://", "mailto:a@b.example", "/about", "…"]
)
def test_a_link_that_is_no_address_is_compared_as_it_stands(target: str) -> None:
    own = document("See here", [Link(target, 4, 8)])
    assert codes(own, own) == []
    assert [c for c, _ in codes(own, "Nothing")] == ["link"]
