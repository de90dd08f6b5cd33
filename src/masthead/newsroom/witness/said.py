"""How it stands with a witness or a log, in one line: the same at every door."""

from collections.abc import Mapping

from masthead.labels.dates import spoken_time_utc
from masthead.language import Message
from masthead.newsroom.evidence.key_words import WENT
from masthead.newsroom.said import counted
from masthead.newsroom.witness.keys import line_of as line_of_ours
from masthead.newsroom.witness.models import OwnKey, WitnessedLog
from masthead.newsroom.witness.status import Part, Standing
from masthead.tlog.handover import Ground
from masthead.tlog.note import VerifierKey

PARTS: Mapping[Part, Message] = {
    Part.WITNESS: Message("Witnesses of our log"),
    Part.AUTHORITY: Message("Time stamps of our log"),
    Part.LOG: Message("Logs that we witness"),
}
_LAST: Mapping[Part, Message] = {
    Part.WITNESS: Message("cosigned %(size)s entries on %(at)s"),
    Part.AUTHORITY: Message("stamped %(size)s entries on %(at)s"),
    Part.LOG: Message("%(size)s entries seen, last looked at on %(at)s"),
}
_NEVER: Mapping[Part, Message] = {
    Part.WITNESS: Message("has cosigned nothing yet"),
    Part.AUTHORITY: Message("has stamped nothing yet"),
    Part.LOG: Message("nothing seen yet"),
}


def line_of(each: Standing) -> Message:
    """When it was last, and what was in the way since."""
    said = _NEVER[each.part]
    if each.at is not None and each.size is not None:
        said = Message(
            _LAST[each.part].template, {"size": counted(each.size), "at": spoken_time_utc(each.at)}
        )
    if each.trouble is not None:
        return Message("%(last)s; the last time: %(trouble)s", {"last": said, "trouble": each.trouble})
    return Message("%(last)s; that is too long ago", {"last": said}) if each.overdue else said


def ours_is_new() -> Message | None:
    """What others must be told where our witness has another key than before; None where it has its first."""
    newest = OwnKey.objects.order_by("-made_at").first()
    if newest is None or newest.key != line_of_ours():
        return None
    told = WitnessedLog.objects.filter(ended_at=None, added_at__lt=newest.made_at)
    names = sorted(set(told.values_list("name", flat=True)))
    words = {"at": spoken_time_utc(newest.made_at), "names": ", ".join(names)}
    if not names:
        return Message("New since %(at)s. What it signs counts only for those who have this line.", words)
    return Message(
        "New since %(at)s. What it signs counts only for those who have this line: give it to whoever asks"
        " our witness. Logs that we witnessed before: %(names)s.",
        words,
    )


def changes_of(each: Standing) -> list[Message]:
    """What became of the key of a log since a person gave it: a line for each change."""
    came = [
        Message(
            "Key %(id)s signs from %(size)s entries on. The key before it handed over to it; followed on"
            " %(at)s.",
            {"id": _id(key.key), "size": counted(key.from_size), "at": spoken_time_utc(key.followed_at)},
        )
        for key in each.followed
    ]
    gone = [
        Message(
            "Key %(id)s is revoked from %(size)s entries on: %(why)s.",
            {"id": _id(key.key), "size": counted(key.from_size), "why": WENT[Ground(key.reason)]},
        )
        for key in each.revoked
    ]
    return came + gone


def _id(line: str) -> str:
    return VerifierKey.parse(line).key_id.hex()
