"""Pages about people: who sees them, and what they do to the record."""

import pytest
from tests.newsroom.desk import kinds, size
from tests.newsroom.logins import client_of

from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.kinds import Kind
from masthead.vocabulary import Role

STRANGE = '<script>alert("x")</script>'


def as_role(small, role: Role):
    return client_of(Actor(add_person(small.steward, f"One {role.value}", [role]).id))


@pytest.mark.parametrize(
    ("role", "sees", "manages"),
    [
        (Role.STEWARD, True, True),
        (Role.ADMINISTRATOR, True, True),
        (Role.EDITOR, True, False),
        (Role.CONTRIBUTOR, False, False),
        (Role.AUDITOR, False, False),
        (Role.FACILITATOR, False, False),
        (Role.STAFF_REPRESENTATIVE, False, False),
    ],
)
def test_who_sees_people_and_who_manages_them(small, role, sees, manages):
    client, pk = as_role(small, role), named("Ann Author").pk
    for path in ("", f"{pk}/"):
        page = client.get(f"/desk/people/{path}")
        assert page.status_code == (200 if sees else 403)
        assert ("Add someone" in page.text or "/invite/" in page.text) is manages
    at = size()
    for path in ("new/", f"{pk}/role/", f"{pk}/role/contributor/end/", f"{pk}/last-day/", f"{pk}/login/end/",
                 f"{pk}/invite/", f"{pk}/invite/withdraw/"):  # fmt: skip
        answer = client.post(f"/desk/people/{path}", {})
        assert (answer.status_code == 403) is not manages, path
    assert manages or size() == at


def test_an_editor_sees_no_address(small):
    client_of(small.author)
    page = as_role(small, Role.EDITOR).get(f"/desk/people/{named('Ann Author').pk}/")
    assert "@example.org" not in page.text


def test_someone_is_added_with_roles_and_a_last_day(small):
    at = size()
    answer = client_of(small.steward).post(
        "/desk/people/new/", {"name": STRANGE, "roles": ["contributor", "editor"], "ends_on": "2030-03-31"}
    )
    person = Person.objects.get(name=STRANGE)
    assert answer["Location"] == f"/desk/people/{person.pk}/"
    assert list(kinds(at)) == [Kind.PERSON_ADDED]
    page = client_of(small.steward).get(answer["Location"])
    assert STRANGE not in page.text
    assert "31 March 2030" in page.text


@pytest.mark.parametrize(
    "given", [{"name": ""}, {"name": "Ann Author"}, {"name": "x" * 201}, {"ends_on": "soon"}]
)
def test_what_cannot_be_recorded_is_said_and_what_was_typed_stays(small, given):
    at = size()
    page = client_of(small.steward).post("/desk/people/new/", {"name": "New One"} | given)
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert size() == at


def test_roles_are_given_and_ended_with_one_entry_each(small):
    steward, pk, at = client_of(small.steward), named("Ann Author").pk, size()
    steward.post(f"/desk/people/{pk}/role/", {"role": "editor"})
    steward.post(f"/desk/people/{pk}/role/", {"role": "editor"})
    steward.post(f"/desk/people/{pk}/role/editor/end/")
    page = steward.post(f"/desk/people/{pk}/role/editor/end/", follow=True)
    assert list(kinds(at)) == [Kind.ROLE_GRANTED, Kind.ROLE_ENDED]
    assert "do not hold that role" in page.text


def test_the_last_steward_cannot_end_their_own_role(small):
    pk = named("Ada Steward").pk
    page = client_of(small.steward).post(f"/desk/people/{pk}/role/steward/end/", follow=True)
    assert "last steward" in page.text


def test_a_role_that_was_ended_is_felt_at_once(small):
    editor = client_of(small.editor)
    assert editor.get("/desk/people/").status_code == 200
    client_of(small.steward).post(f"/desk/people/{small.editor.person_id}/role/editor/end/")
    assert editor.get("/desk/people/").status_code == 403


@pytest.mark.parametrize("path", ["01a203ab-2abb-756d-8eae-d779b6909835/", "new/x/", "x/"])
def test_nobody_is_nobody(small, path):
    assert client_of(small.steward).get(f"/desk/people/{path}").status_code == 404


def test_the_list_asks_the_database_as_often_for_many_as_for_few(small, django_assert_max_num_queries):
    client = client_of(small.steward)
    for number in range(30):
        add_person(small.steward, f"Person {number}", [Role.CONTRIBUTOR])
    client.get("/desk/people/")
    with django_assert_max_num_queries(20):
        assert client.get("/desk/people/").text.count("Person ") >= 30
