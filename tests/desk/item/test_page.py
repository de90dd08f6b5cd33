"""The page of an item: findings at their words, what is in the way, and the way out of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.item.pages import HTMX, STORY, html, of, story
from tests.newsroom.desk import approved, ready, text, use
from tests.public.outlet import corrected, published
from tests.reading.files import picture

from masthead.desk.item.kept import pages
from masthead.newsroom.items.commands import add_item, add_version, protect
from masthead.newsroom.items.given import Given
from masthead.newsroom.jobs import work_off
from masthead.newsroom.public import commands as public
from masthead.newsroom.review import commands
from masthead.vocabulary import Task, Tier, WaiverReason


def test_protecting_what_is_out_never_says_that_nobody_sees_it(small, browsers):
    item = published(small)
    address = f"/desk/items/{item.public_id}/"
    page = html(browsers.editor.post(f"{address}protect", {"protected": "yes"}, follow=True))
    assert "What is out stays out; withdrawing takes it back." in page
    assert "The work on it is protected." in page
    assert f'href="{address}withdraw' in page


def test_findings_are_marked_at_their_words_and_stand_beside_them(small, browsers):
    page = html(browsers.author.get(of(story(small))))
    assert re.search(
        r'<mark class="stop"><span data-start="\d+">£900,000</span><sup><a href="#note-\d+"', page
    )
    assert "This number is in no source." in page
    assert '<span data-start="0">Flood repairs</span></h3>' in page
    assert "<blockquote><p" in page
    assert "<ul><li" in page


def test_the_place_of_each_piece_is_its_code_point(small, browsers):
    words = "🙂 é Zoë paid 77 florins.\n\nŻółw 🐢 paid 88.\n"
    version = story(small, words)
    page = html(browsers.author.get(of(version)))
    from masthead.newsroom.items.reading import document_of

    whole = document_of(version).text
    pieces = re.findall(r'data-start="(\d+)">([^<]*)</span>', page)
    assert pieces
    for start, piece in pieces:
        assert whole[int(start) : int(start) + len(piece)] == piece


def test_the_item_says_its_language(small, browsers):
    version = story(
        small, "# Crue\n\nLes réparations coûteront 900 000 euros, a dit le conseil.\n", language="fr"
    )
    page = html(browsers.author.get(of(version)))
    assert 'lang="fr" data-copy' in page
    assert "French" in page


def test_a_filter_leaves_what_was_asked_for(small, browsers):
    version = story(small)
    total = len(re.findall(r'id="note-', html(browsers.author.get(of(version)))))
    finding = current_findings(version)[0]
    commands.waive(small.editor, version, finding, WaiverReason.WITNESSED, "I was there")
    waived = html(browsers.author.get(of(version) + "?show=waived"))
    assert len(re.findall(r'id="note-', waived)) == 1
    assert "I was there" in waived
    assert "witnessed by the reporter" in waived
    stops = html(browsers.author.get(of(version) + "?show=stops"))
    assert len(re.findall(r'id="note-', stops)) == total - 1
    assert html(browsers.author.get(of(version) + "?show=<script>"))


def current_findings(version):
    from masthead.newsroom.review.standing import current_run

    run = current_run(version)
    assert run
    return list(run.findings.all())


def test_a_part_is_answered_to_htmx_and_the_whole_page_to_others(small, browsers):
    version = story(small)
    part = html(browsers.author.get(of(version), headers=HTMX))
    assert part.startswith('<div id="work"')
    assert "<!doctype html>" in html(browsers.author.get(of(version)))


def test_the_difference_from_the_source_is_shown(small, browsers):
    version = add_item(
        small.author,
        text("“We have never received a penny from the fund,” Ruth Tan said."),
        sources=[text("“We have not received a penny from the fund since May,” Ruth Tan said.", "notes.md")],
    )
    commands.run_checks(small.author, version)
    page = html(browsers.author.get(of(version)))
    assert "<del>" in page
    assert "<ins>" in page


def test_the_steps_say_where_it_stands(small, browsers):
    approved(small)
    version = ready(small, use())
    assert "Ready to publish" in html(browsers.author.get(of(version)))
    assert "Cleared" in html(browsers.author.get(of(version)))
    commands.publish(small.editor, version)
    page = html(browsers.author.get(of(version)))
    assert "This version is out since" in page
    assert "AI was used" not in page, "what is out takes no more"
    commands.withdraw(small.editor, version.item, "It was wrong.")
    page = html(browsers.author.get(of(version)))
    assert "Withdrawn" in page
    assert "New version" not in page


def test_a_correction_that_nobody_signed_says_so_until_somebody_does(small, browsers):
    item = published(small)
    corrected(small, item)
    version = item.versions.last()
    page = html(browsers.editor.get(of(version)))
    assert "Nobody has signed it off yet" in page
    assert "Waiting for sign-off" in page
    public.sign_off(small.other_editor, version)
    assert "Nobody has signed it off yet" not in html(browsers.editor.get(of(version)))


def test_what_ai_did_is_listed_and_its_words_are_shown(small, browsers):
    approved(small)
    version = story(small, uses=[use()])
    commands.run_checks(small.author, version)
    page = html(browsers.author.get(of(version)))
    assert "Ink" in page
    assert "editing" in page
    assert "T2" in page


def test_a_picture_is_shown_with_the_mark_the_audience_will_see(small, browsers):
    approved(small)
    version = add_item(
        small.author,
        Given("p.png", picture("PNG")),
        uses=[use(task=Task.IMAGE_GENERATION, tier=Tier.T3)],
        title="Dusk",
    )
    page = html(browsers.author.get(of(version)))
    assert 'class="mark">Picture made with AI' in page
    assert f'src="{of(version, "versions/1/file")}"' in page


def test_a_page_that_waits_is_told_when_the_findings_are_there(small, browsers):
    browsers.author.post("/desk/items/new", {"text": STORY})
    from masthead.newsroom.items.models import Version

    version = Version.objects.get()
    work_off()
    done = browsers.author.get(of(version, "check"), headers=HTMX)
    assert done.status_code == 303
    assert done["Location"] == of(version)


def test_checks_can_be_run_in_the_request(small, browsers):
    version = story(small, checked=False)
    answer = browsers.author.post(of(version, "check"))
    assert answer.status_code == 303
    assert "Not cleared yet" in html(browsers.author.get(of(version)))


def test_who_may_only_look_is_offered_nothing_to_change(small, browsers):
    version = story(small)
    page = html(browsers.steward.get(of(version)))
    for offered in ("New version", "Add a source", "AI was used", "Waive…", "Protect it"):
        assert offered not in page, offered


def test_a_stranger_an_auditor_and_an_administrator_do_not_learn_that_a_draft_exists(small, browsers):
    version = story(small)
    missing = browsers.freelancer.get("/desk/items/aaaaaaaaaaaaaaaaaaaaaaaaaa/")
    for browser in (browsers.freelancer, browsers.auditor):
        answer = browser.get(of(version))
        assert answer.status_code == 404
        assert "Flood" not in answer.content.decode()
    assert missing.status_code == 404
    assert browsers.administrator.get(of(version)).status_code == 403


def test_an_auditor_sees_what_is_out_and_no_draft(small, browsers):
    approved(small)
    version = ready(small, use())
    commands.publish(small.editor, version)
    add_version(small.author, version, text("A later draft that nobody has signed."))
    page = html(browsers.auditor.get(of(version)))
    assert "banks broke" in page
    assert "later draft" not in page
    for below in ("check", "sources/add", "uses/add", "versions/new", "versions/1/file"):
        assert browsers.auditor.get(of(version, below)).status_code in (403, 404), below


def test_a_protected_item_is_for_those_who_work_on_it_and_editors(small, browsers):
    version = story(small)
    assert browsers.author.post(of(version, "protect"), {"protected": "yes"}).status_code == 303
    version.item.refresh_from_db()
    assert version.item.protected
    assert browsers.steward.get(of(version)).status_code == 404
    page = html(browsers.author.get(of(version)))
    assert "data-autosave" not in page
    assert f'data-forget="{version.item.public_id}"' in page
    assert "data-autosave" not in html(browsers.author.get(of(version, "versions/new")))
    assert "data-autosave" not in html(browsers.author.get(of(version, "uses/add")))
    assert browsers.author.post(of(version, "protect"), {"protected": "no"}).status_code == 403
    assert browsers.editor.post(of(version, "protect"), {"protected": "no"}).status_code == 303


def test_protecting_twice_changes_nothing(small):
    version = story(small, checked=False)
    protect(small.author, version.item, protected=True)
    from masthead.errors import Refused

    with pytest.raises(Refused, match="already"):
        protect(small.author, version.item, protected=True)


MADE, KEPT = 30, 8
"""Queries of an item's page at most: to make it, and to show it again."""


def queries(browser, version, *, kept: bool = False) -> int:
    browser.get(of(version))
    if not kept:
        pages.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        html(browser.get(of(version)))
    return len(asked)


def test_the_page_costs_as_much_for_many_versions_and_findings_as_for_one(small, browsers):
    few = story(small, "It cost 77 florins.")
    many = story(small, "\n\n".join(f"It cost {number} florins." for number in range(1001, 1013)))
    base = many
    for number in range(8):
        base = add_version(
            small.author, base, text(f"{'x' * number} It cost 99 florins, and {1000 + number} more.")
        )
    commands.run_checks(small.author, base)
    assert queries(browsers.author, base) == queries(browsers.author, few) <= MADE
    assert queries(browsers.author, base, kept=True) <= KEPT


def test_the_pages_of_a_picture_speak_of_a_picture(small, browsers):
    version = add_item(small.author, Given("p.png", picture("PNG")), title="Dusk")
    commands.run_checks(small.author, version)
    page = html(browsers.author.get(of(version)))
    assert "If AI made or changed it, say so." in page
    assert "select the words" not in page
    assert "Add what it was made from" in page
    assert "names, dates and quotations" not in page
    page = html(browsers.author.get(of(version, "versions/new")))
    assert "Could someone take it for a real photograph?" in page
    assert "If it is a picture" not in page
    assert "Where the picture changes" in page
    assert "the text" not in page
    page = html(browsers.author.get(of(version, "uses/add")))
    assert "Which words?" not in page
    assert "If it is a picture" in html(browsers.author.get("/desk/items/new"))


def test_a_picture_is_looked_at_and_not_read_by_whoever_signs_it(small, browsers):
    version = add_item(small.author, Given("p.png", picture("PNG")), title="Dusk")
    commands.run_checks(small.author, version)
    page = html(browsers.editor.get(of(version, "sign-off")))
    assert "I looked at this version, its AI use is as recorded, and my organisation answers for it." in page
    assert "I read this version" not in page
    assert page.count("Dusk") >= 1
