"""Where an item stands on its way out, and whose the next move is."""

import re
from datetime import timedelta

from tests.desk.item.pages import html, of, story
from tests.newsroom.desk import approved, ready, use

from masthead.newsroom.review import commands
from masthead.newsroom.review.standing import current_run
from masthead.vocabulary import WaiverReason


def steps(page: str) -> list[tuple[str, str]]:
    """The steps of an item's page with the class of each."""
    bar = re.search(r'<ol class="progress">(.*?)</ol>', page)
    assert bar is not None
    return re.findall(r'<li(?: class="(\w*)")?(?: aria-current="step")?>([^<]*)</li>', bar[1])


def test_what_went_out_by_a_broken_glass_is_not_said_to_be_signed_off(small, browsers):
    version = story(small)
    broken = ("", "Not signed off: the glass is broken")
    commands.break_glass(small.editor, version, "It cannot wait.", review_within=timedelta(hours=1))
    assert steps(html(browsers.author.get(of(version))))[2:] == [broken, ("here", "Ready to publish")]
    commands.publish(small.author, version)
    page = html(browsers.author.get(of(version)))
    assert steps(page)[2:] == [broken, ("done", "Published")]
    assert "Signed off" not in page


def test_nothing_is_said_to_be_done_that_is_not(small, browsers):
    approved(small)
    page = html(browsers.author.get(of(story(small))))
    assert steps(page)[2:] == [("", "Sign off"), ("", "Publish")]
    version = ready(small, use())
    assert steps(html(browsers.author.get(of(version))))[2:] == [
        ("done", "Signed off"),
        ("here", "Ready to publish"),
    ]


def test_who_may_not_waive_reads_who_may_and_that_it_is_on_their_list(small, browsers):
    version = story(small)
    page = html(browsers.author.get(of(version)))
    assert "Waive it" not in page
    assert "Who may waive a finding: editor. This item is on their list." in page
    listed = html(browsers.editor.get("/desk/waiting/"))
    assert of(version) in listed
    page = html(browsers.editor.get(of(version)))
    assert "Who may waive" not in page
    assert "/waive?" in page


def test_it_is_on_their_list_only_once_findings_alone_are_in_the_way(small, browsers):
    version = story(small, uses=[use("Nobody knows it")])
    page = html(browsers.author.get(of(version)))
    assert "Once nothing but findings is in the way, this item is on their list." in page
    assert of(version) not in html(browsers.editor.get("/desk/waiting/"))


def test_what_was_sent_back_is_on_its_authors_list_alone(small, browsers):
    version = story(small)
    commands.send_back(small.editor, version, "Mend the number.")
    page = html(browsers.author.get(of(version)))
    assert "Who may waive a finding: editor." in page
    assert "on their list" not in page
    assert of(version) not in html(browsers.editor.get("/desk/waiting/"))


def test_the_second_review_says_how_many_findings_stood_when_the_glass_was_broken(small, browsers):
    version = story(small, "# Repairs\n\nIt took 71 days.\n\nIt took 82 nights, and 93 days.\n")
    first, *_, last = current_run(version).findings.order_by("start")
    commands.waive(small.editor, version, first, WaiverReason.WITNESSED, "")
    commands.break_glass(small.editor, version, "It cannot wait.", review_within=timedelta(hours=1))
    commands.waive(small.editor, version, last, WaiverReason.WITNESSED, "")
    page = html(browsers.other_editor.get(of(version, "second-review")))
    assert "2 findings stood that were neither mended nor waived." in page
