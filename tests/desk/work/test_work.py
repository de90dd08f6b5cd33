"""My work and what waits for me: each person sees their own part, with what to do."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.newsroom.desk import TEXT, approved, letters, ready, text, use
from tests.newsroom.logins import client_of

from masthead.desk.work import paging
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.items.commands import add_item, newest, protect, record_use
from masthead.newsroom.register.commands import add_use_case, decide_on, record_terms
from masthead.newsroom.remedies.commands import ask
from masthead.newsroom.review import commands
from masthead.vocabulary import Role, SystemStatus, Tier, WaiverReason

DAY = timedelta(days=1)
WORK, WAITING = "/desk/", "/desk/waiting/"


def page(actor, address=WORK) -> str:
    answer = client_of(actor).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def headings(html: str) -> list[str]:
    return re.findall(r"<h2[^>]*>(.*?)</h2>", html)


def waits(html: str) -> str:
    found = re.search(r'class="count">(\d+)<', html)
    return found[1] if found else ""


def buttons(html: str) -> list[str]:
    return re.findall(r'class="button" href="([^"]+)"', html)


def test_a_new_outlet_begins_with_the_systems_in_use_and_a_first_item(small):
    steward = steward_alone(small)
    assert buttons(page(small.steward)) == ["/desk/register/new"]
    assert buttons(page(steward)) == ["/desk/register/new"]
    for each in (small.author, small.editor):
        assert "Bring in your first story or picture" in page(each)
        assert buttons(page(each)) == ["/desk/items/new"]
    approved(small)
    assert "Bring in your first story or picture" in page(small.steward)
    assert buttons(page(steward)) == []


def test_an_outlet_that_uses_no_ai_is_not_told_for_ever_to_register_some(small):
    ready(small)
    assert "which AI systems" not in page(small.steward)
    assert "/desk/search/" in page(small.steward)


def test_who_has_finished_everything_is_told_so_and_what_they_can_begin(small):
    commands.publish(small.author, ready(small))
    html = page(small.author)
    assert "Nothing of yours is unfinished" in html
    assert buttons(html) == ["/desk/items/new"]
    assert "Nobody waits for you" in page(small.author, WAITING)


def test_who_may_not_search_is_not_sent_there(small):
    person = Actor(add_person(small.steward, "Pat Person", [Role.ADMINISTRATOR]).id)
    assert "/desk/search/" not in page(person)
    assert "/desk/search/" in page(Actor(add_person(small.steward, "Al Auditor", [Role.AUDITOR]).id))


def test_my_work_is_grouped_by_what_is_next(small):
    approved(small)
    checked = add_item(small.author, text("One."), title="Checked", sources=[text()], language="en")
    commands.run_checks(small.author, checked)
    add_item(small.author, text(TEXT), title="Unchecked", uses=[use()], language="en")
    ready(small)
    assert headings(page(small.author)) == ["To check", "Ready to publish", "Waiting for a sign-off"]
    assert headings(page(small.editor)) == []


def test_what_is_out_or_withdrawn_is_no_longer_work(small):
    version = ready(small)
    commands.publish(small.author, version)
    assert "River" not in page(small.author)


def test_an_editor_alone_with_their_item_is_told_to_sign_it(solo):
    approved(solo)
    version = add_item(solo.editor, text(), title="Mine", sources=[text()], uses=[use()], language="en")
    commands.run_checks(solo.editor, version)
    assert headings(page(solo.editor)) == ["To sign off"]


def test_an_editor_is_asked_to_sign_what_others_made_and_not_their_own(small):
    approved(small)
    for who, title in ((small.author, "Theirs"), (small.editor, "Own")):
        version = add_item(who, text(title), title=title, sources=[text()], uses=[use()], language="en")
        commands.run_checks(who, version)
    client_of(small.editor).get(WORK)
    html = page(small.editor, WAITING)
    assert "Theirs" in html
    assert "Own" not in html
    assert waits(html) == "1"
    assert headings(page(small.editor)) == ["Waiting for a sign-off"]
    assert waits(page(small.author)) == ""


def test_what_was_sent_back_waits_for_its_author(small):
    version = add_item(small.author, text(), title="Flood", sources=[text(name="n.md")], language="en")
    commands.run_checks(small.author, version)
    commands.send_back(small.editor, version, "Who says so?")
    html = page(small.author, WAITING)
    assert headings(html) == ["Sent back to you"]
    assert waits(html) == "1"
    assert headings(page(small.other_editor, WAITING)) == []


def steward_alone(desk) -> Actor:
    """A steward with no other role: who founded the outlet may be its editor too."""
    return Actor(add_person(desk.steward, "Stu Steward", [Role.STEWARD]).id)


def with_a_finding(who, title: str, *uses):
    """An item with a number that is in no source."""
    words = f"{TEXT} It was 1234 metres at {title}."
    version = add_item(who, text(words), title=title, sources=[text()], uses=uses, language="en")
    commands.run_checks(who, version)
    return version


def test_findings_that_alone_stand_in_the_way_wait_for_an_editor_who_may_waive_them(small):
    approved(small)
    with_a_finding(small.author, "Theirs", use())
    with_a_finding(small.editor, "Own", use())
    with_a_finding(small.author, "More than that", use("Unknown"))
    html = page(small.editor, WAITING)
    assert headings(html) == ["Findings to waive or send back"]
    assert "Theirs" in html
    assert "More than that" not in html, "a waiver would not clear it"
    assert "Own" not in html, "it is on their own list"
    assert waits(html) == "1"
    assert headings(page(small.editor)) == ["To mend"]
    for other in (small.author, steward_alone(small)):
        assert "Findings to waive" not in page(other, WAITING)


def test_who_recorded_its_ai_use_may_waive_its_findings_though_not_sign_it(small):
    approved(small)
    version = with_a_finding(small.author, "Theirs")
    record_use(small.editor, version, use())
    run = commands.run_checks(small.author, version)
    assert headings(page(small.editor, WAITING)) == ["Findings to waive or send back"]
    for finding in run.findings.all():
        commands.waive(small.editor, version, finding, WaiverReason.WITNESSED)
    assert headings(page(small.editor, WAITING)) == []
    assert headings(page(small.other_editor, WAITING)) == ["To sign off"]


def test_findings_of_what_was_sent_back_wait_for_its_author_alone(small):
    version = with_a_finding(small.author, "Theirs")
    commands.send_back(small.editor, version, "Who measured it?")
    assert headings(page(small.editor, WAITING)) == []
    assert headings(page(small.author, WAITING)) == ["Sent back to you"]


def test_a_correction_waits_for_an_editor_who_had_no_hand_in_it(small):
    approved(small)
    version = ready(small, use())
    commands.publish(small.author, version)
    commands.correct(small.editor, version.item, text(f"{TEXT} It was so."), "A word was missing.")
    assert headings(page(small.editor, WAITING)) == []
    assert headings(page(small.editor)) == ["Corrections waiting for a sign-off"]
    html = page(small.other_editor, WAITING)
    assert headings(html) == ["Corrections to sign off"]
    assert waits(html) == "1"
    for other in (small.author, steward_alone(small)):
        assert "Corrections" not in page(other, WAITING)
    commands.sign_off(small.other_editor, newest(version.item))
    assert headings(page(small.other_editor, WAITING)) == []
    assert headings(page(small.editor)) == []


def test_a_correction_without_ai_may_be_signed_off_by_who_made_it(small):
    version = ready(small)
    commands.publish(small.author, version)
    commands.correct(small.editor, version.item, text(f"{TEXT} It was so."), "A word was missing.")
    assert headings(page(small.editor)) == ["Corrections to sign off"]
    assert headings(page(small.editor, WAITING)) == []
    assert headings(page(small.author)) == ["Corrections waiting for a sign-off"]


def test_who_works_alone_signs_their_own_correction_off(solo):
    approved(solo)
    version = add_item(solo.editor, text(), title="Mine", sources=[text()], uses=[use()], language="en")
    commands.run_checks(solo.editor, version)
    commands.sign_off(solo.editor, version)
    commands.publish(solo.editor, version)
    commands.correct(solo.editor, version.item, text(f"{TEXT} It was so."), "A word was missing.")
    assert headings(page(solo.editor)) == ["Corrections to sign off"]


def test_a_second_review_waits_for_anybody_but_who_broke_the_glass(small):
    version = add_item(small.author, text(), title="Flood", uses=[use("Unknown")], language="en")
    commands.run_checks(small.author, version)
    commands.break_glass(small.editor, version, "It cannot wait.", review_within=DAY)
    commands.publish(small.editor, version)
    assert headings(page(small.editor, WAITING)) == []
    html = page(small.other_editor, WAITING)
    assert headings(html) == ["To review a second time"]
    assert "due" in html
    assert headings(page(small.author)) == ["Out, to be reviewed"]


def test_a_question_waits_for_who_had_no_hand_in_the_item(small):
    version = ready(small)
    commands.publish(small.editor, version)
    ask(version.item, "Who measured the river?", language="en")
    assert "Who measured the river?" in page(small.editor, WAITING)
    assert "Who measured the river?" in page(small.steward, WAITING)
    assert headings(page(small.author, WAITING)) == []


def test_systems_wait_for_the_steward_to_decide_and_to_read_their_terms(small):
    system = approved(small)
    assert headings(page(small.steward, WAITING)) == ["Data terms to read again"]
    today = system.entry.recorded_at.date()
    record_terms(small.steward, system, today, training_opt_out=True)
    assert headings(page(small.steward, WAITING)) == []
    add_use_case(small.editor, system, Tier.T0)
    assert headings(page(small.steward, WAITING)) == ["AI systems to decide on"]
    record_terms(small.steward, system, today - 366 * DAY, training_opt_out=True)
    assert waits(page(small.steward)) == "2"
    assert headings(page(small.editor, WAITING)) == []


def test_what_a_pause_holds_is_told_to_its_author_and_to_the_editors(small):
    system = approved(small)
    ready(small, use())
    assert headings(page(small.author)) == ["Ready to publish"]
    decide_on(small.steward, system, SystemStatus.PAUSED)
    for actor, address in ((small.author, WORK), (small.editor, WAITING)):
        html = page(actor, address)
        assert headings(html) == ["Held by a pause"]
        assert "Held by a pause of Ink" in html
        assert "thing to mend" not in html
    assert waits(html) == "1"
    assert waits(page(small.author)) == ""
    assert "Held" not in page(steward_alone(small), WAITING)
    decide_on(small.steward, system, SystemStatus.APPROVED)
    assert headings(page(small.author)) == ["Ready to publish"]
    assert headings(page(small.editor, WAITING)) == []


def test_what_is_to_be_mended_besides_stays_there_and_says_that_it_is_held(small):
    system = approved(small)
    version = with_a_finding(small.author, "", use())
    decide_on(small.steward, system, SystemStatus.PAUSED)
    html = page(small.author)
    assert headings(html) == ["To mend"]
    assert "Held by a pause of Ink" in html
    assert "2 things to mend" in html
    commands.send_back(small.editor, version, "Please mend the number.")
    assert headings(page(small.author)) == ["To mend"]
    assert headings(page(small.editor, WAITING)) == [], "it waits for its author"


def test_whose_source_is_at_risk_is_held_in_sight_of_nobody_else(small):
    system = approved(small)
    version = ready(small, use())
    protect(small.editor, version.item, protected=True)
    decide_on(small.steward, system, SystemStatus.PAUSED)
    assert "River" in page(small.editor, WAITING)
    for actor in (steward_alone(small), small.author):
        found = page(actor, f"/desk/search/?system={system.name}&step=held")
        assert ("River" in found) is (actor is small.author)
        told = page(actor, f"/desk/register/{system.pk}/")
        assert ("one item that is not out" in told) is (actor is small.author)


def test_the_count_beside_waiting_is_what_the_page_lists(small):
    approved(small)
    for _ in range(3):
        version = add_item(small.author, text(letters(_)), sources=[text()], uses=[use()], language="en")
        commands.run_checks(small.author, version)
    html = page(small.editor, WAITING)
    assert html.count('class="title"') == 3
    assert waits(html) == "3"


def test_older_work_is_on_the_next_page_and_nothing_is_there_twice(small, monkeypatch):
    monkeypatch.setattr(paging, "SIZE", 2)
    for number in range(5):
        add_item(small.author, text(letters(number)), title=f"Item {number}", language="en")
    seen, address = [], WORK
    for _ in range(3):
        html = page(small.author, address)
        seen += re.findall(r"Item \d", html)
        older = re.search(r'href="(\?after=[^"]+)"', html)
        address = f"{WORK}{older[1]}" if older else ""
    assert seen == [f"Item {number}" for number in (4, 3, 2, 1, 0)]
    assert not address


@pytest.mark.parametrize("after", ["x", "1", "-", "9" * 40 + "-a", "1-' OR 1=1", "²-a", "1-a\x00"])
def test_a_place_that_is_none_is_the_first_page(small, after):
    ready(small)
    assert "River" in client_of(small.author).get(WORK, {"after": after}).content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_every_role_finds_a_page_that_says_what_to_do(small, role):
    person = Actor(add_person(small.steward, "Pat Person", [role]).id)
    for address in (WORK, WAITING):
        assert 'class="empty"' in page(person, address)


def test_the_queries_of_a_page_do_not_grow_with_the_items(small):
    def asked(actor, address) -> int:
        client = client_of(actor)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    def more(count: int) -> None:
        for _ in range(count):
            version = add_item(small.author, text(letters(_)), sources=[text()], uses=[use()], language="en")
            commands.run_checks(small.author, version)
            commands.publish(small.author, ready(small))
            add_item(small.editor, text(letters(_)), language="en")
            with_a_finding(small.author, letters(_), use())
            out = ready(small)
            commands.publish(small.author, out)
            commands.correct(small.other_editor, out.item, text(letters(_)), "A word was wrong.")

    approved(small)
    more(1)
    pages = [(small.author, WORK), (small.editor, WAITING), (small.editor, "/desk/search/")]
    few = [asked(*each) for each in pages]
    more(6)
    assert [asked(*each) for each in pages] == few
    assert max(few) <= 16
