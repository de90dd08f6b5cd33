"""A log asks for our cosignature: each answer that C2SP tlog-witness names, and nothing is forgotten."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.newsroom.at_once import at_once
from tests.witness.others import Log

from masthead.errors import NotReady, Refused, Unavailable
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.witness import doubts, keys, memory, seen
from masthead.newsroom.witness.alarms import end_alarm, evidence_of
from masthead.newsroom.witness.answering import add_checkpoint
from masthead.newsroom.witness.commands import add_log, end, new_key
from masthead.newsroom.witness.looking import look
from masthead.newsroom.witness.models import Alarm, Doubted, Seen, WitnessedLog
from masthead.tlog import cosignature, note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.conflict import Shows
from masthead.tlog.note import Malformed
from masthead.tlog.submission import Submission

ADDRESS = "/log/witness/add-checkpoint"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def time_of(log: Log, body: str) -> int | None:
    """When we cosigned the newest head of `log` with this answer."""
    [line] = note.signatures(body)
    return cosignature.time_of(log.note().text, line, keys.own(_home(), "herald.example/log").key)


def _home():
    from django.conf import settings

    return settings.MASTHEAD_HOME


def test_a_first_head_is_cosigned_and_remembered(gazette):
    answer = gazette.push(0, now=NOW)
    assert answer.status == 200
    assert time_of(gazette, answer.body) == int(NOW.timestamp())
    known = seen.remembered(gazette.key.name)
    assert (known.size, known.note) == (7, str(gazette.note()))


def test_a_head_that_grew_from_the_last_is_cosigned(gazette):
    gazette.push(0)
    assert gazette.grow(300).push(7).status == 200
    assert seen.remembered(gazette.key.name).size == 307


def test_the_same_head_is_cosigned_again(gazette):
    gazette.push(0, now=NOW)
    answer = gazette.push(7, now=NOW + timedelta(hours=1))
    assert time_of(gazette, answer.body) == int(NOW.timestamp()) + 3600


def test_the_same_head_sent_again_at_once_costs_no_write(gazette, home):
    """Anybody can send it, as often as they like: it was signed by the log and is known."""
    first = gazette.push(0, now=NOW)
    file, row = memory.path(home, gazette.key.name), Seen.objects.values().get()
    written = file.stat()
    with CaptureQueriesContext(connection) as asked:
        again = [gazette.push(7, now=NOW + timedelta(seconds=59)) for _ in range(3)]
    assert {each.body for each in again} == {first.body}
    assert not [each for each in asked if not each["sql"].startswith("SELECT")]
    assert (file.stat().st_ino, Seen.objects.values().get()) == (written.st_ino, row)
    assert (
        time_of(gazette, gazette.push(7, now=NOW + timedelta(seconds=60)).body) == int(NOW.timestamp()) + 60
    )


def test_what_is_refused_is_refused_before_anything_is_locked(gazette):
    gazette.push(0)
    with CaptureQueriesContext(connection) as asked:
        assert gazette.push(0).status == 409
    assert not [each for each in asked if not each["sql"].startswith("SELECT")]


def test_every_line_of_the_keys_of_the_log_is_kept_whoever_sent_it(gazette, small):
    """While one key hands over to the next, a note has two lines: the later one may show a fork."""
    fresh = Log(gazette.key.name, "fresh")
    add_log(small.steward, str(fresh.key), "http://127.0.0.1:1/log")
    both = note.sign_too(gazette.note(), fresh.key, fresh.private.sign)
    stranger = Log("stranger.example/log")
    more = note.sign_too(both, stranger.key, stranger.private.sign)
    assert gazette.push(0, now=NOW).status == 200
    assert add_checkpoint(Submission(7, (), more).body(), now=NOW).status == 200
    assert seen.remembered(gazette.key.name).note == str(both)
    assert gazette.push(7, now=NOW + timedelta(hours=1)).status == 200
    assert seen.remembered(gazette.key.name).note == str(both)


def test_a_log_that_signs_one_head_in_many_ways_makes_us_remember_no_more(gazette, home):
    """Ed25519 lets whoever has the key do so; two lines of one key in a note are no signature at all."""
    gazette.push(0, now=NOW)
    first = seen.remembered(gazette.key.name).note
    for nonce in range(2, 6):
        body = Submission(7, (), gazette.signed_with(nonce)).body()
        assert add_checkpoint(body, now=NOW).status == 200
    known = seen.remembered(gazette.key.name)
    assert known.note == memory.read(home, gazette.key.name).note == first
    fork = Log().grow(7, "other")
    assert fork.push(7).status == 409
    assert evidence_of(Alarm.objects.get()).shows(gazette.key) is Shows.FORK


def test_heads_of_a_log_that_was_never_seen_are_kept_to_a_number_too(gazette):
    notes = [gazette.grow(1).note() for _ in range(doubts.MOST + 3)]
    for each in notes:
        assert add_checkpoint(Submission(0, (bytes(32),), each).body()).status == 422
    assert Doubted.objects.count() == doubts.MOST


@pytest.mark.database
def test_heads_that_come_at_once_are_counted_one_after_the_other(gazette):
    bodies = [Submission(0, (bytes(32),), gazette.grow(1).note()).body() for _ in range(doubts.MOST + 8)]
    at_once(*(partial(add_checkpoint, each) for each in bodies))
    assert Doubted.objects.count() == doubts.MOST


def test_a_checkpoint_with_lines_of_its_own_is_refused_and_never_shown(gazette, small):
    """Whatever stood in them would be shown to everybody, in our name."""
    head = Checkpoint(gazette.key.name, 7, gazette.tree().root(), ("Jean Tarrou, rue d'Isly 7",))
    signed = note.sign(str(head), gazette.key, gazette.private.sign)
    answer = add_checkpoint(Submission(0, (), signed).body())
    assert (answer.status, answer.body) == (400, "a checkpoint with extension lines is not witnessed here\n")
    assert seen.remembered(gazette.key.name).size == 0
    gazette.push(0)
    other = note.sign(str(head).replace("\n7\n", "\n8\n"), gazette.key, gazette.private.sign)
    assert add_checkpoint(Submission(7, (), other).body()).status == 400
    assert not Alarm.objects.exists()
    assert "Tarrou" not in Seen.objects.get().note
    assert not Doubted.objects.exists()


def test_another_old_size_is_told_the_one_we_know(gazette):
    gazette.push(0)
    answer = gazette.grow(3).push(5)
    assert (answer.status, answer.body, answer.media_type) == (409, "7\n", "text/x.tlog.size")
    assert gazette.push(0).body == "7\n"


def test_an_address_longer_than_is_kept_is_refused(small):
    log, address = Log("tribune.example/log"), "https://tribune.example/"
    with pytest.raises(Refused, match="2,000 characters"):
        add_log(small.steward, str(log.key), address + "x" * (2001 - len(address)))
    added = add_log(small.steward, str(log.key), address + "x" * (2000 - len(address)))
    assert len(added.address) == 2000


def test_a_log_that_we_do_not_witness_is_not_found(gazette, small):
    assert Log("other.example/log").grow(2).push(0).status == 404
    end(small.steward, WitnessedLog.objects.get())
    assert gazette.push(0).status == 404


def test_a_note_that_the_log_did_not_sign_is_forbidden(gazette):
    assert Log(gazette.key.name, "another").grow(9).push(0).status == 403


def test_an_old_size_beyond_the_checkpoint_is_bad(gazette):
    body = Submission(8, (), gazette.note()).body()
    assert add_checkpoint(body).status == 400


def test_a_proof_that_does_not_hold_is_refused_without_an_alarm(gazette):
    """Anyone can send the log's own note with a wrong proof: that shows nothing about the log."""
    gazette.push(0)
    body = Submission(7, (bytes(32),), gazette.grow(3).note()).body()
    assert add_checkpoint(body).status == 422
    assert not Alarm.objects.exists()
    assert seen.remembered(gazette.key.name).size == 7
    assert Doubted.objects.get().note == str(gazette.note())


def test_a_first_head_comes_without_a_proof(gazette):
    assert add_checkpoint(Submission(0, (bytes(32),), gazette.note()).body()).status == 422


def test_a_smaller_head_is_told_what_we_know_and_kept_to_be_compared(gazette):
    gazette.push(0)
    fork = Log().grow(3, "other")
    assert fork.push(0).body == "7\n"
    assert Doubted.objects.get().note == str(fork.note())
    assert gazette.grow(2).push(0).status == 409, "a larger one is asked for with its proof"
    assert Doubted.objects.count() == 1


def test_two_roots_of_one_size_raise_the_alarm_and_both_notes_are_kept(gazette):
    fork = gazette.copy().grow(2, "other")
    gazette.grow(2).push(0)
    assert fork.push(9).status == 409
    alarm = Alarm.objects.get()
    assert (alarm.known, alarm.shown) == (str(gazette.note()), str(fork.note()))
    assert evidence_of(alarm).shows(gazette.key) is Shows.FORK
    assert verify_log().intact


def test_a_fork_across_a_change_of_key_is_kept_with_both_keys(gazette, small):
    gazette.push(0)
    fork = Log(gazette.key.name, "fresh").grow(7, "other")
    add_log(small.steward, str(fork.key), "http://127.0.0.1:1/log")
    assert fork.push(7).status == 409
    kept = evidence_of(Alarm.objects.get())
    assert kept.keys == (str(gazette.key), str(fork.key))
    assert kept.shows(gazette.key) is kept.shows(fork.key) is Shows.NOTHING
    assert kept.shows(gazette.key, fork.key) is Shows.FORK


def test_under_an_alarm_nothing_of_that_log_is_cosigned_until_a_person_ends_it(gazette, small):
    fork = gazette.copy().grow(2, "other")
    gazette.grow(2).push(0)
    fork.push(9)
    assert gazette.grow(1).push(9).status == 403
    end_alarm(small.steward, Alarm.objects.get(), "The Gazette says its backup was put back.")
    assert gazette.push(9).status == 200
    assert verify_log().intact


def test_what_a_person_found_is_kept_whole_or_refused(gazette, small):
    gazette.push(0)
    Log(gazette.key.name).grow(7, "other").push(7)
    alarm = Alarm.objects.get()
    with pytest.raises(Refused, match="2,000 characters"):
        end_alarm(small.steward, alarm, "x" * 2001)
    assert end_alarm(small.steward, alarm, "x" * 2000).note == "x" * 2000


def test_a_clock_that_was_set_back_signs_nothing(gazette):
    gazette.push(0, now=NOW)
    gazette.grow(1)
    assert gazette.push(7, now=NOW - timedelta(seconds=2)).status == 503
    assert seen.remembered(gazette.key.name).size == 7
    assert gazette.push(7, now=NOW).status == 200


def test_a_clock_that_was_ahead_once_is_left_behind_with_a_new_key(gazette, home, small):
    first = keys.own(home, "herald.example/log").key
    gazette.push(0, now=NOW + timedelta(days=3650))
    assert gazette.push(7, now=NOW).status == 503
    with pytest.raises(Unavailable, match="witness key --new"):
        seen.cosign(seen.signed(gazette.note(), [str(gazette.key)]), 7, (), now=NOW)
    fresh = new_key(small.steward).key
    assert fresh != first
    # What was seen counts on, and the new key says nothing until it is asked.
    assert seen.view(gazette.key.name) == str(gazette.note())
    assert gazette.copy().grow(1).push(0).body == "7\n"
    answer = gazette.push(7, now=NOW)
    assert (answer.status, time_of(gazette, answer.body)) == (200, int(NOW.timestamp()))
    assert cosignature.cosigned(note.parse(seen.view(gazette.key.name)), fresh) == int(NOW.timestamp())
    assert [path.name for path in (home / "keys").glob("witness-*")] == ["witness-before-1.key"]


def test_a_key_that_others_may_read_signs_nothing(gazette, home):
    (home / keys.PRIVATE).chmod(0o644)
    assert gazette.push(0).status == 503
    with pytest.raises(NotReady, match="Others on this machine"):
        keys.line_of()
    assert seen.remembered(gazette.key.name).size == 0
    (home / keys.PRIVATE).chmod(0o640)
    assert gazette.push(0).status == 200


def test_a_witness_whose_own_record_is_damaged_signs_nothing(gazette, home):
    (home / damage.FILE).write_text("{}")
    assert gazette.push(0).status == 503
    assert seen.remembered(gazette.key.name).size == 0


def test_a_database_restored_from_an_older_backup_does_not_forget(gazette):
    fork = gazette.copy().grow(5, "other")
    gazette.push(0)
    older = Seen.objects.get()
    gazette.grow(2).push(7)
    Seen.objects.filter(pk=older.pk).update(size=older.size, root=older.root, note=older.note)
    answer = fork.push(7)
    assert (answer.status, answer.body) == (409, "9\n")
    assert fork.push(9).status == 422
    assert gazette.grow(1).push(9).status == 200


def test_a_memory_that_contradicts_itself_signs_nothing(gazette, home):
    gazette.push(0)
    file = memory.path(home, gazette.key.name)
    file.write_text(file.read_text().replace(Seen.objects.get().root, "00" * 32))
    assert gazette.grow(1).push(7).status == 503
    file.write_text("{")
    assert gazette.push(7).status == 503


@pytest.mark.parametrize(
    "change",
    [{"root": "zz"}, {"root": 7}, {"size": 8}, {"size": 8, "note": ""}, {"size": 8, "note": "x"}],
)
def test_a_memory_whose_note_is_not_of_its_head_signs_nothing(gazette, home, change):
    """Compared with that, whatever the log sends would look like a fork."""
    gazette.push(0)
    file = memory.path(home, gazette.key.name)
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    for old in (7, 8):
        assert gazette.grow(1).push(old).status == 503
    assert "does not agree" in str(look(WitnessedLog.objects.get()).trouble)
    digest = sha256(gazette.key.name.encode()).hexdigest()
    answer = Client().get(f"/log/witness/{digest}/checkpoint")
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert not Alarm.objects.exists()


def test_a_row_whose_note_is_not_of_its_head_signs_nothing(gazette, home):
    gazette.push(0)
    Seen.objects.update(size=8)
    assert gazette.grow(1).push(8).status == 503
    assert not Alarm.objects.exists()


def test_a_log_that_is_added_again_is_not_met_as_new(gazette, small):
    gazette.push(0)
    end(small.steward, WitnessedLog.objects.get())
    add_log(small.steward, str(gazette.key), "http://127.0.0.1:1/log")
    assert gazette.push(0).body == "7\n"


def test_over_the_network_it_takes_a_post_of_a_stranger_and_nothing_else(gazette):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(ADDRESS, gazette.submission(0), content_type="text/plain")
    assert answer.status_code == 200
    assert time_of(gazette, answer.content.decode()) is not None
    assert not answer.cookies
    behind = client.post(ADDRESS, gazette.submission(0), content_type="text/plain")
    assert (behind.status_code, behind["Content-Type"]) == (409, "text/x.tlog.size")
    assert client.get(ADDRESS).status_code == 405
    assert client.post(ADDRESS, b"x" * 70_000, content_type="text/plain").status_code == 413
    assert client.post(ADDRESS, b"nothing", content_type="text/plain").status_code == 400


def test_who_asks_without_end_is_told_to_wait(gazette):
    client = Client()
    statuses = {client.post(ADDRESS, b"x", content_type="text/plain").status_code for _ in range(121)}
    assert statuses == {400, 429}


def test_anybody_sees_what_we_have_seen_with_our_word_for_it(gazette):
    from hashlib import sha256

    digest = sha256(gazette.key.name.encode()).hexdigest()
    client = Client()
    assert client.get(f"/log/witness/{digest}/checkpoint").status_code == 404
    gazette.push(0, now=NOW)
    shown = note.parse(client.get(f"/log/witness/{digest}/checkpoint").content.decode())
    assert note.verify(shown, gazette.key)
    ours = cosignature.CosignerKey.parse(client.get("/log/witness/key").content.decode())
    assert cosignature.cosigned(shown, ours) == int(NOW.timestamp())
    assert client.get("/log/witness/nothing/checkpoint").status_code == 404


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(body):
    try:
        Submission.parse(body)
    except Malformed:
        assert add_checkpoint(body).status == 400


@given(st.integers(0, 10**17), st.lists(st.binary(min_size=32, max_size=32), max_size=63))
def test_a_submission_reads_back_as_it_was_written(old, proof):
    made = Submission(old, tuple(proof), Log().grow(3).note())
    assert Submission.parse(made.body()) == made


@pytest.mark.parametrize(
    "line", ["old 01", "old -1", "old \u0661", "old", "old 1 2", "new 1", "old " + "1" * 30]
)
def test_an_old_size_is_a_plain_number(line):
    with pytest.raises(Malformed):
        Submission.parse(f"{line}\n\n{Log().grow(1).note()}".encode())


def test_a_proof_is_no_longer_than_a_tree_can_be_high():
    with pytest.raises(Malformed):
        Submission.parse(Submission(1, (bytes(32),) * 64, Log().grow(2).note()).body())
