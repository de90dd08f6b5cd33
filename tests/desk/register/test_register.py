"""The register: what is in use, and a pause one click away."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.newsroom.desk import approved, ready, size, use
from tests.newsroom.logins import client_of

from masthead.gate.refusal import NotCleared
from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.register.commands import decide_on, record_terms, register_system
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.review import commands
from masthead.vocabulary import Role, SystemStatus

REGISTER = "/desk/register/"


def only(desk, *roles: Role) -> Client:
    return client_of(Actor(add_person(desk.steward, f"Pat {'-'.join(roles)}", roles).id))


def html(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def of(system: AISystem, what: str = "") -> str:
    return f"{REGISTER}{system.pk}/{what}"


def test_an_empty_register_says_what_to_do_first(small):
    assert "The register is empty" in html(client_of(small.author), REGISTER)


def test_a_contributor_registers_and_a_steward_approves(small):
    said = {
        "name": "Scribe 3",
        "provider": "Acme",
        "accountable": str(small.editor.person_id),
        "tier": "T2",
        "stage": "creation",
        "level": "organisation",
    }
    author = client_of(small.author)
    answer = author.post(f"{REGISTER}new", said)
    assert answer.status_code == 303
    system = AISystem.objects.get()
    page = html(author, answer.headers["Location"])
    assert "Registered as proposed" in page
    assert "never read" in page
    assert "Ed Editor" in page
    answer = client_of(small.steward).post(of(system, "approve"), {"reason": "Tried it.", "seen": "0"})
    assert answer.status_code == 303
    system.refresh_from_db()
    assert system.status == SystemStatus.APPROVED
    assert system.use_cases.get().status == SystemStatus.APPROVED


def test_what_the_command_refuses_stands_on_the_form_and_what_was_typed_stays(small):
    approved(small, "Scribe 3")
    said = {
        "name": "SCRIBE 3",
        "provider": "Acme <b>",
        "accountable": str(small.editor.person_id),
        "tier": "T2",
        "stage": "creation",
        "level": "organisation",
    }
    answer = client_of(small.author).post(f"{REGISTER}new", said)
    assert answer.status_code == 200
    assert "in the register already" in answer.content.decode()
    assert "Acme &lt;b&gt;" in answer.content.decode()


def test_an_editor_pauses_from_the_register_in_one_click_and_a_reason(small):
    system = approved(small)
    editor = client_of(small.editor)
    assert f'href="{of(system, "pause")}"' in html(editor, REGISTER)
    asks = html(editor, of(system, "pause"))
    seen = re.search(r'name="seen" value="(\d+)"', asks)
    assert seen
    assert editor.post(of(system, "pause"), {"reason": "", "seen": seen[1]}).status_code == 200
    assert editor.post(of(system, "pause"), {"reason": "It invents.", "seen": seen[1]}).status_code == 303
    system.refresh_from_db()
    assert system.status == SystemStatus.PAUSED
    page = html(editor, of(system))
    assert "Paused. Nothing made with it at T2 or T3 can be published until it is approved again" in page
    assert "Ed Editor paused Ink." in page
    assert of(system, "pause") not in page


def test_a_pause_promises_no_more_than_it_keeps(small):
    """An emergency decision publishes all the same; so the page says, and what comes after it."""
    system = approved(small)
    version = ready(small, use())
    editor = client_of(small.editor)
    pages = [html(editor, of(system, "pause"))]
    answer = editor.post(of(system, "pause"), {"reason": "It invents.", "seen": "1"}, follow=True)
    pages += [answer.content.decode(), html(editor, REGISTER)]
    with pytest.raises(NotCleared):
        commands.publish(small.editor, version)
    commands.break_glass(small.editor, version, "The dam may break.", review_within=timedelta(days=1))
    assert commands.publish(small.editor, version).break_glass
    for page in pages:
        assert "by an emergency decision" in page


def test_of_two_at_once_the_second_is_told_and_changes_nothing(small):
    system = approved(small)
    asks = html(client_of(small.steward), of(system, "retire"))
    seen = re.search(r'name="seen" value="(\d+)"', asks)
    assert seen
    decide_on(small.editor, system, SystemStatus.PAUSED)
    before = size()
    answer = client_of(small.steward).post(of(system, "retire"), {"reason": "Old.", "seen": seen[1]})
    assert answer.status_code == 200
    assert "Someone changed this system while you looked at it" in answer.content.decode()
    assert size() == before


def test_terms_are_put_on_record_and_a_day_to_come_is_refused(small):
    system = approved(small)
    client, seen = client_of(small.author), str(system.revision)
    said = {"checked_on": "2999-01-01", "training_opt_out": "yes", "seen": seen}
    assert "has not come yet" in client.post(of(system, "terms"), said).content.decode()
    said["checked_on"] = "2020-02-03"
    assert client.post(of(system, "terms"), said).status_code == 303
    page = html(client, of(system))
    assert "3 February 2020" in page
    assert "more than a year ago" in page
    assert "switched off" in page


def test_a_use_case_is_added_once(small):
    system = approved(small)
    said = {"tier": "T1", "stage": "moderation", "level": "programme"}
    client = client_of(small.author)
    assert client.post(of(system, "use"), said).status_code == 303
    assert "already" in client.post(of(system, "use"), said).content.decode()
    assert "T1, assistive" in html(client, of(system))


def test_where_it_is_used_is_counted_over_what_the_reader_may_see(small):
    system = approved(small)
    commands.publish(small.editor, ready(small, use()))
    ready(small, use())
    assert "2 items" in html(client_of(small.editor), of(system))
    assert "1 of them published" in html(client_of(small.editor), of(system))
    auditor = html(only(small, Role.AUDITOR), of(system))
    assert "one item" in auditor
    assert "Used on" not in html(only(small, Role.ADMINISTRATOR), of(system))


def test_how_many_items_a_pause_holds_is_told_before_and_after_with_the_way_to_them(small):
    system = approved(small)
    commands.publish(small.editor, ready(small, use()))
    held, _ = ready(small, use()), ready(small)
    steward, auditor = client_of(small.steward), only(small, Role.AUDITOR)
    assert "It will hold one of these that is not out." in html(steward, of(system, "pause"))
    assert "Held by the pause" not in html(steward, of(system))
    steward.post(of(system, "pause"), {"reason": "It invents.", "seen": "1"})
    page = html(steward, of(system))
    link = re.search(r'<a href="([^"]+step=held)">one item that is not out</a>', page)
    assert link
    listed = html(steward, link[1].replace("&amp;", "&"))
    assert listed.count('class="title"') == 1
    assert held.item.public_id in listed
    assert "Held by a pause of Ink" in listed
    assert "Held by the pause" not in html(auditor, of(system))
    assert held.item.public_id not in html(auditor, "/desk/search/?system=Ink&step=held")


@pytest.mark.parametrize("what", ["approve", "pause", "retire", "terms", "use"])
def test_who_may_not_is_refused_by_the_page_and_changes_nothing(small, what):
    system = approved(small)
    before = size()
    client = only(small, Role.AUDITOR)
    assert client.get(of(system, what)).status_code == 403
    assert client.post(of(system, what), {"reason": "x", "seen": "1"}).status_code == 403
    assert size() == before + 1
    page = html(client, of(system))
    assert "Pat auditor" not in page.split("What was recorded")[-1]
    assert "/pause" not in page


def test_an_author_may_not_pause(small):
    system = approved(small)
    assert client_of(small.author).get(of(system, "pause")).status_code == 403


def test_a_system_that_is_not_there_is_said_to_be_none(small):
    address = f"{REGISTER}00000000-0000-0000-0000-000000000000/"
    assert client_of(small.author).get(address).status_code == 404


def test_approving_a_system_whose_terms_nobody_read_warns_of_it(small):
    system = register_system(small.steward, "Ink", named("Ada Steward"))
    steward = client_of(small.steward)
    page = html(steward, of(system, "approve"))
    assert "Nobody has read its data terms" in page
    assert f'href="{of(system, "terms")}"' in page
    today = datetime.now(UTC).date()
    record_terms(small.steward, system, today, training_opt_out=True)
    assert "data terms" not in html(steward, of(system, "approve")).split("<main")[1]


def test_an_office_can_be_chosen_and_it_is_said_where_one_is_made(small):
    add_person(small.steward, "The duty editor", [], office=True)
    page = html(client_of(small.author), f"{REGISTER}new")
    assert "The duty editor (office)" in page
    assert "A steward makes an office under People" in page


def test_the_reasons_of_the_newest_decisions_stand_on_the_page_for_who_reads_the_log(small):
    system = approved(small)
    decide_on(small.editor, system, SystemStatus.PAUSED, reason="It invents.")
    decide_on(small.steward, system, SystemStatus.APPROVED, reason="It was mended.")
    page = html(client_of(small.editor), of(system)).split("What it is used for")[0]
    assert page.index("It was mended.") < page.index("It invents.")
    for role in (Role.CONTRIBUTOR, Role.AUDITOR):
        assert "It invents." not in html(only(small, role), of(system))
