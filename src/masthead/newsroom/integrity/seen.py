"""What others have seen of the log, where the folder that knew how far it was published is lost.

A copy knows only what was published before it was taken. Who goes on from it, when more was seen, gives
places away a second time: a fork, for which every witness holds the proof.
"""

from collections.abc import Sequence
from pathlib import Path

from masthead.errors import CannotRead, Damaged, Refused
from masthead.language import Message
from masthead.newsroom.evidence import high_water
from masthead.newsroom.evidence.damage import Damage
from masthead.newsroom.evidence.head_said import frontier_of
from masthead.newsroom.evidence.high_water import HighWater
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.evidence.marks import refuse_contradiction
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.publish import one_publisher
from masthead.tlog import checkpoint, note
from masthead.tlog.note import Malformed


def said_of_it(home: Path, found: Sequence[Damage], seen: str, *, nobody_has_seen_more: bool) -> str:
    """What goes on record of how far the log was seen; empty where the folder itself knows.

    `Refused` where nobody said anything of it; `Damaged` where more was seen than the log holds, or another.
    """
    if seen:
        mark = _read(home, seen)
        _must_hold(home, mark)
        return str(
            Message("Compared with a checkpoint seen outside, of %(size)s entries.", {"size": mark.size})
        )
    if not any(each.bare for each in found):
        return ""
    if nobody_has_seen_more:
        return str(Message("Said by this person: nobody has seen more of the log than this backup holds."))
    raise Refused(
        Message("Nothing here says how far the log was published: a backup was put back in an empty folder."),
        Message(
            "Ask your witnesses, readers who keep bundles, or a saved `/log/checkpoint` for the newest"
            " checkpoint of this log, and give it with `--checkpoint FILE`. Only if none was ever seen after"
            " this backup, say so with `--nobody-has-seen-more`: it goes on record under your name."
        ),
    )


def _read(home: Path, text: str) -> HighWater:
    try:
        signed = note.parse(text)
        said = checkpoint.Checkpoint.parse(signed.text)
    except Malformed as error:
        raise _no_checkpoint() from error
    known = ring(home).list
    # With any key there was: which were revoked, or came after this copy, the copy may not know.
    if said.origin != known.origin or not any(note.verify(signed, each.key) for each in known.keys):
        raise _no_checkpoint()
    return HighWater(said.origin, said.size, said.root)


def _no_checkpoint() -> CannotRead:
    return CannotRead(
        Message("That is not a checkpoint of this log, or not signed with its key."),
        Message("Give a checkpoint as it was published, such as a witness or a reader kept it."),
    )


def _must_hold(home: Path, mark: HighWater) -> None:
    frontier = frontier_of(LogHead.objects.get())
    with one_publisher(home):
        if mark.size > high_water.read(home).size:
            # First of all, so that nothing is ever signed against it, whatever becomes of this command.
            if mark.size <= frontier.size:
                refuse_contradiction(mark, frontier)
            high_water.write(home, mark)
    if mark.size > frontier.size:
        raise Damaged(
            Message(
                "The log holds %(size)s entries, but %(published)s were published: this is an older copy"
                " of the database.",
                {"size": frontier.size, "published": mark.size},
            ),
            Message(
                "Look for a newer backup. This one can be read; whoever goes on begins a new log in another"
                " folder, with another origin."
            ),
        )
    refuse_contradiction(mark, frontier)
