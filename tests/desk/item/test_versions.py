"""The next version: edited, handed in, put right; and what happens when two edit at once."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.desk.item.pages import STORY, html, of, story
from tests.newsroom.desk import approved, text, use
from tests.reading.files import picture, word

from masthead.language import Message
from masthead.newsroom.items import blobs
from masthead.newsroom.items.commands import add_item, add_version, newest
from masthead.newsroom.items.given import Given
from masthead.newsroom.review.commands import run_checks
from masthead.newsroom.review.standing import current_run
from masthead.vocabulary import Task, Tier


def edited(browser, version, **fields):
    given = {"base": version.number, **fields}
    return browser.post(of(version, "versions/new"), given)


def test_the_text_is_there_to_be_edited_as_it_was_written(small, browsers):
    version = story(small)
    page = html(browsers.author.get(of(version, "versions/new")))
    assert "## " not in page
    assert "# Flood repairs" in page
    answer = edited(browsers.author, version, words=STORY.replace("£900,000", "a sum"))
    assert answer.status_code == 303
    kept = newest(version.item)
    assert kept.number == 2
    assert "a sum" in blobs.fetch(kept.sha256).decode()
    assert kept.sources.count() == 1, "sources carry over"


def test_a_file_takes_the_place_of_the_text(small, browsers):
    version = story(small)
    edited(browsers.author, version, words=STORY, file=SimpleUploadedFile("s.docx", word(["From a file."])))
    assert newest(version.item).media_type.startswith("application/vnd")


def test_nothing_changed_is_nothing_kept(small, browsers):
    version = story(small)
    assert "byte for byte" in html(edited(browsers.author, version, words=STORY.replace("\n", "\r\n")), 422)


def test_an_emptied_text_is_asked_about(small, browsers):
    assert "There is no text left" in html(edited(browsers.author, story(small), words=" \n"), 422)


def test_an_answer_is_changed_with_the_words_as_they_are(small, browsers):
    version = story(small)
    assert edited(browsers.author, version, words=STORY, public_interest="no").status_code == 303
    kept = newest(version.item)
    assert kept.sha256 == version.sha256
    assert kept.public_interest is False


def test_a_picture_is_replaced_by_a_file_and_its_answers_change_alone(small, browsers):
    version = add_item(small.author, Given("p.png", picture("PNG")), title="Dusk")
    assert 'name="words"' not in html(browsers.author.get(of(version, "versions/new")))
    assert edited(browsers.author, version, realistic="no").status_code == 303
    assert newest(version.item).realistic is False


def test_two_at_once_lose_nothing(small, browsers):
    version = story(small)
    add_version(small.editor, version, text("What the editor wrote meanwhile."))
    page = html(edited(browsers.author, version, words="What I wrote."), 422)
    assert "Someone else was quicker" in page
    assert "What the editor wrote meanwhile." in page
    assert "What I wrote." in page
    assert "Ed Editor" in page
    assert 'name="base" value="2"' in page
    assert page.count('role="alert"') == 1
    on_top = newest(version.item)
    assert edited(browsers.author, on_top, words="Both, taken together.").status_code == 303


def test_sent_twice_it_is_one_version(small, browsers):
    version = story(small)
    page = html(browsers.author.get(of(version, "versions/new")))
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    first = edited(browsers.author, version, words="Anew.", once=once[1])
    again = edited(browsers.author, version, words="Anew.", once=once[1])
    assert (first.status_code, again.status_code) == (303, 303)
    assert newest(version.item).number == 2


def test_the_back_button_does_not_add_a_second_version(small, browsers):
    version = story(small)
    edited(browsers.author, version, words="Anew.", once="a")
    page = html(edited(browsers.author, version, words="Anew, again.", once="b"), 422)
    assert "Someone else was quicker" not in page
    assert "You added version 2" in page


def test_lowering_what_was_recorded_takes_an_editor(small, browsers):
    approved(small)
    version = story(small, uses=[use(task=Task.SUMMARY, tier=Tier.T2)])
    lower = {"words": STORY, "use-0-task": "summary", "use-0-tier": "T1"}
    page = html(edited(browsers.author, version, **lower), 422)
    assert "Your role does not allow this." in page
    assert "Flood repairs" in page
    assert edited(browsers.editor, version, **lower).status_code == 303
    assert [kept.tier for kept in newest(version.item).ai_uses.all()] == ["T1"]


def test_a_task_nobody_said_is_said(small, browsers):
    approved(small)
    version = story(small, uses=[use(task=None)])
    run_checks(small.author, version)
    assert "It is not on record what Ink was used for." in html(browsers.author.get(of(version)))
    edited(browsers.author, version, **{"words": STORY, "use-0-task": "summary", "use-0-tier": "T2"})
    assert [kept.task for kept in newest(version.item).ai_uses.all()] == ["summary"]


def test_a_text_from_another_program_says_what_is_left_behind(small, browsers):
    version = add_item(small.author, Given("s.docx", word(["One paragraph.", "Another."])), language="en")
    page = html(browsers.author.get(of(version, "versions/new")))
    assert "written in another program" in page
    assert "One paragraph." in page
    words = "One paragraph.\n\nAnother.\n"
    assert "byte for byte" in html(edited(browsers.author, version, words=words), 422), (
        "untouched, it is the file"
    )


def test_a_base_that_is_no_number_is_refused_plainly(small, browsers):
    version = story(small)
    for base in ("", "x", "0", "99999999999", "²", "-1"):
        answer = browsers.author.post(of(version, "versions/new"), {"base": base, "words": "Anew."})
        assert answer.status_code == 422, base
    assert newest(version.item).number == 1


def test_whoever_mends_a_finding_is_led_to_its_words(small, browsers):
    version = story(small, STORY.replace("£900,000", "**£900,000**"))
    finding = current_run(version).findings.get(quote__contains="900,000")
    mend = of(version, f"versions/new?finding={finding.fingerprint}")
    item = html(browsers.author.get(of(version)))
    assert item.count(f'href="{mend}"') == 2, "in the box of what is in the way, and beside the words"
    page = html(browsers.author.get(mend))
    place = re.search(r'data-find="(\d+)-(\d+)"', page)
    assert place
    written = blobs.fetch(version.sha256).decode()
    assert written[int(place[1]) : int(place[2])] == finding.quote
    quoted = page.partition("<blockquote")[2].partition("</blockquote>")[0]
    assert "A second phase will cost <mark" in quoted
    assert f"{finding.quote}</mark>, the council heard." in quoted
    assert page.index("</blockquote>") < page.index('name="words"')
    assert str(Message.from_json(finding.message)) in page


def test_what_was_typed_to_mend_a_finding_is_not_selected_once_it_is_refused(small, browsers):
    version = story(small)
    finding = current_run(version).findings.get(quote__contains="900,000")
    answer = browsers.author.post(
        of(version, f"versions/new?finding={finding.fingerprint}"), {"base": 1, "words": STORY}
    )
    page = html(answer, 422)
    assert "byte for byte" in page
    assert "data-find" not in page
    assert "<blockquote" in page


def test_a_finding_that_is_gone_meanwhile_opens_the_text_all_the_same(small, browsers):
    version = story(small)
    for gone in ("0" * 64, "x", "%00", ""):
        page = html(browsers.author.get(of(version, f"versions/new?finding={gone}")))
        assert 'name="words"' in page
        assert "data-find" not in page
    unread = html(browsers.author.get(of(story(small, checked=False), "versions/new?finding=" + "0" * 64)))
    assert "<blockquote" not in unread


def test_a_finding_of_a_picture_is_told_above_its_file(small, browsers):
    version = add_item(small.author, Given("p.png", picture("PNG")), title="Dusk")
    run_checks(small.author, version)
    for finding in current_run(version).findings.all():
        page = html(browsers.author.get(of(version, f"versions/new?finding={finding.fingerprint}")))
        assert "data-find" not in page
