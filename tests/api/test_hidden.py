"""Items that are hidden: brought in so from their first moment on, and no name tells that they are there."""

import pytest
from tests.api.software import STORY, Software, cms
from tests.newsroom.desk import Desk, size

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.connections.models import ExternalId
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.models import Item
from masthead.vocabulary import Role

TAKEN, FREE = (f"/items/by-external-id/wordpress/post-{number}" for number in (1, 2))


@pytest.fixture
def stranger(small: Desk) -> Software:
    """Software of a contributor who has nothing to do with the item of that name."""
    cms(small, small.author)("PUT", TAKEN, STORY)
    return cms(small, Actor(add_person(small.steward, "Sid Stranger", [Role.CONTRIBUTOR]).id))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (None, {}),
        ({"title": "No content"}, {}),
        (STORY | {"content": {"name": "story.docx", "base64": "AAAA"}}, {}),
        (STORY | {"content": {"name": "story.md", "text": ""}}, {}),
        (STORY | {"language": "no language"}, {}),
        (STORY | {"ai_uses": [{"system": "Ink", "tier": "T1", "start": 9_000_000, "end": 9_000_001}]}, {}),
        (STORY, {"If_Match": '"0123456789abcdef0123456789abcdef"'}),
        (STORY, {"If_Match": "*"}),
        (STORY, {"If_Match": '"x"', "Idempotency_Key": "a key"}),
    ],
)
def test_a_request_that_brings_nothing_in_learns_nothing_of_a_name(stranger: Software, body, headers):
    entries = size()
    taken, free = (stranger("PUT", path, body, **headers) for path in (TAKEN, FREE))
    assert taken.status_code == free.status_code >= 400, (taken.content, free.content)
    assert taken.content == free.content
    assert size() == entries


def test_what_is_hidden_and_what_is_not_there_are_read_alike(stranger: Software):
    taken, free = (stranger("GET", path) for path in (TAKEN, FREE))
    assert taken.status_code == free.status_code == 404
    assert taken.content == free.content


@pytest.mark.parametrize("headers", [{}, {"If_None_Match": "*"}, {"Idempotency_Key": "once"}])
def test_a_name_that_is_taken_names_no_second_item(stranger: Software, headers):
    """Or an item that became protected would be there again, for everybody, with the next save of a CMS."""
    entries = size()
    answer = stranger("PUT", TAKEN, STORY, **headers)
    assert answer.status_code == 404
    assert b"River" not in answer.content
    assert (size(), ExternalId.objects.count(), Item.objects.count()) == (entries, 1, 1)


@pytest.mark.parametrize(("method", "path"), [("POST", "/items"), ("PUT", FREE)])
def test_an_item_is_protected_from_its_first_moment_on(small: Desk, method: str, path: str):
    made = cms(small, small.author)(method, path, STORY | {"protected": True})
    assert made.status_code == 201, made.content
    assert made.json()["protected"] is True
    assert Item.objects.get().protected
    assert not Entry.objects.filter(kind=Kind.ITEM_PROTECTED).exists(), "it was open for a moment"
    colleague = cms(small, Actor(add_person(small.steward, "Cora Colleague", [Role.CONTRIBUTOR]).id))
    assert colleague("GET", f"/items/{made.json()['id']}").status_code == 404


@pytest.mark.parametrize(("method", "path"), [("POST", "/items"), ("PUT", FREE)])
def test_that_takes_a_token_that_would_see_it(small: Desk, method: str, path: str):
    software = cms(small, small.author, Scope.WRITE, Scope.READ)
    answer = software(method, path, STORY | {"protected": True})
    assert answer.status_code == 403
    assert "protected" in answer.json()["detail"]
    assert Item.objects.count() == 0
    assert software(method, path, STORY | {"protected": False}).status_code == 201


def test_protection_comes_and_stays_until_an_editor_lifts_it(small: Desk):
    author, editor = cms(small, small.author), cms(small, small.editor)
    made = author("PUT", FREE, STORY).json()
    assert made["protected"] is False
    changed = STORY | {"content": {"name": "story.md", "text": "A source said so."}}
    assert author("PUT", FREE, changed | {"protected": True}).json()["protected"] is True
    assert author("PUT", FREE, STORY).json()["protected"] is True
    entries = size()
    assert author("PUT", FREE, changed | {"protected": False, "title": "New"}).status_code == 403
    assert size() == entries
    lifted = editor("PUT", f"/items/{made['id']}", STORY | {"protected": False})
    assert lifted.status_code == 200, lifted.content
    assert lifted.json()["protected"] is False


def test_a_version_and_a_correction_do_not_say_it(small: Desk):
    author = cms(small, small.author)
    made = author("PUT", FREE, STORY).json()
    for path in ("versions", "corrections"):
        answer = author("POST", f"/items/{made['id']}/{path}", STORY | {"note": "So.", "protected": True})
        assert answer.status_code in (403, 422)
