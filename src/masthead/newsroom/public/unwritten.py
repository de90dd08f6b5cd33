"""What is said where something is on record, and what the audience gets of it could not be written."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist

from masthead.errors import Damaged, MastheadError, ReadOnly, Unavailable
from masthead.language import Message
from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.turns import Held
from masthead.system_said import why as in_words

READ_ONLY = Message("This record is read-only since it was found damaged or put back.")


@contextmanager
def readable() -> Iterator[None]:
    """Turn what comes of a record that says something else than was written into `Damaged`."""
    try:
        yield
    except (ObjectDoesNotExist, RecursionError, *UNREADABLE) as error:
        raise Damaged(
            Message("Something on record cannot be read: it was changed past Masthead."),
            Message(
                "Keep the database as it is, and see `masthead log verify`: it names what was changed. Once"
                " it is put right, run `masthead data finish`."
            ),
        ) from error


def on_record(error: MastheadError) -> MastheadError:
    """The same error, of something that says only what was in the way, and not that the record stands."""
    if not error.on_record:
        # A record that is only read says that nothing was recorded: of what is on record that is not so.
        why = READ_ONLY if isinstance(error, ReadOnly) else error.what
        error.say(
            Message("It is on record, but the files that readers get are not written. %(why)s", {"why": why})
        )
    return error


def listed(folders: Iterable[Path]) -> str:
    """Folders in a sentence."""
    return ", ".join(map(str, folders))


def held() -> Held:
    """What to tell a person where others were writing for too long."""
    return Held(
        Message("It is on record, but another process has been writing pages for too long."),
        Message(
            "Look for a process of Masthead that hangs or was stopped, end it or let it go on, then do the"
            " same again."
        ),
    )


def unfinished(error: OSError, left: Iterable[Path] = ()) -> Unavailable:
    """What to tell a person when the disk did not take what the audience gets: the record stands by then."""
    remedy = Message("Make room on the disk, or check the folder's permissions; then do the same again.")
    folders, why = listed(left), in_words(error)
    if not folders:
        return Unavailable(
            Message(
                "It is on record, but not all that the audience gets could be written (%(why)s).",
                {"why": why},
            ),
            remedy,
        )
    return Unavailable(
        Message(
            "It is on record, but not all that the audience gets could be written in %(folders)s (%(why)s).",
            {"folders": folders, "why": why},
        ),
        remedy,
    )


def unsigned(error: MastheadError) -> Unavailable:
    """What to tell where the head over what was just recorded is not signed: the record stands by then."""
    return Unavailable(
        Message(
            "It is on record, but the log's head over it is not signed, so the files that readers get are not"
            " written. %(why)s",
            {"why": error.what},
        ),
        Message("%(remedy)s Then do the same again: it is not recorded twice.", {"remedy": error.remedy}),
    )
