"""Search finds what a person may see, by what they may see of it, and tells nothing of the rest."""

import pytest
from django.test import Client
from tests.newsroom.desk import approved, ready, text, use
from tests.newsroom.logins import client_of

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.items.commands import add_item, add_version, newest, protect
from masthead.newsroom.items.given import Answers
from masthead.newsroom.review import commands
from masthead.vocabulary import Role, Task


def titles(client: Client, **asked: str) -> set[str]:
    answer = client.get("/desk/search/", asked)
    assert answer.status_code == 200
    return {row.title for row in answer.context["found"].rows}


@pytest.fixture
def some(small):
    """A published item with a newer draft, two drafts, a protected one."""
    approved(small)
    out = ready(small, use())
    commands.publish(small.editor, out)
    add_version(
        small.author,
        newest(out.item),
        text("# Scandal\n\nSo."),
        answers=Answers("Scandal at the dam"),
        language="en",
    )
    add_item(
        small.author, text("A"), title="Élysée: the flood", language="en", uses=[use("Pen", Task.SUMMARY)]
    )
    add_item(small.editor, text("B"), title="The dry summer", language="en")
    hidden = add_item(small.author, text("C"), title="A source at risk", language="en")
    protect(small.author, hidden.item, protected=True)
    return out.item


def test_an_editor_finds_by_words_in_any_case_without_accents(small, some):
    client = client_of(small.editor)
    assert titles(client) == {"Scandal at the dam", "Élysée: the flood", "The dry summer", "A source at risk"}
    assert titles(client, q="ELYSEE") == {"Élysée: the flood"}
    assert titles(client, q="flood ely") == {"Élysée: the flood"}
    assert titles(client, q="flood summer") == set()
    assert titles(client, q="100%") == set()


def test_the_page_says_that_texts_are_not_searched(small, some):
    add_item(small.author, text("Rain fell on the harbour."), title="Weather", language="en")
    assert titles(client_of(small.editor), q="harbour") == set()
    page = client_of(small.editor).get("/desk/search/").content.decode()
    assert "Titles are searched, not the texts." in page


def test_an_item_is_found_by_its_id(small, some):
    assert titles(client_of(small.editor), q=some.public_id[:8]) == {"Scandal at the dam"}


def test_conditions_narrow_what_is_found(small, some):
    client = client_of(small.editor)
    assert titles(client, system="ink") == {"Scandal at the dam"}
    assert titles(client, stage="draft", system="Pen") == {"Élysée: the flood"}
    assert titles(client, step="sign off", author=str(small.editor.person_id)) == set()
    assert titles(client, author=str(small.editor.person_id)) == {"The dry summer"}
    assert titles(client, medium="image") == set()
    assert titles(client, since="2999-01-01") == set()
    assert titles(client, until="9999-12-31", q="dry") == {"The dry summer"}


def test_an_author_finds_their_own_and_nobody_elses(small, some):
    client = client_of(small.author)
    assert titles(client) == {"Scandal at the dam", "Élysée: the flood", "A source at risk"}
    assert titles(client, q="dry") == set()


def test_a_steward_finds_no_protected_item(small, some):
    steward = client_of(Actor(add_person(small.steward, "Stu Steward", [Role.STEWARD]).id))
    assert titles(steward) == {"Scandal at the dam", "Élysée: the flood", "The dry summer"}
    assert titles(steward, q="risk") == set()


def test_an_auditor_finds_what_is_out_under_the_title_it_went_out_with(small, some):
    auditor = client_of(Actor(add_person(small.steward, "Al Auditor", [Role.AUDITOR]).id))
    assert titles(auditor) == {"River"}
    assert titles(auditor, q="scandal") == set()
    assert titles(auditor, q="river", system="Ink", stage="published") == {"River"}
    assert titles(auditor, step="mend") == {"River"}
    page = auditor.get("/desk/search/").content.decode()
    assert "Ann Author" not in page
    assert "to mend" not in page
    # A published item protected later is gone from the auditor's lists.
    protect(small.editor, some, protected=True)
    assert titles(auditor) == set()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.FACILITATOR, Role.STAFF_REPRESENTATIVE])
def test_who_sees_no_items_has_no_search(small, role):
    person = Actor(add_person(small.steward, "Pat Person", [role]).id)
    assert client_of(person).get("/desk/search/").status_code == 403


def test_what_makes_no_sense_is_said_beside_its_field(small):
    answer = client_of(small.editor).get("/desk/search/", {"since": "yesterday", "stage": "lost"})
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_a_title_that_is_markup_is_shown_as_it_is_written(small):
    add_item(small.author, text(), title="<script>alert(1)</script>", language="en")
    page = client_of(small.author).get("/desk/search/", {"q": "<script>"}).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert titles(client_of(small.author), q="script", system="'; DROP TABLE worklist_line; --") == set()


def test_the_address_of_the_next_page_keeps_what_was_asked(small, monkeypatch):
    monkeypatch.setattr("masthead.desk.work.paging.SIZE", 1)
    for title in ("Flood & dam one", "Flood & dam two"):
        add_item(small.author, text(title), title=title, language="en")
    answer = client_of(small.author).get("/desk/search/", {"q": "flood & dam"})
    assert answer.context["asked"] == "q=flood+%26+dam"
    assert f"?q=flood+%26+dam&amp;after={answer.context['found'].older}" in answer.content.decode()
