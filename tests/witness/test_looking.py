"""We look at a log for ourselves: what is new is cosigned, what cannot be raises the alarm with its proof."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from tests.exchange.sites import dripping, says
from tests.witness.others import Log, key_of, serve
from tests.witness.watching import LATER, NOW, looked

from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.jobs.models import Ticket
from masthead.newsroom.witness import doubts, memory, seen
from masthead.newsroom.witness.alarms import end_alarm, evidence_of
from masthead.newsroom.witness.answering import add_checkpoint
from masthead.newsroom.witness.commands import add_log, add_witness
from masthead.newsroom.witness.jobs import see_what_is_due
from masthead.newsroom.witness.looking import look
from masthead.newsroom.witness.models import Alarm, Awaited, Contact, Doubted, WitnessedLog
from masthead.newsroom.witness.status import status
from masthead.newsroom.witness.words import Fault
from masthead.tlog.conflict import Conflict, Shows
from masthead.tlog.cosignature import CosignerKey
from masthead.tlog.submission import Submission


def test_a_log_that_grows_is_followed(log, there):
    assert looked() == ""
    assert seen.remembered(log.key.name).size == 7
    serve(there, log.grow(700))
    assert looked(LATER) == ""
    assert seen.remembered(log.key.name).size == 707
    assert Contact.objects.get().well_at == LATER


def test_another_log_at_its_address_is_told_as_such(log, there):
    at = there.url("/log")
    assert serve(there, Log("tribune.example/log").grow(3)) == at
    assert "another log, tribune.example/log" in looked()
    serve(there, Log("herald.example/log").grow(3))
    assert "our own log" in looked(LATER)


def test_only_the_tiles_that_a_proof_needs_are_fetched(log, there):
    serve(there, log.grow(70_000 - 7))
    looked()
    serve(there, log.grow(70_000))
    there.asked.clear()
    assert looked(LATER) == ""
    assert len([each for each in there.asked if "/tile/" in each.target]) < 10


@pytest.mark.parametrize(
    ("common", "ours", "theirs"), [(7, 2, 2), (7, 2, 30), (300, 260, 900), (256, 1, 256)]
)
def test_a_fork_raises_the_alarm_with_what_proves_it_to_a_stranger(log, there, common, ours, theirs):
    serve(there, log.grow(common - 7))
    looked()
    fork = log.copy().grow(theirs, "other")
    serve(there, log.grow(ours))
    looked()
    serve(there, fork)
    assert "contradict" in looked(LATER)
    alarm = Alarm.objects.get()
    assert (alarm.fault, alarm.told_by) == (Fault.FORK, log.key.name)
    file = evidence_of(alarm).to_json().encode()
    assert Conflict.parse(file).shows(log.key) is Shows.FORK
    assert Conflict.parse(file).shows(Log(log.key.name, "another").key) is Shows.NOTHING
    assert seen.remembered(log.key.name).size == common + ours
    assert verify_log().intact


def test_a_log_that_signed_a_head_in_two_ways_is_caught_forking_all_the_same(log, there):
    looked()
    serve(there, log)
    there.answers["/log/checkpoint"] = says(str(log.signed_with(9)).encode())
    assert looked(LATER) == ""
    serve(there, Log().grow(7, "other"))
    assert "contradict" in looked(LATER)
    assert evidence_of(Alarm.objects.get()).shows(log.key) is Shows.FORK


def test_a_memory_that_no_key_of_the_log_signed_compares_nothing_and_says_so(log, there, home):
    looked()
    known = seen.remembered(log.key.name)
    other = replace(known, note=known.note.replace("gazette", "gazelle"))
    memory.write(home, replace(other, said_at=known.said_at + 1))
    serve(there, Log().grow(7, "other"))
    assert "does not agree with itself" in looked(LATER)


def test_a_fork_of_fewer_entries_is_one_where_the_tree_that_was_shown_before_is_still_served(log, there):
    fork = log.copy().grow(3, "other")
    serve(there, log.grow(9))
    looked()
    files = log.files()
    serve(there, fork)
    there.answers |= {p: says(c) for p, c in files.items() if p not in there.answers and "/tile/" in p}
    assert "contradict" in looked(LATER)
    assert evidence_of(Alarm.objects.get()).shows(log.key) is Shows.FORK


def test_a_log_that_goes_back_is_told_and_after_a_while_an_alarm(log, there):
    older = log.copy()
    serve(there, log.grow(9))
    looked()
    serve(there, older)
    assert "older head" in looked(NOW + timedelta(minutes=1))
    assert "overdue" in looked(NOW + timedelta(hours=2))
    assert status()[0].overdue
    assert "overdue" in looked(NOW + timedelta(days=1))
    assert not Alarm.objects.exists()
    assert "fewer entries" in looked(NOW + timedelta(days=1, minutes=1))
    alarm = Alarm.objects.get()
    assert alarm.fault == Fault.ROLLBACK
    assert evidence_of(alarm).shows(log.key) is Shows.SIGNED


def test_of_a_head_that_is_not_shown_it_counts_since_when_it_was_missed(log, there):
    """We did not look for a week: that is no week in which the log went back."""
    older = log.copy()
    serve(there, log.grow(9))
    looked()
    serve(there, older)
    assert "older head" in looked(NOW + timedelta(days=7))
    assert not Alarm.objects.exists()


def test_a_copy_that_is_always_a_little_behind_goes_back_never(log, there):
    """Heads are pushed to us at once; at the address stands an export that a timer renews every hour."""
    looked()
    for hour in range(30):
        at = NOW + timedelta(hours=hour)
        exported = log.copy()
        assert log.grow(5).push(log.size - 5, now=at).status == 200
        serve(there, exported)
        assert "older head" in looked(at + timedelta(minutes=30))
    assert not status(now=at + timedelta(minutes=30))[0].overdue
    serve(there, log)
    assert looked(at + timedelta(minutes=40)) == ""
    assert not Alarm.objects.exists()
    assert not Awaited.objects.exists()
    assert not Doubted.objects.exists()


def test_a_log_that_only_seems_to_catch_up_is_found_out(log, there):
    """Another history at its address, always smaller than what it sends us: no tree of the newer is there."""
    looked()
    other = log.copy().grow(1, "other")
    log.grow(5).push(7, now=NOW)
    serve(there, other)
    assert "older head" in looked(NOW + timedelta(minutes=10))
    log.grow(9).push(12, now=NOW + timedelta(minutes=20))
    serve(there, other.grow(8, "other"))
    assert "contradict" in looked(LATER)
    assert evidence_of(Alarm.objects.get()).shows(log.key) is Shows.FORK


def test_an_answer_kept_on_the_way_is_no_rollback(log, there):
    older = log.note()
    serve(there, log.grow(9), 7)
    looked()
    there.answers["/log/checkpoint"] = says(str(older).encode())
    assert "older head" in looked(LATER)
    assert not Alarm.objects.exists()


def test_a_second_history_that_came_with_a_wrong_proof_is_found_out(log, there):
    """A dishonest log shows one history to everybody, and sends us another."""
    looked()
    other = log.copy().grow(5, "other")
    serve(there, log.grow(3))
    assert looked() == ""
    assert other.push(10).status == 422
    serve(there, log.grow(9))
    assert "contradict" in looked(LATER)
    assert evidence_of(Alarm.objects.get()).shows(log.key) is Shows.FORK


def wrongly(log: Log) -> int:
    """Send a head of a log with a proof that does not hold, as anybody can; gives the answer."""
    return add_checkpoint(Submission(7, (bytes(32),), log.note()).body()).status


def test_a_head_in_doubt_is_pushed_out_by_no_other(log, there):
    looked()
    fork = log.copy().grow(5, "other")
    assert wrongly(fork) == 422
    for _ in range(doubts.MOST + 3):
        assert wrongly(log.grow(1)) == 422
    assert Doubted.objects.count() == doubts.MOST
    serve(there, log)
    assert "contradict" in looked(LATER)
    assert evidence_of(Alarm.objects.get()).shows(log.key) is Shows.FORK


def test_a_smaller_head_with_another_root_is_found_out(log, there):
    looked()
    assert Log().grow(3, "other").push(0).status == 409
    assert "contradict" in looked(LATER)
    assert evidence_of(Alarm.objects.get()).shows(log.key) is Shows.FORK


def test_older_heads_that_somebody_sends_are_compared_and_go(log, there):
    serve(there, log.grow(9))
    looked()
    for size in (3, 9, 15):
        assert add_checkpoint(Submission(0, (), log.note(size)).body()).status == 409
    assert looked(LATER) == ""
    assert not Doubted.objects.exists()


def test_a_head_whose_tree_could_not_be_read_stays_in_doubt_and_in_the_way_of_nothing(log, there):
    """Once it shows a second history without its tree, and then never again."""
    looked()
    fork = log.copy().grow(5, "other")
    there.answers["/log/checkpoint"] = says(str(fork.note()).encode())
    assert "does not serve the tree" in looked(LATER)
    serve(there, log)
    assert "does not serve the tree" in looked(LATER)
    assert Doubted.objects.get().note == str(fork.note())
    serve(there, log.grow(9))
    assert "contradict" in looked(LATER)
    assert evidence_of(Alarm.objects.get()).shows(log.key) is Shows.FORK


def test_two_heads_in_doubt_of_one_size_contradict_each_other_without_any_tree(log, there):
    looked()
    assert wrongly(log.copy().grow(5, "one")) == wrongly(log.copy().grow(5, "two")) == 422
    assert "contradict" in looked(LATER)
    assert evidence_of(Alarm.objects.get()).shows(log.key) is Shows.FORK


def test_a_head_that_came_into_doubt_is_looked_at_before_its_time(log, there):
    now = datetime.now(UTC)
    looked(now - timedelta(minutes=2))
    see_what_is_due()
    assert not Ticket.objects.exists()
    wrongly(log.copy().grow(5, "other"))
    see_what_is_due()
    assert Ticket.objects.count() == 1


def test_what_came_with_a_wrong_proof_and_is_true_is_forgotten(log, there):
    looked()
    serve(there, log.grow(3))
    assert wrongly(log) == 422
    assert looked(LATER) == ""
    assert not Doubted.objects.exists()
    assert not Alarm.objects.exists()


def test_what_another_witness_has_seen_is_compared(log, there, small):
    """One history for us and one for them: each is whole, and together they cannot be."""
    witness = CosignerKey("tribune.example/w", key_of("w").public_key().public_bytes_raw())
    add_witness(small.steward, str(witness), there.url("/w"))
    digest = sha256(log.key.name.encode()).hexdigest()
    there.answers[f"/w/{digest}/checkpoint"] = says(str(log.note()).encode())
    assert looked() == ""
    fork = log.copy().grow(3, "other")
    serve(there, log.grow(8))
    assert looked() == ""
    there.answers[f"/w/{digest}/checkpoint"] = says(str(fork.note()).encode())
    assert "contradict" in looked(LATER)
    alarm = Alarm.objects.get()
    assert alarm.told_by == witness.name
    assert evidence_of(alarm).shows(log.key) is Shows.FORK


def test_where_another_has_seen_more_the_smaller_head_is_not_cosigned(log, there, small):
    witness = CosignerKey("tribune.example/w", key_of("w").public_key().public_bytes_raw())
    add_witness(small.steward, str(witness), there.url("/w"))
    looked()
    smaller = str(log.grow(2).note())
    serve(there, log.grow(3), 9)
    digest = sha256(log.key.name.encode()).hexdigest()
    there.answers[f"/w/{digest}/checkpoint"] = says(str(log.note()).encode())
    there.answers["/log/checkpoint"] = says(smaller.encode())
    assert "older head" in looked(LATER)
    assert seen.remembered(log.key.name).size == 12


def test_a_log_that_is_silent_is_caught_by_what_it_told_two_witnesses(log, there, small):
    witness = CosignerKey("tribune.example/w", key_of("w").public_key().public_bytes_raw())
    add_witness(small.steward, str(witness), there.url("/w"))
    looked()
    fork = log.copy().grow(3, "other")
    log.grow(3).push(7)
    digest = sha256(log.key.name.encode()).hexdigest()
    there.answers = {f"/w/{digest}/checkpoint": says(str(fork.note()).encode())}
    assert "contradict" in looked(LATER)
    assert evidence_of(Alarm.objects.get()).shows(log.key) is Shows.FORK


@pytest.mark.parametrize(
    "answer", [says(b"", "500 Broken"), says(b"no note"), says(b"\xff"), says(b"x" * 70_000)]
)
def test_a_witness_that_shows_nothing_of_use_is_passed_over(log, there, small, answer):
    witness = CosignerKey("tribune.example/w", key_of("w").public_key().public_bytes_raw())
    add_witness(small.steward, str(witness), there.url("/w"))
    there.answers[f"/w/{sha256(log.key.name.encode()).hexdigest()}/checkpoint"] = answer
    assert looked() == ""


def test_a_tree_that_does_not_bear_out_the_root_is_told_and_raises_no_alarm(log, there):
    """Nobody has signed the tiles, so that broken ones show nothing to a stranger."""
    looked()
    head = log.copy().grow(2, "other")
    serve(there, log.grow(2))
    there.answers["/log/checkpoint"] = says(str(head.note()).encode())
    assert "does not give the root" in looked(LATER)
    assert not Alarm.objects.exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (says(b"", "404 Not Found"), "nothing at that address"),
        (says(b"no note at all"), "not signed with its key"),
        (says(b"x" * 100_000), "larger than"),
        (says(b"", "503 Busy"), "cannot answer now"),
    ],
)
def test_a_log_that_does_not_answer_is_told_and_tried_again_later(log, there, answer, said):
    there.answers["/log/checkpoint"] = answer
    assert said in looked()
    contact = Contact.objects.get()
    assert (contact.failures, contact.next_at, contact.well_at) == (1, NOW + timedelta(minutes=1), None)
    looked(LATER)
    assert Contact.objects.get().next_at == LATER + timedelta(minutes=2)


def test_broken_tiles_are_told(log, there):
    looked()
    serve(there, log.grow(3))
    for path in [path for path in there.answers if "/tile/" in path]:
        there.answers[path] = says(b"x")
    assert "cannot be read" in looked(LATER)


def test_under_an_alarm_nothing_is_asked_until_a_person_ends_it(log, there, small):
    looked()
    fork = log.copy().grow(9, "other")
    serve(there, log.grow(2))
    looked()
    serve(there, fork)
    looked(LATER)
    there.asked.clear()
    assert looked(LATER) != ""
    assert there.asked == []
    end_alarm(small.steward, Alarm.objects.get(), "They say it was a test.")
    serve(there, log.grow(2))
    assert looked(LATER) == ""
    assert seen.remembered(log.key.name).size == 11


def test_a_log_with_two_keys_is_followed_while_it_changes_them(log, there, small):
    from masthead.tlog import note

    looked()
    fresh = Log(log.key.name, "fresh")
    add_log(small.steward, str(fresh.key), there.url("/log"))
    log.grow(2)
    both = note.Note(
        log.note().text,
        (*log.note().signatures, *note.sign(log.note().text, fresh.key, fresh.private.sign).signatures),
    )
    serve(there, log)
    there.answers["/log/checkpoint"] = says(str(both).encode())
    assert look(WitnessedLog.objects.first(), now=LATER).well
    assert note.verify(note.parse(seen.remembered(log.key.name).note), log.key)


def test_one_that_drips_ends_in_time(log, there, monkeypatch):
    from masthead.exchange import Limits
    from masthead.newsroom.witness import looking

    monkeypatch.setattr(looking, "SECONDS", 0.2)
    monkeypatch.setattr(looking, "_NOTE", Limits(size=64_000, seconds=0.2))
    there.answers["/log/checkpoint"] = dripping(b"HTTP/1.1 200 OK\r\n\r\n")
    assert "too long" in looked()
