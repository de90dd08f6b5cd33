"""How it stands with witnesses and stamps, as pages and the checklist are told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from tests.evidence.desk import add_person
from tests.witness.others import Log, Witness

from masthead.declaration import load
from masthead.declaration.status import Status, standing_of
from masthead.language import Message
from masthead.newsroom.evidence.models import Checkpoint, Cosignature
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.said_of_it import keep_cosignature, keep_stamp
from masthead.newsroom.witness import contacts, jobs
from masthead.newsroom.witness.alarms import end_alarm, raise_alarm
from masthead.newsroom.witness.commands import add_witness, end, party_called
from masthead.newsroom.witness.contacts import Went
from masthead.newsroom.witness.models import AskedWitness, Contact
from masthead.newsroom.witness.said import line_of
from masthead.newsroom.witness.seen import Head
from masthead.newsroom.witness.status import FRESH, Part, evidence, status
from masthead.newsroom.witness.words import Fault
from masthead.tlog import cosignature, note
from masthead.tlog.checkpoint import Checkpoint as Text
from masthead.tlog.conflict import Conflict

CATALOGUE = load()
ADDRESS = "https://93.184.215.14/w"


@pytest.fixture
def witness(small) -> Witness:
    made = Witness()
    add_witness(small.steward, str(made.key), ADDRESS)
    return made


def cosigned(witness: Witness, at: datetime) -> Checkpoint:
    published = publish_checkpoint()
    text = note.parse(published.note).text
    line = cosignature.cosign(text, witness.key, witness.private.sign, int(at.timestamp()))
    keep_cosignature(published, line, at)
    return published


def control(name: str, now: datetime) -> Status:
    return standing_of(CATALOGUE.control(name), evidence(now), now).status


def stamped_by_the_settings(monkeypatch) -> None:
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, tsa="https://tsa.example/tsr"))


def test_while_nobody_is_asked_nothing_is_known(small):
    now = datetime.now(UTC)
    assert status() == []
    assert control("witnessed-log", now) is Status.UNKNOWN
    assert control("stamped-log", now) is Status.UNKNOWN


def test_a_witness_in_time_meets_the_control_and_three_days_later_it_is_not_met(witness):
    now = datetime.now(UTC).replace(microsecond=0)
    assert control("witnessed-log", now) is Status.UNKNOWN
    published = cosigned(witness, now)
    [each] = status(now=now)
    assert (each.part, each.name, each.size, each.age) == (
        Part.WITNESS,
        witness.name,
        published.size,
        timedelta(),
    )
    assert control("witnessed-log", now) is Status.MET
    assert control("witnessed-log", now + FRESH - timedelta(minutes=1)) is Status.MET
    late = now + FRESH + timedelta(minutes=1)
    assert control("witnessed-log", late) is Status.NOT_MET
    assert status(now=late)[0].overdue
    assert "too long ago" in str(line_of(status(now=late)[0]))


def test_a_witness_that_never_signed_is_overdue_after_three_days(witness):
    late = datetime.now(UTC) + FRESH + timedelta(minutes=1)
    assert control("witnessed-log", late) is Status.NOT_MET


def test_one_witness_in_time_is_enough(witness, small):
    now = datetime.now(UTC)
    add_witness(small.steward, str(Witness("else.example/w").key), ADDRESS)
    cosigned(witness, now)
    assert control("witnessed-log", now + timedelta(days=2)) is Status.MET


def test_an_alarm_about_our_own_log_counts_whoever_cosigned(witness, small):
    now = datetime.now(UTC)
    published = cosigned(witness, now)
    read = note.parse(published.note)
    from masthead.newsroom.evidence.keys import public_line
    from masthead.tlog.note import VerifierKey

    ours = Head(read, Text.parse(read.text), VerifierKey.parse(public_line(settings.MASTHEAD_HOME)))
    alarm = raise_alarm(ours, Fault.ROLLBACK, Conflict(published.note, published.note), told_by=witness.name)
    later = datetime.now(UTC)
    assert control("witnessed-log", later) is Status.NOT_MET
    assert status(now=later)[0].alarm == alarm
    end_alarm(small.steward, alarm, "A copy was put in place by mistake.")
    assert control("witnessed-log", datetime.now(UTC)) is Status.MET


def test_a_stamp_covers_what_was_published_before_it(small, monkeypatch):
    stamped_by_the_settings(monkeypatch)
    first = publish_checkpoint()
    now = datetime.now(UTC)
    assert control("stamped-log", now) is Status.UNKNOWN
    assert control("stamped-log", now + FRESH + timedelta(hours=1)) is Status.NOT_MET
    keep_stamp(first, "https://tsa.example/tsr", b"token", now)
    assert control("stamped-log", now + timedelta(days=300)) is Status.MET
    add_person("Grace")
    publish_checkpoint()
    assert control("stamped-log", datetime.now(UTC) + timedelta(days=1)) is Status.MET
    assert control("stamped-log", datetime.now(UTC) + FRESH + timedelta(hours=1)) is Status.NOT_MET


def test_what_was_in_the_way_is_told_in_the_line_until_it_goes_well(witness):
    now = datetime.now(UTC)
    [party] = AskedWitness.objects.all()
    contacts.note(
        str(party.pk), Went(Message("It answered %(status)s.", {"status": 500})), now, again=timedelta(0)
    )
    assert "It answered 500." in str(line_of(status()[0]))
    contacts.note(str(party.pk), contacts.WELL, now, again=timedelta(0))
    assert str(line_of(status()[0])) == "has cosigned nothing yet"


def test_after_trouble_the_next_try_waits_longer_and_longer_up_to_an_hour(witness):
    now = datetime.now(UTC)
    waits = []
    for _ in range(8):
        contacts.note("x", Went(Message("no")), now, again=timedelta(0))
        waits.append((Contact.objects.get(pk="x").next_at - now).total_seconds() / 60)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert contacts.rests("x", now)
    assert not contacts.rests("x", now + timedelta(hours=2))


def test_a_later_word_of_the_same_witness_takes_the_place_of_the_earlier_and_never_the_other_way(witness):
    now = datetime.now(UTC).replace(microsecond=0)
    cosigned(witness, now)
    cosigned(witness, now - timedelta(hours=1))
    assert Cosignature.objects.get().said_at == now
    cosigned(witness, now + timedelta(hours=1))
    assert Cosignature.objects.get().said_at == now + timedelta(hours=1)


def test_a_party_is_found_by_name_or_id_and_what_was_ended_by_its_id_alone(witness, small):
    found = party_called(witness.name)
    assert party_called(str(found.pk)) == found
    end(small.steward, found)
    assert party_called(str(found.pk)) == found
    with pytest.raises(Exception, match="No log that is witnessed here"):
        party_called(witness.name)


def test_jobs_are_asked_for_what_is_due_and_for_nothing_else(witness, small, monkeypatch):
    from django_tasks_db.models import DBTaskResult

    publish_checkpoint()
    jobs.see_what_is_due()
    jobs.see_what_is_due()
    assert DBTaskResult.objects.count() == 1
    cosigned(witness, datetime.now(UTC))
    DBTaskResult.objects.all().delete()
    from masthead.newsroom.jobs.models import Ticket

    Ticket.objects.all().delete()
    jobs.see_what_is_due()
    assert not DBTaskResult.objects.exists()
    stamped_by_the_settings(monkeypatch)
    jobs.see_what_is_due()
    assert DBTaskResult.objects.count() == 1


def test_a_log_that_was_ended_is_looked_at_no_more(small):
    jobs.watch.func("0199a6f0-0000-7000-8000-00000000000a")
    jobs.ask.func("0199a6f0-0000-7000-8000-00000000000a")
    assert not Contact.objects.exists()
    assert Log().size == 0
