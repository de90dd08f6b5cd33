"""What we answer to a log that asks for our cosignature: C2SP tlog-witness, `add-checkpoint`."""

from dataclasses import dataclass
from datetime import datetime

from masthead.errors import MastheadError
from masthead.newsroom.witness import alarms, doubts, seen, trusted
from masthead.newsroom.witness.words import Fault
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.conflict import Conflict
from masthead.tlog.note import Malformed
from masthead.tlog.submission import SIZE_TYPE, Submission

PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """A status of HTTP and a body."""

    status: int
    body: str
    media_type: str = PLAIN


def add_checkpoint(body: bytes, *, now: datetime | None = None) -> Answer:
    """Answer a submission. A 200 is given only once what we say is remembered; see `seen`."""
    try:
        asked = Submission.parse(body)
        checkpoint = Checkpoint.parse(asked.note.text)
        keys = trusted.keys_of(checkpoint.origin)
        head = keys.head_in(asked.note)
    except Malformed as error:
        return Answer(400, f"{error}\n")
    if not keys.chains:
        return Answer(404, "this log is not witnessed here\n")
    if head is None:
        return Answer(403, "not signed with a key of this log that is known here\n")
    if not keys.lead(head):
        doubts.keep(head)  # An earlier key signs no more, but half of a fork may bear its signature.
        return Answer(403, "not signed with the key that this log signs with now\n")
    if asked.old > checkpoint.size:
        return Answer(400, "the old size is larger than the checkpoint's\n")
    return _cosigned(head, asked, now)


def _cosigned(head: seen.Head, asked: Submission, now: datetime | None) -> Answer:
    try:
        line = seen.cosign(head, asked.old, asked.proof, now=now)
    except seen.Behind as behind:
        if head.checkpoint.size < behind.size:
            doubts.keep(head)  # Its root may be another than ours had at that size: we look for ourselves.
        return Answer(409, f"{behind.size}\n", SIZE_TYPE)
    except seen.OtherRoot as other:
        # Both are signed by the log: nobody else could have made this, whoever sent it.
        conflict = Conflict(other.known.note, str(head.note))
        alarms.raise_alarm(head, Fault.FORK, conflict, told_by=head.checkpoint.origin, now=now)
        return Answer(409, f"{other.known.size}\n", SIZE_TYPE)
    except seen.NotShown:
        # Anyone can send a note of the log with a wrong proof: no alarm, but we look for ourselves.
        doubts.keep(head)
        return Answer(422, "the proof does not show that this grew from what was seen here before\n")
    except seen.UnderAlarm:
        return Answer(403, "an alarm about this log is open here\n")
    except MastheadError:
        # Our own clock, key or record: nothing that the log could mend, and nothing it need know.
        return Answer(503, "this witness cannot cosign just now\n")
    return Answer(200, f"{line}\n")
