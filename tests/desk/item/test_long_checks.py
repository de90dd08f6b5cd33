"""A long text is checked by the worker, so that nobody stands behind whoever asked."""

from tests.desk.item.pages import html, of, story

from masthead.desk.item.checking import AT_ONCE
from masthead.newsroom.jobs import Standing, standing, work_off
from masthead.newsroom.review.standing import current_run

LONG = "It cost 77 florins, said the council. " * (AT_ONCE // 35)


def check(browser, version, **more):
    path = of(version, "check")
    return browser.post(path, {"version": version.number}, **more)


def test_a_short_text_is_checked_at_once(small, browsers):
    version = story(small, checked=False)
    assert check(browsers.author, version).status_code == 303
    assert current_run(version) is not None


def test_a_long_text_is_left_to_the_worker_and_its_findings_come(small, browsers):
    version = story(small, LONG, checked=False)
    page = html(check(browsers.author, version, follow=True))
    assert current_run(version) is None, "not in the request"
    assert standing(f"check:{version.id}") is Standing.WAITING
    assert "none is at work" in page
    work_off()
    page = html(browsers.author.get(of(version)))
    assert "Not checked yet" not in page
    assert "77 florins" in page
