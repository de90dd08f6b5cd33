"""What the public page says of alarms: what is shown, no more, and for good, also once a person ended it."""

import json
from datetime import UTC, datetime

import pytest
from tests.newsroom.conftest import small
from tests.newsroom.recorded import recorded_as
from tests.public.conftest import reader
from tests.public.test_log_page import words
from tests.witness.conftest import gazette, reach

from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.public.serving.kept import store
from masthead.newsroom.witness.alarms import end_alarm, raise_alarm
from masthead.newsroom.witness.models import Alarm
from masthead.newsroom.witness.seen import Head
from masthead.newsroom.witness.words import Fault
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.conflict import Conflict

__all__ = ["gazette", "reach", "reader", "small"]


def alarmed(log, fault: Fault) -> Alarm:
    note = log.note()
    head = Head(note, Checkpoint.parse(note.text), log.key)
    conflict = Conflict(str(log.copy().grow(2).note()), str(note))
    return raise_alarm(head, fault, conflict, told_by=log.key.name)


@pytest.mark.parametrize(
    ("fault", "said"), [(Fault.FORK, "contradict each other"), (Fault.ROLLBACK, "with fewer entries than")]
)
def test_of_a_log_with_an_alarm_it_says_what_is_shown(gazette, reader, fault, said):
    alarmed(gazette, fault)
    shown = words(reader.get("/log/"))
    beside = shown[shown.index("Logs that we witness") :]
    assert said in beside
    assert "nothing of it is cosigned" in beside
    assert "contradicts itself" not in shown


def test_an_alarm_that_was_ended_stays_with_both_heads(gazette, small, reader):
    alarm = alarmed(gazette, Fault.FORK)
    end_alarm(small.steward, alarm, "They put an older copy in place.")
    store.clear()
    page = reader.get("/log/").content.decode()
    assert "Alarms that were ended" in page
    assert f"/log/witness/alarms/{alarm.public_id}.json" in page
    assert "older copy" not in page
    [told] = json.loads(reader.get("/log/index.json").content)["ended_alarms"]
    assert (told["origin"], told["ended"]) == (gazette.key.name, datetime.now(UTC).date().isoformat())


def ours(alarm: Alarm) -> str:
    """Have the alarm be about our own log, as a witness has told of it; gives the log's name."""
    origin = LogHead.objects.get().origin
    recorded_as(Alarm.objects.filter(pk=alarm.pk), origin=origin, told_by="tribune.example/w")
    alarm.refresh_from_db()
    return origin


@pytest.mark.parametrize(
    ("fault", "said"),
    [(Fault.FORK, "contradicts the one that we show"), (Fault.ROLLBACK, "more entries than the one that we")],
)
def test_one_about_our_own_log_says_who_says_what_of_whom(gazette, reader, fault, said):
    ours(alarmed(gazette, fault))
    shown = words(reader.get("/log/"))
    told = shown[shown.index("Alarms") : shown.index("Logs that we witness")]
    assert "Alarm about our own log" in told
    assert "The witness tribune.example/w has a head of our log, signed with our key" in told
    assert said in told
    assert "as shown by tribune.example/w" in told
    assert "This log" not in told
    [data] = json.loads(reader.get("/log/index.json").content)["alarms"]
    assert (data["told_by"], said in data["says"]) == ("tribune.example/w", True)


def test_one_about_another_log_says_whose(gazette, reader):
    alarmed(gazette, Fault.FORK)
    told = words(reader.get("/log/"))
    assert f"Alarm about the log {gazette.key.name}" in told
    assert f"as shown by {gazette.key.name}" in told


def test_one_about_our_own_log_stays_too(gazette, small, reader):
    alarm = alarmed(gazette, Fault.FORK)
    origin = ours(alarm)
    alarm.refresh_from_db()
    end_alarm(small.steward, alarm, "It was us.")
    store.clear()
    said = words(reader.get("/log/"))
    assert "Alarms that were ended" in said
    assert f"{origin}: two heads that contradict each other, ours and one that tribune.example/w has" in said
