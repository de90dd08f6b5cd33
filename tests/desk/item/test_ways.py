"""What the gate advises can be done at the desk."""

import re

from hypothesis import given
from tests.desk.item.pages import html, of, story
from tests.gate.strategies import checklists, facts
from tests.newsroom.desk import approved, text, use
from tests.public.outlet import corrected, published

from masthead.desk.item.ways import PLACES
from masthead.gate import decide, findings, floor, rules
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.models import Version
from masthead.newsroom.register.commands import decide_on
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.review.commands import run_checks
from masthead.newsroom.review.standing import current_run
from masthead.vocabulary import SystemStatus


def checked(desk, *, by=None, **given) -> Version:
    """A version that lacks nothing but its sign-off."""
    version = add_item(by or desk.author, text(), sources=[text(name="notes.md")], language="en", **given)
    run_checks(desk.author, version)
    return version


@given(facts, checklists)
def test_every_way_out_of_whatever_is_in_the_way_has_an_address(version, controls):
    decided = decide(version, controls)
    for obstacle in (*decided.obstacles, *decided.warnings):
        assert {way.template for way in obstacle.ways_out} <= PLACES.keys()


def test_every_way_out_that_is_written_down_has_an_address():
    told = {way.template for ways in findings.WAYS_OUT.values() for way in ways}
    told |= {way.template for _, _, ways in rules.STATUSES.values() for way in ways}
    told |= {way.template for _, *ways in floor.MARKS.values() for way in ways}
    assert told <= PLACES.keys()


def test_who_may_sign_this_version_has_a_button_to(small, browsers):
    approved(small)
    version = checked(small, uses=[use()])
    page = html(browsers.editor.get(of(version)))
    assert "Not cleared yet: a sign-off is missing" in page
    assert f'<a class="button" href="{of(version, "sign-off")}">Read and sign off</a>' in page
    page = html(browsers.author.get(of(version)))
    assert "Read and sign off" not in page
    assert "Someone with the right to sign off" in page


def test_who_made_it_is_not_asked_to_sign_it(small, browsers):
    approved(small)
    version = checked(small, uses=[use()], by=small.editor)
    assert "Read and sign off" not in html(browsers.editor.get(of(version)))
    assert "Read and sign off" in html(browsers.other_editor.get(of(version)))


def test_a_steward_reads_that_a_pause_is_theirs_to_lift(small, browsers):
    approved(small)
    version = checked(small, uses=[use()])
    decide_on(small.steward, AISystem.objects.get(), SystemStatus.PAUSED, reason="We look into it.")
    page = html(browsers.steward.get(of(version)))
    assert re.search(r'<a class="button quiet" href="/desk/register/[^"]*">Lift the pause</a>', page)
    page = html(browsers.editor.get(of(version)))
    assert "Lift the pause" not in page
    assert "Wait until the steward lifts the pause" in page


def test_what_is_the_same_of_several_words_is_counted_as_often_and_waived_one_by_one(small, browsers):
    words = "# Repairs\n\nIt took 71 days.\n\nIt took 82 nights.\n"
    version = story(small, words)
    page = html(browsers.editor.get(of(version)))
    assert "Not cleared yet: 2 things to mend, then a sign-off" in page
    assert "2 things to mend</li>" in page
    assert "2 findings · " in page
    first = current_run(version).findings.order_by("start").first()
    one_by_one = f'href="{of(version, f"findings/{first.fingerprint}/waive")}">Waive them one by one'
    assert one_by_one in page
    assert "Waive them" not in html(browsers.author.get(of(version)))
    assert "2 things to mend, then a sign-off" in html(browsers.editor.get(of(version, "publish")))


def test_what_is_out_leads_to_its_page_and_past_no_gate(small, browsers):
    item = published(small)
    corrected(small, item)
    version = item.versions.last()
    page = html(browsers.editor.get(of(version)))
    assert f'href="/items/{item.public_id}/">Its public page</a>' in page
    assert "It cannot wait" not in page
    answer = html(browsers.editor.get(of(version, "break-glass")))
    assert "This version is out." in answer
    assert "<textarea" not in answer
