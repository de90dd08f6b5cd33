"""Which checklist was in force when: before the first there was none."""

from datetime import UTC, datetime, timedelta

import pytest

from masthead.errors import NotReady
from masthead.newsroom.assurance.standing import board
from masthead.newsroom.policy.commands import adopt, in_force
from masthead.newsroom.policy.models import PolicyRevision
from masthead.vocabulary import Profile


def test_it_is_in_force_from_the_moment_it_was_adopted_until_the_next(small):
    adopt(small.steward, Profile.SOLO)
    second = PolicyRevision.objects.get(number=2).adopted_at
    assert in_force().number == 2
    assert in_force(second).number == 2
    assert in_force(second - timedelta(microseconds=1)).number == 1


def test_before_the_first_there_was_none(small):
    with pytest.raises(NotReady):
        in_force(datetime(2001, 1, 1, tzinfo=UTC))
    with pytest.raises(NotReady):
        board(datetime(2001, 1, 1, tzinfo=UTC))
