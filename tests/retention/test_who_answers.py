"""Who answers for an AI system: erased or gone, nobody does, and that is told until somebody is named."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.newsroom.logins import client_of

from masthead import clock
from masthead.errors import NotAllowed, Refused, Stale
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.public.serving.kept import store
from masthead.newsroom.register.answering import answer_for
from masthead.newsroom.register.commands import add_use_case, decide_on, register_system
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import Ground, On
from masthead.vocabulary import SystemStatus, Tier

NOBODY = "nobody is named just now"
STAFF = "a person on the staff"


@pytest.fixture
def gone(small) -> Person:
    """Somebody without a role, who answers for two systems."""
    person = add_person(small.steward, "Wren Keeper", [])
    for name in ("Ink", "Quill"):
        system = register_system(small.steward, name, person)
        add_use_case(small.steward, system, Tier.T2)
        decide_on(small.steward, system, SystemStatus.APPROVED)
    return person


def erase(small, person: Person):
    return commands.erase(small.steward, Subject(On.PERSON, person.pk), Ground.OBJECTED)


def told() -> tuple[str, list[str]]:
    """What readers are told: the page of the register, and who answers by its data."""
    page = Client().get("/register", headers={"Accept-Language": "en"}).content.decode()
    data = Client().get("/register.json", headers={"Accept-Language": "en"}).json()
    return page, [each["accountable"] for each in data["systems"]]


def system(name: str = "Ink"):
    return AISystem.objects.get(name=name)


def test_an_erasure_names_the_systems_that_are_left(small, gone):
    subject = Subject(On.PERSON, gone.pk)
    for report in (commands.look(small.steward, subject, Ground.OBJECTED), erase(small, gone)):
        said = [str(each.what) for each in report.kept]
        assert (
            "2 AI systems that nobody answers for then, until somebody is named in the register: Ink, Quill"
            in said
        )


def test_readers_are_told_that_nobody_is_named(small, gone):
    page, who = told()
    assert STAFF in page
    assert NOBODY not in page
    erase(small, gone)
    page, who = told()
    assert STAFF not in page
    assert who == [NOBODY, NOBODY]
    answer_for(small.steward, system(), Person.objects.get(pk=small.editor.person_id))
    page, who = told()
    assert STAFF in page
    assert sorted(who) == sorted([NOBODY, f"{STAFF}, by name in our record"])
    assert verify_log().intact


def test_who_left_answers_for_nothing_any_more(small, gone):
    with lifted():
        Person.objects.filter(pk=gone.pk).update(ends_on=clock.today())
    assert NOBODY not in told()[1]
    # Pages are kept until an entry touches them, and for a day: here the day is brought forward.
    with lifted():
        Person.objects.filter(pk=gone.pk).update(ends_on=clock.today() - timedelta(days=1))
    store.clear()
    assert told()[1] == [NOBODY, NOBODY]


def test_stewards_find_it_on_their_desk_and_name_somebody(small, gone):
    client = client_of(small.steward)
    erase(small, gone)
    assert "AI systems that nobody answers for" in client.get("/desk/waiting/").content.decode()
    assert "nobody answers for it now" in client.get("/desk/register/").content.decode()
    at = f"/desk/register/{system().pk}/"
    assert "nobody now" in client.get(at).content.decode()
    assert "Ed Editor" in client.get(f"{at}answers").content.decode()
    sent = {"accountable": str(small.editor.person_id), "seen": system().revision}
    assert client.post(f"{at}answers", sent).status_code == 303
    assert "nobody now" not in client.get(at).content.decode()
    assert [each.accountable_id for each in system().use_cases.all()] == [small.editor.person_id]
    said = values_of(Entry.objects.get(kind=Kind.SYSTEM_ACCOUNTABLE))
    assert (said["system"], said["accountable"], said["role"]) == (
        "Ink",
        str(small.editor.person_id),
        "steward",
    )
    assert client_of(small.author).get(f"{at}answers").status_code == 403


def test_what_nobody_answers_for_is_not_approved_nor_given_to_who_is_gone(small, gone):
    erase(small, gone)
    gone.refresh_from_db()
    with pytest.raises(Refused, match="Nobody answers for this system any more"):
        decide_on(small.steward, system(), SystemStatus.APPROVED)
    with pytest.raises(Refused, match="this person is not any more"):
        register_system(small.steward, "Pen", gone)
    with pytest.raises(Refused, match="this person is not any more"):
        add_use_case(small.steward, system(), Tier.T3)
    with pytest.raises(Refused, match="this person is not any more"):
        answer_for(small.steward, system(), gone)
    editor = Person.objects.get(pk=small.editor.person_id)
    with pytest.raises(NotAllowed):
        answer_for(small.author, system(), editor)
    with pytest.raises(Stale):
        answer_for(small.steward, system(), editor, seen=system().revision + 1)
    answer_for(small.steward, system(), editor)
    with pytest.raises(Refused, match="answer for it already"):
        answer_for(small.steward, system(), editor)
