"""Checks run after a version was saved, without anyone waiting at the door."""

from tests.newsroom.desk import founded, text

from masthead.newsroom import jobs
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.review.jobs import ask_for_checks
from masthead.newsroom.review.standing import current_run
from masthead.vocabulary import Profile


def test_checks_that_were_asked_for_run_once(home):
    desk = founded(home, Profile.SMALL)
    version = add_item(desk.author, text(), sources=[], uses=[], title="River", language="en")
    keys = {ask_for_checks(desk.author, version) for _ in range(2)}
    assert len(keys) == 1
    assert jobs.work_off() == 1
    assert version.check_runs.count() == 1
    assert current_run(version) is not None
    assert jobs.standing(keys.pop()) is jobs.Standing.NONE
