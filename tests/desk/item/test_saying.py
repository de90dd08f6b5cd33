"""What AI did, sources and waivers: said in the page, refused with a reason."""

from tests.desk.item.pages import HTMX, html, of, story
from tests.newsroom.desk import approved, text, use

from masthead.newsroom.accounts.actor import named
from masthead.newsroom.items.commands import add_item, add_version
from masthead.newsroom.items.models import AIUse
from masthead.newsroom.jobs import Standing, standing
from masthead.newsroom.register.commands import register_system
from masthead.newsroom.review.models import Waiver
from masthead.newsroom.review.standing import current_run

SAID = {"system": "Ink", "task": "summary", "tier": "T2"}


def test_an_ai_use_is_recorded_for_the_words_pasted(small, browsers):
    approved(small)
    version = story(small)
    answer = browsers.author.post(of(version, "uses/add"), {**SAID, "words": "the  council\nheard"})
    assert answer.status_code == 303
    kept = AIUse.objects.get()
    assert (kept.system, kept.task, kept.tier, kept.quote) == ("Ink", "summary", "T2", "the council heard")
    assert kept.recorded_through == "desk"
    assert standing(f"check:{version.id}") is Standing.WAITING, "checks that knew less count no more"


def test_words_that_stand_there_twice_are_asked_about(small, browsers):
    approved(small)
    version = story(small, "We saw the bridge. They saw the bridge too.")
    page = html(browsers.author.post(of(version, "uses/add"), {**SAID, "words": "saw the bridge"}), 422)
    assert 'value="3-17"' in page
    assert AIUse.objects.count() == 0
    second = {**SAID, "words": "saw the bridge", "place": "24-38"}
    assert browsers.author.post(of(version, "uses/add"), second).status_code == 303
    assert AIUse.objects.get().start == 24


def test_words_that_are_not_there_are_said_to_be_missing(small, browsers):
    approved(small)
    page = html(
        browsers.author.post(of(story(small), "uses/add"), {**SAID, "words": "nobody said this"}), 422
    )
    assert "not in the text" in page


def test_words_selected_in_the_page_come_as_places(small, browsers):
    approved(small)
    version = story(small, "🙂🙂 écrit é Zoë")
    browsers.author.post(of(version, "uses/add"), {**SAID, "start": "3", "end": "8"})
    assert AIUse.objects.get().quote == "écrit"
    outside = html(browsers.author.post(of(version, "uses/add"), {**SAID, "start": "3", "end": "999"}), 422)
    assert "not within the text" in outside


def test_an_ai_use_never_lands_on_words_that_someone_put_there_meanwhile(small, browsers):
    approved(small)
    version = story(small, "The river rose. The bridge fell.")
    page = html(browsers.author.get(of(version)))
    assert '<input type="hidden" name="version" value="1">' in page
    selected = {**SAID, "version": "1", "start": "16", "end": "32"}
    add_version(small.author, version, text("Nobody was hurt. The river rose. The bridge fell."))
    answer = html(browsers.author.post(of(version, "uses/add"), selected), 422)
    assert "Someone added a version of this item meanwhile." in answer
    assert "The bridge fell.</textarea>" in answer
    assert AIUse.objects.count() == 0
    again = {**SAID, "version": "2", "words": "The bridge fell."}
    assert browsers.author.post(of(version, "uses/add"), again).status_code == 303
    assert AIUse.objects.get().quote == "The bridge fell."


def test_a_source_is_never_put_under_a_version_nobody_looked_at(small, browsers):
    version = story(small)
    later = add_version(small.author, version, text("Another day."))
    sent = {"version": "1", "notes": "It cost £1."}
    answer = html(browsers.author.post(of(version, "sources/add"), sent), 422)
    assert "Someone added a version of this item meanwhile." in answer
    assert "It cost £1." in answer
    assert later.sources.count() == 1
    checked = browsers.author.post(of(version, "check"), {"version": "1"})
    assert checked.status_code == 303
    assert current_run(later) is None, "it is asked for, and the page tells of the newest first"


def test_another_system_is_named(small, browsers):
    version = story(small)
    nameless = {**SAID, "system": "other"}
    assert "Say which system it was." in html(browsers.author.post(of(version, "uses/add"), nameless), 422)
    browsers.author.post(of(version, "uses/add"), {**nameless, "other": "Quill 9"})
    assert AIUse.objects.get().system == "Quill 9"


def test_the_same_ai_use_sent_twice_is_on_record_once(small, browsers):
    approved(small)
    version = story(small)
    browsers.author.post(of(version, "uses/add"), SAID)
    assert "on record already" in html(browsers.author.post(of(version, "uses/add"), SAID), 422)
    assert AIUse.objects.count() == 1


def test_the_bar_pressed_twice_says_once_that_it_is_on_record(small, browsers):
    approved(small)
    version = story(small)
    for _ in range(2):
        answer = browsers.author.post(of(version, "uses/add"), SAID, headers={"HX-Request": "true"})
        assert answer.status_code == 303
    assert AIUse.objects.count() == 1


def test_a_source_is_added_by_paste_and_the_same_one_is_refused(small, browsers):
    version = story(small)
    assert browsers.author.post(of(version, "sources/add"), {"notes": "It cost £900,000."}).status_code == 303
    assert version.sources.count() == 2
    again = browsers.author.post(of(version, "sources/add"), {"notes": "It cost £900,000."})
    assert "on record already" in html(again, 422)
    assert "Hand in a file" in html(browsers.author.post(of(version, "sources/add"), {}), 422)


def waiving(version) -> str:
    run = current_run(version)
    assert run
    return of(version, f"findings/{run.findings.all()[0].fingerprint}/waive")


def test_an_editor_waives_with_a_reason(small, browsers):
    version = story(small)
    assert "Why may it stand?" in html(browsers.editor.get(waiving(version)))
    assert html(browsers.editor.post(waiving(version), {"reason": ""}), 422)
    answer = browsers.editor.post(waiving(version), {"reason": "witnessed", "note": "I was there."})
    assert answer.status_code == 303
    assert Waiver.objects.get().note == "I was there."
    assert "waived already" in html(browsers.editor.post(waiving(version), {"reason": "witnessed"}), 422)


def test_a_waiver_is_given_beside_its_finding(small, browsers):
    version = story(small)
    part = html(browsers.editor.get(waiving(version) + "?slot=1", headers=HTMX))
    assert part.startswith("<form")
    wrong = browsers.editor.post(waiving(version) + "?slot=1", {"reason": ""}, headers=HTMX)
    assert wrong["HX-Retarget"] == "#waive-1"
    assert "<h1" not in html(wrong, 422)
    right = browsers.editor.post(waiving(version) + "?show=stops", {"reason": "witnessed"}, headers=HTMX)
    assert right["Location"] == of(version) + "?show=stops&at=note-2#note-2"


def test_an_author_does_not_waive(small, browsers):
    version = story(small)
    assert browsers.author.get(waiving(version)).status_code == 403
    assert browsers.author.post(waiving(version), {"reason": "witnessed"}).status_code == 403


def test_a_waiver_is_for_a_finding_of_this_very_item(small, browsers):
    one = story(small)
    other = add_item(small.author, text("Nothing to see."), language="en")
    address = waiving(one).replace(one.item.public_id, other.item.public_id)
    assert browsers.editor.post(address, {"reason": "witnessed"}).status_code == 404


def test_a_version_changed_meanwhile_refuses_what_was_said_of_the_old_one(small, browsers):
    approved(small)
    version = story(small, uses=[use()])
    add_version(small.editor, version, text("Another text."))
    page = html(browsers.author.get(of(version)))
    assert "Another text." in page


def test_of_several_systems_none_is_chosen_beforehand_and_one_not_approved_is_marked(small, browsers):
    approved(small)
    register_system(small.steward, "Quill", named("Ada Steward"))
    page = html(browsers.author.get(of(story(small), "uses/add")))
    assert '<option value="" selected>' in page
    assert '<option value="Ink">Ink</option>' in page
    assert '<option value="Quill">Quill (proposed)</option>' in page
    assert "Material (T2): part of what" in page


def test_no_tier_is_put_into_anybodys_mouth(small, browsers):
    approved(small)
    version = story(small)
    bar = html(browsers.author.get(of(version))).partition('id="bar-tier"')[2].partition("</select>")[0]
    assert bar.index('value=""') < bar.index('value="T0"')
    assert "selected" not in bar
    radios = html(browsers.author.get(of(version, "uses/add")))
    assert 'name="tier"' in radios
    assert "checked" not in radios.partition('name="tier"')[2].partition("</fieldset>")[0]
    unsaid = {**SAID, "tier": "", "start": "3", "end": "8"}
    for headers in ({}, HTMX):
        page = html(browsers.author.post(of(version, "uses/add"), unsaid, headers=headers), 422)
        assert "How much does it matter to the audience?: This field is required." in page
    assert AIUse.objects.count() == 0
