"""Ask a witness to cosign the newest checkpoint of our log: C2SP tlog-witness, the log's side."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from masthead.errors import MastheadError
from masthead.exchange import Answered, Deadline, Limits, ask
from masthead.language import Message
from masthead.newsroom.evidence import tree
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.evidence.models import Checkpoint, Cosignature
from masthead.newsroom.evidence.said_of_it import keep_cosignature
from masthead.newsroom.outside import allowed
from masthead.newsroom.witness import alarms, contacts, seen
from masthead.newsroom.witness.contacts import WELL, Went
from masthead.newsroom.witness.looking import view_of
from masthead.newsroom.witness.models import AskedWitness
from masthead.newsroom.witness.seen import Head
from masthead.newsroom.witness.words import Fault
from masthead.tlog import checkpoint as tlog
from masthead.tlog import cosignature, note
from masthead.tlog.conflict import Conflict, Garbled, difference
from masthead.tlog.cosignature import CosignerKey
from masthead.tlog.note import Malformed, Note
from masthead.tlog.proofs import Missing
from masthead.tlog.submission import SIZE_TYPE, Submission, read_size

AGAIN = timedelta(hours=24)
"""After how long a witness is asked again about a checkpoint that is still the newest."""
OFF = timedelta(minutes=5)
"""How far apart clocks may be."""
_LIMITS = Limits(size=64_000, seconds=15.0, redirects=0)
_HEADERS = {"Content-Type": "text/plain; charset=utf-8"}
_AWAY = 500
_REFUSED = {
    403: Message("It does not take the key of our log, or has an alarm open about it."),
    404: Message("It does not witness our log."),
    409: Message(
        "It has seen another head of our log, and what it was sent does not go on from that (409): two copies"
        " of our log may be running."
    ),
    422: Message("It says that our log does not contain what it has seen of it before."),
    429: Message("It is asked too often."),
}


class _Refused(Exception):
    """The witness does not cosign."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


def newest() -> Checkpoint | None:
    """The newest checkpoint that says anything."""
    return Checkpoint.objects.filter(size__gt=0).order_by("-size").first()


def waits(witness: AskedWitness, published: Checkpoint, now: datetime) -> bool:
    """Whether this witness has not cosigned the newest checkpoint, or not lately."""
    given = _given(witness).filter(checkpoint=published, said_at__gt=now - AGAIN)
    return not given.exists()


def ask_to_cosign(witness: AskedWitness, *, now: datetime | None = None) -> Went:
    """Ask once, keep the cosignature if it is good, and say how it went."""
    moment = now or datetime.now(UTC)
    published = newest()
    if published is None:
        return Went(Message("Nothing of our log is signed yet."))
    try:
        _ask(witness, published, moment)
        went = WELL
    except _Refused as refused:
        went = Went(refused.why)
    except MastheadError as error:
        went = Went(error.what)
    contacts.note(str(witness.pk), went, moment, again=timedelta(0))
    return went


def _ask(witness: AskedWitness, published: Checkpoint, now: datetime) -> None:
    last = _given(witness).order_by("-checkpoint_id").first()
    answer = _sent(witness, published, last.checkpoint_id if last else 0)
    if answer.status == 409:
        size = _size(answer)
        published = _newer(published)
        if size > published.size:
            said = {"size": size, "ours": published.size}
            raise _Refused(
                Message(
                    "It has seen %(size)s entries of our log, and ours has %(ours)s: what is here is older"
                    " than what the world has seen.",
                    said,
                )
                if _look_at_ourselves(witness, published, now)
                else Message(
                    "It says that it has seen %(size)s entries of our log, and ours has %(ours)s; but it"
                    " shows none with our signature that ours lacks.",
                    said,
                )
            )
        answer = _sent(witness, published, size)
    if answer.status != 200:
        _look_at_ourselves(witness, published, now)
        why = _REFUSED.get(answer.status)
        said = {"status": answer.status}
        if why is None and answer.status >= _AWAY:
            why = Message("It cannot cosign just now (%(status)s): it is read-only, or away.", said)
        raise _Refused(why or Message("It answered %(status)s.", said))
    _keep(witness, published, answer.content, now)


def _newer(published: Checkpoint) -> Checkpoint:
    """Our newest checkpoint now: another process may have published meanwhile, and the witness looked."""
    return newest() or published


def _sent(witness: AskedWitness, published: Checkpoint, old: int) -> Answered:
    proof = tuple(tree.consistency(old, published.size))
    body = Submission(old, proof, note.parse(published.note)).body()
    return ask(f"{witness.address}/add-checkpoint", body, _HEADERS, limits=_LIMITS, allow=allowed())


def _size(answer: Answered) -> int:
    try:
        if answer.media_type != SIZE_TYPE:
            raise Malformed("no size")
        return read_size(answer.content.decode().removesuffix("\n"))
    except (Malformed, UnicodeDecodeError) as error:
        raise _Refused(Message("It gave an answer that is no answer of a witness.")) from error


def _keep(witness: AskedWitness, published: Checkpoint, content: bytes, now: datetime) -> None:
    """Keep the one line that is the witness's; what others signed besides is passed over."""
    key, text = CosignerKey.parse(witness.key), note.parse(published.note).text
    try:
        lines = key.lines_in(note.signatures(content.decode()))
    except (Malformed, UnicodeDecodeError) as error:
        raise _Refused(Message("It gave an answer that is no answer of a witness.")) from error
    time = cosignature.time_of(text, lines[0], key) if len(lines) == 1 else None
    if time is None:
        raise _Refused(Message("What it gave is not signed with its key; it was not kept."))
    if time > (now + OFF).timestamp():
        raise _Refused(Message("Its clock is ahead of ours; what it gave was not kept."))
    said_at = datetime.fromtimestamp(time, UTC)
    # What is kept only ever goes on in time, so that the newest checkpoint has the newest cosignature.
    last = _given(witness).order_by("-checkpoint_id").first()
    if (last is not None and said_at < last.said_at) or said_at < published.signed_at - OFF:
        raise _Refused(
            Message("It signed with a time before what it has signed already: its clock was set back.")
        )
    keep_cosignature(published, lines[0], said_at)


def _look_at_ourselves(witness: AskedWitness, published: Checkpoint, now: datetime) -> bool:
    """Raise the alarm about our own log where the witness shows a head with our signature that it lacks.

    Gives whether it does.
    """
    keys = tuple(reversed(ring(settings.MASTHEAD_HOME).list.keys))
    ours = [str(each.key) for each in keys]

    def read(found: Note) -> Head | None:
        # A witness may show what an earlier key of ours has signed; but what a revoked one signs from there
        # on is the word of whoever has it now.
        size = tlog.Checkpoint.parse(found.text).size
        gone = {str(each.key) for each in keys if each.revoked_from is not None and each.revoked_from <= size}
        return seen.signed(found, [line for line in ours if line not in gone])

    origin = tlog.Checkpoint.parse(note.parse(published.note).text).origin
    theirs = view_of(witness, origin, read, Deadline(_LIMITS.seconds))
    # Read once more after their view and not before: of what they could see of ours, nothing is newer.
    published = _newer(published)
    mine = seen.signed(note.parse(published.note), ours)
    if theirs is None or mine is None:
        return False
    conflict, fault = Conflict(str(theirs.note), str(mine.note)), Fault.ROLLBACK
    if theirs.checkpoint.size <= published.size:
        try:
            found = difference(theirs.checkpoint, tlog.Checkpoint.parse(mine.note.text), tree.at)
        except (Garbled, Missing):
            return False
        if found is None:
            return False
        fault = Fault.FORK
        conflict = Conflict(conflict.known, conflict.shown, found.other_root, found.proof)
    alarms.raise_alarm(mine, fault, conflict, told_by=witness.name, now=now)
    return True


def _given(witness: AskedWitness) -> QuerySet[Cosignature]:
    key_id = CosignerKey.parse(witness.key).key_id
    return Cosignature.objects.filter(name=witness.name, key_id=key_id).select_related("checkpoint")
