from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.labels.strategies import photo, records, story, use

from masthead.labels import disclose, required_marks
from masthead.vocabulary import Task, Tier

some = settings(max_examples=80, deadline=None)


@pytest.mark.parametrize("realistic", [True, None])
@pytest.mark.parametrize("reviewed", [True, False])
def test_a_picture_that_could_pass_for_real_is_marked_whoever_reviewed_it(realistic, reviewed):
    record = photo(use(Task.IMAGE_GENERATION), realistic=realistic, reviewed=reviewed)
    assert required_marks(record) == {"visible_mark"}
    assert disclose(record).mark == "Picture made with AI"


def test_a_picture_that_nobody_takes_for_real_needs_no_mark():
    assert not required_marks(photo(use(Task.IMAGE_GENERATION), realistic=False))


def test_calling_a_made_picture_incidental_changes_nothing():
    assert required_marks(photo(use(Task.IMAGE_GENERATION, Tier.T0))) == {"visible_mark"}


@pytest.mark.parametrize("tier", Tier)
def test_a_retouched_picture_is_marked_whatever_tier_somebody_chose(tier):
    assert required_marks(photo(use(Task.IMAGE_EDITING, tier))) == {"visible_mark"}


def test_a_picture_in_a_text_is_marked_too():
    assert required_marks(story(use(Task.IMAGE_GENERATION))) == {"visible_mark"}


@pytest.mark.parametrize("interest", [True, None])
def test_ai_text_of_public_interest_is_labelled_unless_reviewed_and_answered_for(interest):
    record = story(use(Task.DRAFTING), public_interest=interest)
    assert not required_marks(record)
    assert required_marks(replace(record, reviewed=False)) == {"text_label"}
    assert required_marks(replace(record, responsible=None)) == {"text_label"}
    assert required_marks(replace(record, responsible="")) == {"text_label"}


def test_text_of_no_public_interest_needs_no_label():
    assert not required_marks(story(use(Task.DRAFTING), public_interest=False, reviewed=False))


def test_research_by_ai_leaves_no_ai_text():
    assert not required_marks(story(use(Task.RESEARCH), reviewed=False))


LAW = {"uses", "medium", "realistic", "public_interest", "reviewed", "responsible"}


@some
@given(records, records)
def test_nothing_moves_the_floor_but_what_the_law_names(record, other):
    others = {f: getattr(other, f) for f in record.__slots__ if f not in LAW}
    assert required_marks(replace(record, **others)) == required_marks(record)


@some
@given(records, st.sampled_from(Tier))
def test_another_use_never_lowers_it(record, tier):
    more = replace(record, uses=(*record.uses, use(Task.OTHER, tier)))
    assert required_marks(record) <= required_marks(more)


@some
@given(records)
def test_what_is_disclosed_carries_every_mark_and_shows_it(record):
    told = disclose(record)
    assert told.marks >= required_marks(record)
    assert bool(told.mark) == bool(told.marks)
