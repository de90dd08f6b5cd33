import pytest
from tests.newsroom.desk import approved, text

from masthead.errors import Refused
from masthead.newsroom.items.commands import add_item, add_version
from masthead.newsroom.items.given import UseGiven
from masthead.newsroom.review import commands
from masthead.newsroom.review.telling import record_of
from masthead.vocabulary import Task, Tier

WORDS = "The river rose. Nobody slept. The banks broke."


def part_of(words: str, part: str) -> UseGiven:
    start = words.index(part)
    return UseGiven("Ink", Task.DRAFTING, Tier.T2, (start, start + len(part)))


@pytest.fixture
def drafted(small):
    approved(small)
    return add_item(small.author, text(WORDS), uses=[part_of(WORDS, "Nobody slept.")], language="en")


def test_a_part_is_kept_with_its_words_and_told_by_them(drafted):
    use = drafted.ai_uses.get()
    assert (use.quote, WORDS[use.start : use.end]) == ("Nobody slept.", "Nobody slept.")
    assert record_of(drafted, None).uses[0].part == "Nobody slept."


def test_a_part_is_found_again_where_it_moved_to(small, drafted):
    longer = "It began at night. " + WORDS
    again = add_version(small.author, drafted, text(longer), language="en")
    use = again.ai_uses.get()
    assert longer[use.start : use.end] == "Nobody slept."


def test_a_part_that_was_edited_away_counts_for_the_whole(small, drafted):
    again = add_version(small.author, drafted, text("The river rose. Few slept."), language="en")
    use = again.ai_uses.get()
    assert (use.start, use.quote, use.tier) == (None, "", "T2")
    assert record_of(again, None).uses[0].part is None


def test_of_two_places_the_nearer_is_the_part(small, drafted):
    twice = "Nobody slept. " * 5 + WORDS
    again = add_version(small.author, drafted, text(twice), language="en")
    assert again.ai_uses.get().start == 14


def test_a_part_outside_the_text_is_refused(small):
    approved(small)
    beyond = UseGiven("Ink", Task.DRAFTING, Tier.T2, (0, 999))
    with pytest.raises(Refused, match="not within the text"):
        add_item(small.author, text(WORDS), uses=[beyond], language="en")


def test_a_version_with_a_part_can_be_checked(small, drafted):
    run = commands.run_checks(small.author, drafted)
    assert not run.not_run
