"""What is out is told with its own counts, and what the checks found afterwards as found afterwards."""

import json
from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.newsroom.desk import approved, text, use
from tests.newsroom.logins import client_of
from tests.public.outlet import corrected, page_of

from masthead.labels.dates import spoken
from masthead.newsroom.items.commands import add_item, newest
from masthead.newsroom.public import commands
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.models import Finding, Publication
from masthead.vocabulary import Level, WaiverReason

SOURCE = "The council gives 1,250 euros to 14 families."
STORY = "The council gives 1,250 euros to 14 families. Some 88 wait, and 77 have left."
FIXED = "The council gives 1,350 euros to 14 families. Some 88 wait, and 77 have left."
UNCHECKED = "The checks have not looked at this version yet."
AFTERWARDS = "It went out before the checks had looked at it. This is what they found afterwards."


@pytest.fixture
def story(small):
    """Out with two figures that no source has, both waived."""
    version = brought_in(small, STORY)
    waive_all(small, version)
    review.sign_off(small.editor, version)
    commands.publish(small.editor, version, site_folder(version.item))
    return version.item


def brought_in(desk, words, *, checked=True):
    approved(desk)
    sources = [text(SOURCE, "notes.md")]
    version = add_item(desk.author, text(words), sources=sources, uses=(use(),), language="en")
    if checked:
        review.run_checks(desk.author, version)
    return version


def waive_all(desk, version):
    for finding in review.run_checks(desk.author, version).findings.exclude(level=Level.NOTE):
        if not version.item.waivers.filter(fingerprint=finding.fingerprint).exists():
            review.waive(desk.editor, version, finding, WaiverReason.CHECK_MISTAKEN)


def once_checked(item):
    """What is said of an item that was signed off, and corrected once since."""
    day = spoken(item.publications.earliest("entry__place").published_at)
    return f"An editor checked it as published on {day}; nobody has checked the correction of {day} yet."


def checked(reader, item):
    """What the page says was checked, the same as its data and its file in the folder."""
    page = LexborHTMLParser(reader.get(page_of(item)).content.decode())
    (shown,) = [
        [dd.text() for dd in div.css("dd")]
        for div in page.css(".facts div")
        if div.css_first("dt").text() == "What was checked"
    ]
    details = json.loads(reader.get(f"{page_of(item)}item.json").content)["disclosure"]["details"]
    assert shown == [each["said"] for each in details if each["term"] == "What was checked"]
    written = (site_folder(item) / "disclosure.en.txt").read_text().splitlines()
    assert [f"What was checked: {each}" for each in shown] == [
        line for line in written if line.startswith("What was checked")
    ]
    return shown


def checks(reader, item):
    return json.loads(reader.get(f"{page_of(item)}item.json").content)["checks"]


def test_what_was_checked_before_it_went_out_is_told_as_it_stood(small, reader, story):
    said = checked(reader, story)
    assert said[1].startswith("4 numbers, names, dates and quotations were looked for in the sources; 2 ")
    assert said[2].startswith("2 findings were ")
    assert len(said) == 3
    counted = {"looked_for": 4, "found": 2, "waived": 2, "unwaived": 0, "sources_on_record": True}
    assert checks(reader, story) == {"looked": "before it went out", **counted}


def test_a_correction_tells_what_the_checks_found_in_it_afterwards_and_what_nobody_waived(
    small, reader, story
):
    corrected(small, story, FIXED)
    said = checked(reader, story)
    assert said[:2] == [once_checked(story), AFTERWARDS]
    assert said[2].startswith("4 numbers, names, dates and quotations were looked for in the sources; 1 ")
    assert said[3].startswith("2 findings were ")
    assert said[4:] == [
        "1 finding stands: it was neither mended nor waived.",
        "1 number is in no source as it stands here.",
    ]
    counted = {"looked_for": 4, "found": 1, "waived": 2, "unwaived": 1, "sources_on_record": True}
    assert checks(reader, story) == {"looked": "after it went out", **counted}


def test_a_correction_that_the_checks_have_not_seen_says_so_and_nothing_of_the_version_before(
    small, reader, story
):
    review.correct(small.editor, story, text(FIXED), "It is 1,350.")
    commands.go_out(story, site_folder(story))
    assert checked(reader, story) == [once_checked(story), UNCHECKED]
    assert checks(reader, story) == {"looked": "not yet", "sources_on_record": True} | dict.fromkeys(
        ("looked_for", "found", "waived", "unwaived")
    )


def test_what_was_on_record_when_a_correction_went_out_does_not_change(small, reader, story):
    review.correct(small.editor, story, text(FIXED), "It is 1,350.")
    commands.go_out(story, site_folder(story))
    frozen = reader.get(f"{page_of(story)}disclosure.json").content
    assert json.loads(frozen)["checked"] is False
    waive_all(small, newest(story))
    assert reader.get(f"{page_of(story)}disclosure.json").content == frozen


def test_a_waiver_given_afterwards_is_told(small, reader, story):
    corrected(small, story, FIXED)
    waive_all(small, newest(story))
    commands.sign_off(small.other_editor, newest(story))
    said = checked(reader, story)
    assert said[1] == AFTERWARDS
    assert said[3].startswith("3 findings were ")
    assert len(said) == 4


def test_an_emergency_tells_what_went_out_that_nobody_waived(small, reader):
    version = brought_in(small, FIXED)
    emergency(small, version)
    said = checked(reader, version.item)
    assert said[2:] == [
        "3 findings stand: they were neither mended nor waived.",
        "3 numbers are in no source as they stand here.",
    ]


def test_an_emergency_that_no_check_had_seen_says_so_and_then_what_they_found(small, reader):
    version = brought_in(small, FIXED, checked=False)
    emergency(small, version)
    assert checked(reader, version.item)[1:] == [UNCHECKED]
    review.run_checks(small.author, version)
    commands.go_out(version.item, site_folder(version.item))
    said = checked(reader, version.item)
    assert said[1] == AFTERWARDS
    assert said[3] == "3 findings stand: they were neither mended nor waived."


def test_a_correction_before_it_goes_out_is_not_shown_with_the_counts_of_what_is_out(small, story):
    editor = client_of(small.editor)
    address = f"/desk/items/{story.public_id}/correct"
    said = {"words": FIXED, "title": newest(story).title, "note": "It is 1,350.", "base": "1"}
    page = editor.post(address, said, follow=True).content.decode()
    assert UNCHECKED in page
    assert "looked for in the sources" not in page


def test_what_went_out_before_this_was_kept_is_told_as_it_was(small, reader, story):
    old = Publication.objects.get()
    kept = {name: said for name, said in old.facts.items() if name not in ("checked", "unwaived", "stayed")}
    from masthead.newsroom.review.telling import from_json

    told = from_json(kept)
    assert (told.checked, told.unwaived, told.stayed) == (True, 0, ())


def test_of_personal_data_that_stayed_readers_are_not_told(small, reader):
    version = brought_in(small, f"{STORY} Write to jane.doe@example.org.")
    emergency(small, version)
    out = Publication.objects.get()
    assert Finding.objects.filter(run__version=version, check_id="personal_data").exists()
    assert dict(out.facts["stayed"]) == {"traceability.number": 2}
    assert "personal" not in " ".join(checked(reader, version.item))


def emergency(desk, version):
    review.break_glass(desk.editor, version, "The dam may break.", review_within=timedelta(days=1))
    commands.publish(desk.editor, version, site_folder(version.item))


def told(reader, item):
    """The line, and what was checked."""
    data = json.loads(reader.get(f"{page_of(item)}item.json").content)["disclosure"]
    checked = (each["said"] for each in data["details"] if each["term"] == "What was checked")
    return data["line"], next(checked)


def test_what_an_editor_checked_before_a_correction_is_still_told_as_checked(small, reader, story):
    day = spoken(Publication.objects.get().published_at)
    never = "No editor’s check is on record."
    corrected(small, story, FIXED)
    line, said = told(reader, story)
    once = once_checked(story)
    assert said == once
    assert once in line
    assert never not in line
    corrected(small, story, f"{FIXED} It rained.", "It rained.")
    _, said = told(reader, story)
    assert said == (
        f"An editor checked it as published on {day}; nobody has checked the 2 corrections since, "
        f"the newest of {day}."
    )
    version = newest(story)
    waive_all(small, version)
    commands.sign_off(small.other_editor, version)
    line, said = told(reader, story)
    assert said == "An editor checked this version and signed it off."
    assert "nobody has checked" not in line
    corrected(small, story, f"{FIXED} It snowed.", "It snowed.")
    assert told(reader, story)[1] == once, "the correction that was signed counts as checked"
