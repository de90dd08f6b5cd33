"""A log that we witness says of its keys what it likes: none of it is in the way of what shows its fork."""

from datetime import timedelta

from tests.witness.others import Log, key_of, serve
from tests.witness.watching import LATER, looked

from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.witness import following, trusted
from masthead.newsroom.witness.alarms import evidence_of
from masthead.newsroom.witness.commands import add_log
from masthead.newsroom.witness.looking import look
from masthead.newsroom.witness.memory import Memory
from masthead.newsroom.witness.models import Alarm, FollowedKey, RevokedKey, WitnessedLog
from masthead.newsroom.witness.status import status
from masthead.tlog import note
from masthead.tlog.conflict import LARGEST, Conflict, Shows
from masthead.tlog.handover import Ground, Handover, Revocation, follow
from masthead.tlog.key_list import KeyList
from masthead.tlog.note import Note, Signature

FAR = 10**17
SLANDER = "the-editor-takes-bribes"


def written_under(said: str, length: int = 64) -> str:
    """The same note, with a line under it that bears a name somebody chose."""
    read = note.parse(said)
    return str(Note(read.text, (*read.signatures, Signature(SLANDER, b"\0" * 4, b"\1" * length))))


def taken(log: Log) -> None:
    said = KeyList.parse(log.key_list().decode())
    following.take_up(WitnessedLog.objects.get(), said, Memory(log.key.name), LATER)


def test_what_others_wrote_under_a_statement_about_a_key_is_not_kept_nor_published(log, first, there):
    for number in range(4):
        before = log.key
        log.rotate(f"key {number}").revoke(before)
    log.statements = list(map(written_under, log.statements))
    serve(there, log)
    assert looked(LATER) == ""
    assert (FollowedKey.objects.count(), RevokedKey.objects.count()) == (4, 4)
    for row in (*FollowedKey.objects.all(), *RevokedKey.objects.all()):
        assert SLANDER not in row.statement
    fork = log.copy().grow(2, "other")
    serve(there, log.grow(3))
    assert looked(LATER) == ""
    serve(there, fork.grow(5))
    assert "contradict" in looked(LATER)
    file = evidence_of(Alarm.objects.get()).to_json()
    assert SLANDER not in file
    assert Conflict.parse(file.encode()).shows(first) is Shows.FORK
    assert verify_log().intact


def test_a_statement_kept_before_with_lines_of_others_is_published_without_them(log, first):
    taken(log.rotate("second").revoke(first))
    for row in (FollowedKey.objects.get(), RevokedKey.objects.get()):
        with lifted():
            statement = written_under(row.statement, 70_000)
            type(row).objects.filter(pk=row.pk).update(statement=statement)
    assert [len(note.parse(each).signatures) for each in trusted.statements(first.name)] == [2, 1]


def test_a_line_longer_than_any_signature_makes_the_list_of_keys_unreadable(log, first, there):
    log.rotate("second")
    log.statements = [written_under(log.statements[0], 50_000)]
    serve(there, log)
    assert "cannot be read" in looked(LATER)
    assert not FollowedKey.objects.exists()


def test_as_many_keys_as_are_followed_and_their_revocations_fit_in_a_file_that_is_read(small):
    """Under the longest name there is, of characters that JSON writes as two; each signed by all that may."""
    log = Log('"' * 255).grow(7)
    first = log.key
    add_log(small.steward, str(first), "https://gazette.example/log")
    signers = [(log.private, log.key)]
    for number in range(following.MOST):
        log.rotate(f"key {number}")
        signers.append((log.private, log.key))
    for place, (_, key) in enumerate(signers):
        gone = Revocation(key, Ground.STOLEN, log.size + 1, None)
        log.say(str(gone), *signers[place:])
    log.statements = [written_under(each, 9_000) for each in log.statements]
    taken(log)
    assert (FollowedKey.objects.count(), RevokedKey.objects.count()) == (following.MOST, following.MOST + 1)
    fork, head = log.copy().grow(1, "other"), str(log.grow(1).note())
    log.before = signers
    keys = tuple(str(key) for _, key in signers)
    said = trusted.statements(first.name)
    file = Conflict(head, str(fork.note()), keys=keys, statements=said).to_json().encode()
    assert len(file) < LARGEST / 2
    assert Conflict.parse(file).shown_under(first).known_by == (log.key,)


def test_a_smaller_size_said_later_counts_whoever_revoked_the_key_before(log, first, there):
    """Else whoever stole it says that it is revoked, from a size that no log reaches."""
    old = (log.private, first)
    log.say(str(Revocation(first, Ground.OTHER, FAR, None)), old)
    serve(there, log.grow(1))
    assert looked(LATER) == ""
    log.rotate("second").revoke(first).grow(1)
    serve(there, log)
    assert looked(LATER) == ""
    assert sorted(RevokedKey.objects.values_list("from_size", flat=True)) == [10, FAR]
    [chain] = trusted.keys_of(first.name).chains
    assert chain.revoked == {first: 10}
    [standing] = status()
    assert [each.from_size for each in standing.revoked] == [10]
    said = follow(first, trusted.statements(first.name))
    assert [(each.key, each.size) for each in said.revoked] == [(first, 10)]
    thief = log.copy().grow(2, "other")
    thief.private, thief.key = old
    assert thief.push(log.size).status == 403
    assert verify_log().intact


def test_a_key_is_called_gone_from_the_size_on_that_is_named(log, first, there):
    log.say(str(Revocation(first, Ground.OTHER, FAR, None)), (log.private, first))
    serve(there, log.grow(1))
    assert looked(LATER) == ""
    assert looked(LATER) == ""
    log.say(str(Revocation(first, Ground.STOLEN, 10, None)), (log.private, first))
    serve(there, log.grow(1))
    assert looked(LATER) == ""
    assert log.grow(1).push(9).status == 403
    serve(there, log)
    assert "revoked the key" in looked(LATER)


def test_who_has_a_key_cannot_fill_our_log_with_its_revocations(log, first, there):
    """Nor use up the place of the one that counts: another is taken each day."""
    for number in range(following.FEW + 3):
        log.statements.clear()
        for more in (1, 0):
            said = Revocation(first, Ground.OTHER, FAR - 2 * number + more, None)
            log.say(str(said), (log.private, first))
        serve(there, log)
        assert looked(LATER + timedelta(minutes=number)) == ""
    assert RevokedKey.objects.count() == following.FEW
    log.say(str(Revocation(first, Ground.STOLEN, 20, None)), (log.private, first))
    serve(there, log)
    looked(LATER + timedelta(hours=23))
    assert RevokedKey.objects.count() == following.FEW
    looked(LATER + timedelta(hours=25))
    assert RevokedKey.objects.count() == following.FEW + 1
    [chain] = trusted.keys_of(first.name).chains
    assert chain.revoked == {first: 20}


def test_a_fork_of_an_earlier_key_ends_following_and_stops_no_revocation(log, first, there):
    """Else whoever stole a key that is long replaced keeps those after it from being revoked."""
    old = (log.private, first)
    serve(there, log.rotate("second"))
    assert looked(LATER) == ""
    second = log.key
    thief = Log(first.name, "thief")
    log.say(str(Handover(thief.key, log.size)), old, (thief.private, thief.key))
    log.revoke(first).rotate("fourth")
    serve(there, log)
    assert "handed over to two" in looked(LATER)
    assert [each.key for each in FollowedKey.objects.all()] == [str(second)]
    assert [each.key for each in RevokedKey.objects.all()] == [str(first)]
    log.say(str(Revocation(second, Ground.STOLEN, log.size, None)), (log.private, log.key))
    log.say(str(Revocation(second, Ground.OTHER, log.size, None)), (key_of("second"), second))
    serve(there, log)
    assert "handed over to two" in looked(LATER)
    assert RevokedKey.objects.get(key=str(second)).reason == Ground.OTHER
    assert verify_log().intact


def test_what_leads_to_a_fork_is_followed_and_nothing_past_it(log, first, there):
    log.rotate("second")
    second, old = log.key, (log.private, log.key)
    log.rotate("third")
    thief = Log(first.name, "thief")
    log.say(str(Handover(thief.key, log.size)), old, (thief.private, thief.key))
    serve(there, log)
    assert "handed over to two" in looked(LATER)
    assert [each.key for each in FollowedKey.objects.all()] == [str(second)]


def test_of_a_long_list_the_newest_statements_alone_are_followed(log, first, there, small):
    """Each costs us as much time as there are others."""
    for number in range(following.NOTES + 3):
        log.rotate(f"key {number}")
    serve(there, log)
    assert "more often" in looked(LATER)
    assert not FollowedKey.objects.exists()
    newest = add_log(small.steward, str(log.key), there.url("/log"))
    assert look(newest, now=LATER).well
    serve(there, log.rotate("another"))
    assert look(newest, now=LATER).well
    assert newest.followed.get().key == str(log.key)
