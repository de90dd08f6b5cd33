"""The pages on which a steward sees what is kept, holds it, lets it go and erases it."""

import pytest
from tests.newsroom.logins import client_of
from tests.retention import planted

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.items.commands import newest, protect
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.retention.models import Hold
from masthead.newsroom.retention.schedule import in_force
from masthead.newsroom.retention.setting import set_hold
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Kept
from masthead.vocabulary import Role

DATA = "/desk/data/"


@pytest.fixture
def draft(small):
    """An item that never went out."""
    return planted.draft(small, planted.Words())


def asked(item, **more):
    return {"about": "item", "called": item.public_id, "ground": "objected", **more}


def test_erasing_shows_first_what_goes_and_what_stays(small, draft):
    client = client_of(small.steward)
    said = client.post(f"{DATA}erase/", asked(draft)).content.decode()
    assert "Erase it, for good?" in said
    assert "items_version.title" in said
    assert "GDPR Art. 17(3)" in said
    assert "no legal advice" in said
    assert not is_erased(newest(draft).sha256)
    said = client.post(f"{DATA}erase/", asked(draft, sure="yes")).content.decode()
    assert "On record as entry" in said
    assert is_erased(newest(draft).sha256)
    again = client.post(f"{DATA}erase/", asked(draft)).content.decode()
    assert "Nothing is left to erase." in again
    assert 'class="grave"' not in again


def test_nothing_personal_stands_in_an_address(small):
    client = client_of(small.steward)
    answer = client.get(f"{DATA}erase/?about=person&called=Ed+Editor&sure=yes&ground=objected")
    assert "Ed Editor" not in answer.content.decode()


def test_a_hold_is_set_shown_and_lifted(small, draft):
    client = client_of(small.steward)
    hold = {"about": "item", "called": draft.public_id, "reason": "The court asked."}
    assert client.post(f"{DATA}hold/", hold).status_code == 302
    page = client.get(DATA).content.decode()
    assert draft.public_id in page
    assert "The court asked." in page
    refused = client.post(f"{DATA}erase/", asked(draft)).content.decode()
    assert "A legal hold stands against it" in refused
    assert not is_erased(newest(draft).sha256)
    row = Hold.objects.get()
    assert client.post(f"{DATA}hold/{row.pk}/lift/", {"reason": ""}).status_code == 200
    assert client.post(f"{DATA}hold/{row.pk}/lift/", {"reason": "Over."}).status_code == 302
    assert client.get(f"{DATA}hold/{row.pk}/lift/").status_code == 404
    assert "Nothing is held." in client.get(DATA).content.decode()


def test_everything_can_be_held_without_a_name(small):
    client = client_of(small.editor)
    done = client.post(f"{DATA}hold/", {"about": "everything", "called": "", "reason": "A claim."})
    assert done.status_code == 302
    assert Hold.objects.get().on == "everything"


def test_a_schedule_is_set_with_a_reason(small):
    client = client_of(small.steward)
    assert client.post(f"{DATA}keep/drafts/", {"days": "30", "reason": ""}).status_code == 200
    assert client.post(f"{DATA}keep/drafts/", {"days": "30", "reason": "Our rule."}).status_code == 302
    assert in_force()[Kept.DRAFTS].days == 30
    assert "30 days" in client.get(DATA).content.decode()
    assert client.post(f"{DATA}keep/drafts/", {"days": "", "reason": "Never."}).status_code == 302
    assert in_force()[Kept.DRAFTS].days is None
    assert client.get(f"{DATA}keep/nothing/").status_code == 404


def test_who_sees_no_content_is_not_told_what_is_held(small, draft):
    from masthead.newsroom.accounts.actor import Actor
    from masthead.newsroom.accounts.commands import add_person
    from masthead.vocabulary import Role

    set_hold(small.steward, item_of(draft.public_id), "Ask Pellucidsource.")
    keeper = Actor(add_person(small.steward, "Kit Keeper", [Role.ADMINISTRATOR]).id)
    page = client_of(keeper).get(DATA).content.decode()
    assert "an item" in page
    assert draft.public_id not in page
    assert "Pellucidsource" not in page


def test_a_name_nobody_has_is_told_on_the_form(small):
    client = client_of(small.steward)
    answer = client.post(f"{DATA}erase/", {"about": "person", "called": "Nobody", "ground": "objected"})
    assert "No person or office here goes by that name." in answer.content.decode()


def test_an_editor_who_gave_the_reasons_is_told_whom_to_ask(small, draft):
    """They waived a finding of it and sent it back: that is for somebody else to let go."""
    client = client_of(small.editor)
    for sure in ({}, {"sure": "yes"}):
        said = client.post(f"{DATA}erase/", asked(draft, about="sources", **sure)).content.decode()
        assert "Reasons that you wrote would go too" in said
        assert "Ask a steward" in said
    assert not any(source.erased for source in newest(draft).sources.all())


def test_an_editor_erases_sources_and_drafts_and_nothing_more(small, draft):
    client = client_of(small.other_editor)
    item = f"/desk/items/{draft.public_id}/"
    assert f"/desk/data/erase/?item={draft.public_id}" in client.get(item).content.decode()
    page = client.get(f"{DATA}erase/?item={draft.public_id}").content.decode()
    assert draft.public_id in page
    assert "A person who works or worked here" not in page
    assert client.post(f"{DATA}erase/", asked(draft, sure="yes")).status_code == 200
    assert not is_erased(newest(draft).sha256)
    said = client.post(f"{DATA}erase/", asked(draft, about="sources")).content.decode()
    assert "The sources of an item" in said
    assert "items_source.label" in said
    assert "items_version.title" not in said
    said = client.post(f"{DATA}erase/", asked(draft, about="sources", sure="yes")).content.decode()
    assert "On record as entry" in said
    assert not is_erased(newest(draft).sha256)
    assert all(source.erased for source in newest(draft).sources.all())
    assert "A source that was erased" in client.get(item).content.decode()


def test_a_hold_names_its_item_by_title_to_who_may_see_it_and_by_id_to_others(small, draft):
    hold = set_hold(small.editor, item_of(draft.public_id), "The court asked.")
    steward = Actor(add_person(small.steward, "Una Steward", [Role.STEWARD]).id)
    address, client = f'href="/desk/items/{draft.public_id}/"', client_of(steward)
    seen = client.get(DATA).content.decode()
    assert "Vermilionquay scandal</a>" in seen
    assert address in seen
    assert "Vermilionquay scandal" in client.get(f"{DATA}hold/{hold.pk}/lift/").content.decode()
    protect(small.author, draft, protected=True)
    for path in (DATA, f"{DATA}hold/{hold.pk}/lift/"):
        page = client.get(path).content.decode()
        assert "Vermilionquay" not in page
        assert draft.public_id in page
        assert address not in page
    # Who is an editor too sees what is protected.
    assert "Vermilionquay scandal</a>" in client_of(small.steward).get(DATA).content.decode()
