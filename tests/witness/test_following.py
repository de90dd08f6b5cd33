"""A log that we witness changes its key: followed by what the old key signed of the new one, and no other."""

from hashlib import sha256

import pytest
from tests.exchange.sites import says
from tests.witness.others import Log, key_of, serve
from tests.witness.watching import AFTER, LATER, looked

from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.witness import following, seen
from masthead.newsroom.witness.alarms import evidence_of
from masthead.newsroom.witness.commands import add_log, add_witness, end
from masthead.newsroom.witness.looking import look
from masthead.newsroom.witness.models import Alarm, Doubted, FollowedKey, RevokedKey, WitnessedLog
from masthead.newsroom.witness.said import changes_of
from masthead.newsroom.witness.status import status
from masthead.tlog import note
from masthead.tlog.conflict import Conflict, Shows
from masthead.tlog.cosignature import CosignerKey
from masthead.tlog.handover import Ground, Handover, Revocation
from masthead.tlog.note import VerifierKey


def kinds() -> list[Kind]:
    return [Kind(each) for each in Entry.objects.order_by("place").values_list("kind", flat=True)][-2:]


def without_old(log: Log, private, key: VerifierKey) -> str:
    """The newest head of a log, signed with another key alone."""
    return str(note.sign(log.note().text, key, private.sign))


@pytest.mark.parametrize("along", [True, False])
def test_a_new_key_is_followed_by_its_hand_over_and_kept_on_record(log, first, there, along):
    serve(there, log.rotate("second", along=along))
    assert looked(LATER) == ""
    kept = FollowedKey.objects.get()
    assert (kept.previous, kept.key, kept.from_size) == (str(first), str(log.key), 8)
    assert kinds()[-1] == Kind.LOG_KEY_FOLLOWED
    assert WitnessedLog.objects.get().key == str(first)
    assert note.verify(note.parse(seen.remembered(first.name).note), log.key)
    log.before = []
    assert log.grow(2).push(8, now=LATER).status == 200
    serve(there, log)
    assert looked(AFTER) == ""
    assert FollowedKey.objects.count() == 1
    assert verify_log().intact


def test_what_became_of_its_keys_is_told_at_every_door(log, first, there):
    serve(there, log.rotate("second").revoke(first))
    looked(LATER)
    [standing] = status()
    assert standing.key == str(log.key)
    said = [str(each) for each in changes_of(standing)]
    assert any("8 entries" in each and log.key.key_id.hex() in each for each in said)
    assert any("revoked" in each and first.key_id.hex() in each for each in said)


def test_several_changes_are_followed_at_once(log, first, there):
    serve(there, log.rotate("second").grow(3).rotate("third").grow(1))
    assert looked(LATER) == ""
    assert [each.from_size for each in FollowedKey.objects.order_by("from_size")] == [8, 12]


def test_the_old_key_alone_is_refused_from_the_hand_over_on_and_compared(log, first, there):
    private = log.private
    serve(there, log.rotate("second", along=True))
    looked(LATER)
    fork = log.copy().grow(2, "other")
    fork.before, fork.private, fork.key = [], private, first
    assert fork.push(8).status == 403
    serve(there, log.grow(5))
    assert "contradict" in looked(LATER)
    alarm = Alarm.objects.get()
    assert Conflict.parse(evidence_of(alarm).to_json().encode()).shows(first) is Shows.FORK


def test_an_old_key_alone_at_its_address_is_told_and_not_cosigned(log, first, there):
    private = log.private
    serve(there, log.rotate("second", along=True))
    looked(LATER)
    serve(there, log.grow(2))
    there.answers["/log/checkpoint"] = says(without_old(log, private, first).encode())
    assert "no longer signs" in looked(LATER)
    assert seen.remembered(first.name).size == 8


@pytest.mark.parametrize("signers", ["new alone", "old alone", "other"])
def test_a_key_without_a_hand_over_by_both_is_refused(log, first, there, signers):
    private = log.private
    log.rotate("second")
    said = {
        "new alone": [(log.private, log.key)],
        "old alone": [(private, first)],
        "other": [
            (key_of("other"), VerifierKey(first.name, key_of("other").public_key().public_bytes_raw()))
        ],
    }[signers]
    log.statements.clear()
    log.say(str(Handover(log.key, log.size)), *said)
    serve(there, log)
    assert "nor with one that its key has handed over to" in looked(LATER)
    assert not FollowedKey.objects.exists()
    assert log.push(7).status == 403
    assert seen.remembered(first.name).size == 7


def test_a_replaced_key_is_not_followed_and_told(log, first, there, small):
    serve(there, log.replace("second").revoke(first))
    assert "lost or may be in other hands" in looked(LATER)
    assert not FollowedKey.objects.exists()
    assert not RevokedKey.objects.exists()
    add_log(small.steward, str(log.key), there.url("/log"))
    assert look(WitnessedLog.objects.latest("added_at"), now=LATER).well
    assert "end the one before" in looked(LATER)


def test_two_hand_overs_of_one_key_are_told_and_neither_is_followed(log, first, there):
    old = (log.private, first)
    serve(there, log.rotate("second", along=True))
    other = Log(first.name, "thief")
    log.say(str(Handover(other.key, log.size)), old, (other.private, other.key))
    serve(there, log)
    assert "handed over to two" in looked(LATER)
    assert not FollowedKey.objects.exists()


def test_a_second_hand_over_after_one_was_followed_is_told(log, first, there):
    old = (log.private, first)
    serve(there, log.rotate("second"))
    assert looked(LATER) == ""
    kept, log.statements = log.statements, []
    thief = Log(first.name, "thief")
    log.say(str(Handover(thief.key, log.size)), old, (thief.private, thief.key))
    serve(there, log.grow(1))
    assert "handed over to two" in looked(LATER)
    assert FollowedKey.objects.get().statement == kept[0]
    assert seen.remembered(first.name).size == 9


def test_a_key_that_was_followed_and_is_revoked_raises_no_alarm_any_more(log, first, there):
    private = log.private
    serve(there, log.rotate("second").revoke(first))
    assert looked(LATER) == ""
    assert kinds() == [Kind.LOG_KEY_FOLLOWED, Kind.LOG_KEY_GONE]
    thief = log.copy().grow(2, "other")
    thief.private, thief.key = private, first
    assert thief.push(9).status == 403
    assert not Doubted.objects.exists()
    serve(there, thief)
    del there.answers["/log/keys"]
    assert "not signed with its key" in looked(LATER)
    assert not Alarm.objects.exists()


def test_a_key_that_revokes_itself_signs_nothing_more(log, first, there):
    serve(there, log.revoke(first).grow(1))
    assert "revoked" in looked(LATER)
    assert RevokedKey.objects.get().from_size == 8
    assert log.push(7).status == 403
    assert seen.remembered(first.name).size == 7


def test_a_revocation_that_takes_back_what_was_seen_is_not_believed(log, first, there):
    """Else a log could sign a fork, and revoke the key that shows it."""
    serve(there, log.rotate("second").revoke(first, 3))
    assert "takes back" in looked(LATER)
    assert not RevokedKey.objects.exists()


def test_an_older_key_revokes_none_that_came_after_it(log, first, there):
    old = (log.private, first)
    serve(there, log.rotate("second"))
    looked(LATER)
    log.say(str(Revocation(log.key, Ground.STOLEN, 8, None)), old)
    serve(there, log.grow(1))
    assert looked(LATER) == ""
    assert not RevokedKey.objects.exists()


def test_a_fork_with_each_half_under_another_key_is_shown_to_who_has_the_first(log, first, there, small):
    witness = CosignerKey("tribune.example/w", key_of("w").public_key().public_bytes_raw())
    add_witness(small.steward, str(witness), there.url("/w"))
    fork = log.copy().grow(4, "other")
    digest = sha256(first.name.encode()).hexdigest()
    there.answers[f"/w/{digest}/checkpoint"] = says(str(fork.note()).encode())
    serve(there, log.rotate("second").grow(6))
    assert "contradict" in looked(LATER)
    file = Conflict.parse(evidence_of(Alarm.objects.get()).to_json().encode())
    assert file.shows(first) is Shows.FORK


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (says(b"", "404 Not Found"), ""),
        (says(b"", "403 Forbidden"), ""),
        (says(b"<!doctype html><p>Not here."), ""),
        (says(b"\xff"), ""),
        (says(b"masthead log keys v1\nnothing\n"), "cannot be read"),
        (says(b"masthead log keys v1\n" + b"x" * 400_000), "larger than"),
    ],
)
def test_what_is_no_list_of_keys_is_in_the_way_of_nothing(log, first, there, answer, said):
    serve(there, log.grow(2))
    there.answers["/log/keys"] = answer
    assert said in looked(LATER)
    assert bool(said) == bool(looked(LATER))
    assert seen.remembered(log.key.name).size == 9


def test_a_list_of_another_log_is_not_taken(log, first, there):
    other = Log("tribune.example/log").grow(1).rotate("second")
    serve(there, log.grow(2))
    there.answers["/log/keys"] = says(other.key_list())
    assert "cannot be read" in looked(LATER)


def test_keys_are_not_followed_without_end(log, first, there):
    """Each is an entry of our own log, and making keys costs nothing."""
    for number in range(following.MOST + 3):
        log.rotate(f"key {number}")
    serve(there, log)
    assert "more often" in looked(LATER)
    assert FollowedKey.objects.count() == following.MOST


def test_revocations_are_not_recorded_without_end_either(log, first, there):
    for number in range(following.MOST + 3):
        before = log.key
        log.rotate(f"key {number}").revoke(before)
    serve(there, log)
    looked(LATER)
    assert FollowedKey.objects.count() == following.MOST
    assert RevokedKey.objects.count() <= following.MOST + 1


def test_a_key_that_was_revoked_hands_over_no_more(log, first, there):
    """Whoever stole it would: to a key of their own."""
    old = (log.private, first)
    log.revoke(first).grow(3)
    thief = Log(first.name, "thief")
    log.say(str(Handover(thief.key, log.size)), old, (thief.private, thief.key))
    log.private, log.key, log.before = thief.private, thief.key, []
    serve(there, log)
    assert "revoked" in looked(LATER)
    assert not FollowedKey.objects.exists()
    assert "revoked" in looked(LATER)
    assert not FollowedKey.objects.exists()
    assert seen.remembered(first.name).size == 7


def test_a_log_that_is_added_again_with_its_first_key_is_followed_again(log, first, there, small):
    serve(there, log.rotate("second"))
    looked(LATER)
    end(small.steward, WitnessedLog.objects.get())
    assert log.push(8).status == 404
    again = add_log(small.steward, str(first), there.url("/log"))
    assert look(again, now=LATER).well
    assert again.followed.get().key == str(log.key)
