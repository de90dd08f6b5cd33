"""We ask a witness: what it cosigns is kept, and what it should not have said is told and not kept."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.conf import settings
from django.db import connection
from tests.evidence.desk import add_person
from tests.exchange.sites import Answer, Site, says
from tests.witness.others import Witness, key_of, size_says, witness_at

from masthead.newsroom.accounts.commands.log_keys import revoke, rotate
from masthead.newsroom.evidence import high_water
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.keys import PRIVATE, FileSigner
from masthead.newsroom.evidence.models import Checkpoint, Cosignature
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.served import checkpoint as served
from masthead.newsroom.witness import asking
from masthead.newsroom.witness.commands import add_witness
from masthead.newsroom.witness.models import Alarm, AskedWitness, Contact
from masthead.newsroom.witness.words import Fault
from masthead.tlog import cosignature, note
from masthead.tlog.handover import Ground
from masthead.tlog.note import encode
from masthead.tlog.proofs import verify_consistency


@pytest.fixture
def witness() -> Witness:
    return Witness(time=int(datetime.now(UTC).timestamp()))


@pytest.fixture
def there(small, reach, witness) -> Iterator[Site]:
    with witness_at(witness) as made:
        reach(made.port)
        add_witness(small.steward, str(witness.key), made.url("/w"))
        publish_checkpoint()
        yield made


def asked(**options) -> str:
    """Ask; gives what was in the way, empty where nothing was."""
    return str(asking.ask_to_cosign(AskedWitness.objects.get(), **options).trouble or "")


def test_a_cosignature_is_kept_and_served_with_the_checkpoint(there, witness):
    assert asked() == ""
    kept = Cosignature.objects.get()
    assert kept.said_at == datetime.fromtimestamp(witness.time, UTC)
    assert cosignature.cosigned(note.parse(served().decode()), witness.key) == witness.time


def test_it_is_sent_the_proof_from_what_it_has_seen(there, witness):
    asked()
    first = Checkpoint.objects.get(size=witness.seen)
    add_person("Grace")
    publish_checkpoint()
    assert asked() == ""
    [_, sent] = witness.submissions
    newest = Checkpoint.objects.order_by("-size")[0]
    assert sent.old == first.size
    assert verify_consistency(first.size, newest.size, bytes(first.root), bytes(newest.root), sent.proof)


def test_a_witness_that_has_seen_another_size_is_asked_again_from_there(there, witness):
    asked()
    first = witness.seen
    with lifted():
        Cosignature.objects.all().delete()
    add_person("Grace")
    publish_checkpoint()
    assert asked() == ""
    assert [sent.old for sent in witness.submissions] == [0, 0, first]


def test_it_is_asked_again_after_a_day_and_the_later_word_is_kept(there, witness):
    asked()
    now, published = datetime.now(UTC), asking.newest()
    [one] = AskedWitness.objects.all()
    assert not asking.waits(one, published, now)
    assert asking.waits(one, published, now + timedelta(hours=25))
    witness.time += 90_000
    assert asked(now=now + timedelta(hours=25)) == ""
    assert Cosignature.objects.get().said_at.timestamp() == witness.time


def changed(line: str) -> bytes:
    """A line of signature with another last byte."""
    [signature] = note.signatures(line)
    content = signature.signature[:-1] + bytes([signature.signature[-1] ^ 1])
    return f"{note.Signature(signature.name, signature.key_id, content)}\n".encode()


def test_what_it_signed_badly_is_not_kept(there, witness):
    witness.answers = [
        says(changed(witness.line(asking.note.parse(asking.newest().note).text, witness.time)))
    ]
    assert "not signed with its key" in asked()
    assert not Cosignature.objects.exists()
    assert Contact.objects.get().failures == 1


def test_what_another_signed_is_not_kept(there, witness):
    other = Witness(name=witness.name, private=key_of("another"))
    text = note.parse(asking.newest().note).text
    witness.answers = [says(other.line(text, witness.time).encode())]
    assert "not signed with its key" in asked()
    assert not Cosignature.objects.exists()


def test_lines_of_others_beside_its_own_are_passed_over(there, witness):
    other = Witness(name="else.example", private=key_of("another"))
    text = note.parse(asking.newest().note).text
    lines = other.line(text, witness.time) + witness.line(text, witness.time)
    witness.answers = [says(lines.encode())]
    assert asked() == ""
    assert [kept.name for kept in Cosignature.objects.all()] == [witness.name]


def test_a_cosignature_of_another_checkpoint_is_not_kept(there, witness):
    asked()
    old = note.parse(asking.newest().note).text
    add_person("Grace")
    publish_checkpoint()
    witness.answers = [says(witness.line(old, witness.time).encode())]
    assert "not signed with its key" in asked()


def test_a_witness_whose_clock_was_set_back_is_told_and_not_believed(there, witness):
    asked()
    witness.time -= 60
    assert "set back" in asked()
    assert Cosignature.objects.get().said_at.timestamp() == witness.time + 60


@pytest.mark.parametrize(("off", "said"), [(3600, "ahead of ours"), (-86_400, "set back")])
def test_a_time_that_cannot_be_is_not_believed(there, witness, off, said):
    witness.time += off
    assert said in asked()
    assert not Cosignature.objects.exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (says(b"", "404 Not Found"), "does not witness our log"),
        (says(b"", "403 Forbidden"), "does not take the key"),
        (says(b"", "422 No"), "does not contain"),
        (says(b"", "429 Wait"), "too often"),
        (says(b"", "500 Broken"), "cannot cosign just now (500)"),
        (says(b"", "503 Away"), "cannot cosign just now (503)"),
        (says(b"", "418 Teapot"), "answered 418"),
        (says(b"nonsense"), "no answer of a witness"),
        (says(b"\xff"), "no answer of a witness"),
        (says(b"x" * 70_000), "larger than"),
        (says(b"7\n", "409 Conflict"), "no answer of a witness"),
        (says(b"-7\n", "409 Conflict", Content_Type="text/x.tlog.size"), "no answer of a witness"),
        (size_says(10**6), "shows none with our signature"),
    ],
)
def test_what_else_it_answers_is_told_in_words(there, witness, answer, said):
    witness.answers = [answer]
    assert said in asked()
    assert not Cosignature.objects.exists()


def test_one_that_has_seen_another_head_of_our_size_is_told_in_words(there, witness):
    size = asking.newest().size
    witness.answers = [size_says(size), size_says(size)]
    assert "has seen another head of our log" in asked()


def test_one_that_always_knows_another_size_is_not_asked_without_end(there, witness):
    witness.answers = [size_says(3), size_says(2), size_says(3)]
    assert "409" in asked()
    assert len(witness.submissions) == 2


VIEW = f"/w/{sha256(b'herald.example/log').hexdigest()}/checkpoint"


def meanwhile(there, witness, status: str = "") -> Answer:
    """An answer of a witness to whom another process of ours has shown a newer head while we asked."""

    def answer(line, asked) -> None:
        add_person("Heidi")
        newer = publish_checkpoint()
        connection.close()
        there.answers[VIEW] = says(newer.note.encode())
        witness.seen = newer.size
        (says(b"", status) if status else size_says(newer.size))(line, asked)

    return answer


def test_a_head_that_another_process_published_while_we_asked_is_no_rollback(there, witness):
    asked()
    add_person("Grace")
    publish_checkpoint()
    witness.answers = [meanwhile(there, witness)]
    assert asked() == ""
    assert not Alarm.objects.exists()
    assert Cosignature.objects.latest("checkpoint_id").checkpoint_id == asking.newest().size


def test_before_an_alarm_about_ourselves_our_own_head_is_read_once_more(there, witness):
    witness.answers = [meanwhile(there, witness, "422 No")]
    assert "does not contain" in asked()
    assert not Alarm.objects.exists()


def test_a_head_of_ours_that_we_lack_raises_the_alarm_about_our_own_log(there, witness, home):
    """Our database is an older copy and the file beside it is gone; but a witness remembers."""
    longer = add_person("Grace")
    assert longer
    seen = publish_checkpoint()
    there.answers[VIEW] = says(seen.note.encode())
    with lifted():
        Checkpoint.objects.filter(size=seen.size).delete()
    witness.answers = [size_says(seen.size)]
    assert "older" in asked()
    alarm = Alarm.objects.get()
    assert (alarm.origin, alarm.fault, alarm.told_by) == ("herald.example/log", Fault.ROLLBACK, witness.name)
    assert high_water.read(settings.MASTHEAD_HOME).size == seen.size


def test_a_head_that_a_revoked_key_signed_raises_no_alarm_about_ourselves(small, there, witness, home):
    """Whoever stole it, and a witness that lies, could raise one in public as often as they like."""
    thief = FileSigner(home / PRIVATE, "herald.example/log")
    rotate(small.steward, days=0)
    revoke(small.steward, str(thief.key), Ground.STOLEN)
    shown = note.sign(f"herald.example/log\n1000000\n{encode(bytes(32))}\n", thief.key, thief.sign)
    there.answers[VIEW] = says(str(shown).encode())
    witness.answers = [size_says(10**6)]
    assert "shows none with our signature" in asked()
    assert not Alarm.objects.exists()
