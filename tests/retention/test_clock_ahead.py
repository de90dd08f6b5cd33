"""A clock that was set forward erases nothing, until a person says that it is right."""

from datetime import UTC, datetime, timedelta

from tests.newsroom.logins import client_of
from tests.retention import planted

from masthead.newsroom.items.models import Item
from masthead.newsroom.retention import clock_ahead
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.retention.setting import set_schedule
from masthead.newsroom.retention.words import Kept

FAR = datetime(2099, 1, 1, tzinfo=UTC)


def test_nothing_goes_by_a_schedule_while_the_clock_is_far_ahead(small):
    set_schedule(small.steward, Kept.DRAFTS, 3650, "Ten years, our rule.")
    planted.draft(small, planted.Words())
    assert Item.objects.count() == 1
    assert go_round(FAR) == 0
    assert go_round(FAR + timedelta(hours=1)) == 0
    clock_ahead.gone(FAR)  # a person found it right
    assert go_round(FAR) == 1


def test_nor_after_a_round_that_was_gone_in_time(small):
    set_schedule(small.steward, Kept.DRAFTS, 20, "Our rule.")
    planted.draft(small, planted.Words())
    now = datetime.now(UTC)
    for days in range(0, 21, 6):
        assert go_round(now + timedelta(days=days)) == 0
    assert go_round(now + timedelta(days=22)) == 1


def test_the_desk_says_so(small):
    page = client_of(small.steward).get("/desk/data/").content.decode()
    assert "more than a week past" not in page
    clock_ahead.gone(datetime.now(UTC) - timedelta(days=8))
    page = client_of(small.steward).get("/desk/data/").content.decode()
    assert "more than a week past" in page
