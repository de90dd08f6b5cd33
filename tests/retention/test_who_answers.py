"""Who answers for an AI system: erased or gone, nobody does, and that is told until somebody is named."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.newsroom.logins import client_of, login_of
from tests.retention.planted import round_at

from masthead import clock
from masthead.cli.remedies import commands_of
from masthead.desk.work.waiting import glance, waiting
from masthead.errors import NotAllowed, Refused, Stale
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.commands import add_person, set_end
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.register.answering import answer_for
from masthead.newsroom.register.commands import add_use_case, decide_on, register_system
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.newsroom.register.standing import unanswered
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.setting import set_schedule
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import Ground, Kept, On
from masthead.vocabulary import Role, SystemStatus, Tier

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
            "2 AI systems for which, or for a use of which, nobody answers then, until somebody is named in"
            " the register: Ink, Quill"
        ) in said


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
    with pytest.raises(Refused, match="Nobody answers for this system any more") as refused:
        add_use_case(small.author, system(), Tier.T3)
    assert "A steward" in str(refused.value.remedy)
    assert commands_of(refused.value.remedy) == (
        "masthead register answers NAME --accountable PERSON --by NAME",
    )
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


def test_one_who_leaves_at_the_outlets_midnight_answers_for_nothing_from_then_on(small, gone):
    """No entry is recorded at midnight, and the day of UTC may go on."""
    with clock.using("Etc/GMT+12"), lifted():
        Person.objects.filter(pk=gone.pk).update(ends_on=clock.today())
        assert NOBODY not in told()[1]
    with clock.using("Pacific/Kiritimati"):
        assert told()[1] == [NOBODY, NOBODY]


@pytest.fixture
def of_a_use(small, gone) -> UseCase:
    """A use whose person was erased, of a system whose own person is here."""
    system = register_system(small.steward, "Loom", Person.objects.get(pk=small.editor.person_id))
    use = add_use_case(small.steward, system, Tier.T2, accountable=gone)
    seen = commands.look(small.steward, Subject(On.PERSON, gone.pk), Ground.OBJECTED)
    assert [each for each in seen.kept if "Ink, Loom, Quill" in str(each.what)]
    erase(small, gone)
    return use


def test_a_use_that_nobody_answers_for_is_named_and_holds_its_system_up(small, of_a_use):
    client, loom = client_of(small.steward), system("Loom")
    assert loom in unanswered(clock.today())
    assert "nobody now, for a use of it" in client.get("/desk/waiting/").content.decode()
    at = f"/desk/register/{loom.pk}/"
    assert client.get(at).content.decode().count("nobody now") == 1
    with pytest.raises(Refused, match="Nobody answers for a use of this system any more"):
        decide_on(small.steward, loom, SystemStatus.APPROVED)
    # Whoever answers for the system may take the use over.
    assert "Ed Editor" in client.get(f"{at}answers").content.decode()
    answer_for(small.steward, loom, Person.objects.get(pk=small.editor.person_id))
    assert loom not in unanswered(clock.today())
    decide_on(small.steward, loom, SystemStatus.APPROVED)
    assert "nobody now" not in client.get(at).content.decode()
    assert verify_log().intact


def test_a_retired_system_stays_as_it_was(small, gone):
    decide_on(small.steward, system(), SystemStatus.RETIRED)
    erase(small, gone)
    with pytest.raises(Refused, match="From where this system stands"):
        answer_for(small.steward, system(), Person.objects.get(pk=small.editor.person_id))
    assert system().accountable_id == gone.pk


def test_the_count_at_the_top_is_of_the_outlets_day_as_the_list_is(small, gone):
    utc = datetime.now(UTC).date()
    with clock.using("Pacific/Kiritimati"):
        zone = "Pacific/Kiritimati" if clock.today() != utc else "Etc/GMT+12"
    who = Someone(small.steward, login_of(small.steward), "Ada Steward", frozenset({Role.STEWARD}))
    with clock.using(zone):
        with lifted():
            Person.objects.filter(pk=gone.pk).update(ends_on=min(clock.today(), utc))
        found = waiting(who)
        lists = (found.to_approve, found.terms, found.unanswered)
        assert glance(who)[1] == sum(map(len, lists))


def test_the_clock_tells_its_log_no_name(small, gone, caplog):
    set_schedule(small.steward, Kept.PEOPLE, 30, "The rule of the house.")
    set_end(small.steward, Person.objects.get(pk=gone.pk), clock.today())
    with caplog.at_level(logging.INFO, "masthead.newsroom.retention"):
        assert round_at(datetime.now(UTC) + timedelta(days=33)) == 1
    assert "stays: 2; ground: names nobody" in caplog.text
    assert "Quill" not in caplog.text
