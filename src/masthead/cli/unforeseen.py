"""What came out of a command and nobody foresaw: somebody changed a row, or we made a mistake.

Which of the two is looked up where the log is short, and else left open. It is told by its kind and the
places in our own code it came through, never by what it says: that may hold what stands in a row. With
Python's own development mode (`PYTHONDEVMODE=1`) it is raised as it came.
"""

import sys
from pathlib import Path
from traceback import walk_tb

from masthead.errors import Damaged, MastheadError, Unreadable
from masthead.language import Message

SHORT = 2_000
"""Entries up to which a log is verified while somebody waits for an error: about half a second."""
PLACES = 3
"""How many places are named, the innermost last."""
_OURS = Path(__file__).parents[1]
_since: list[bool] = []
"""One for each entry that this process recorded since `listen`."""


def listen() -> None:
    """From here on, take note whether this process records anything."""
    from masthead.newsroom.evidence.log import recorded

    _since.clear()
    recorded.connect(_hear, dispatch_uid=__name__)


def told(error: Exception) -> MastheadError | None:
    """What to say of `error`; None where no record was open, or where no row can be the cause of it."""
    if sys.flags.dev_mode or not _record_open():
        return None
    from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist

    from masthead.newsroom.evidence.key_ring import UNREADABLE

    if not isinstance(error, (*UNREADABLE, ObjectDoesNotExist, MultipleObjectsReturned, RecursionError)):
        return None
    said = _in_words(_verifies(), {"fault": _fault(error)})
    said.on_record = bool(_since)
    return said


def _in_words(verifies: bool | None, fault: dict[str, str]) -> Unreadable:
    if verifies is False:
        return Unreadable(
            Message("Something on record cannot be read (%(fault)s).", fault),
            Message("Keep the database as it is, and see `masthead log verify`: it names what was changed."),
        )
    broke = Message("The command broke off (%(fault)s).", fault)
    if verifies:
        return Unreadable(
            broke,
            Message(
                "The log verifies, so this is most likely a mistake in Masthead: report it, with what stands"
                " in brackets."
            ),
        )
    return Unreadable(
        broke,
        Message(
            "Either the record is damaged: see `masthead log verify`, which names it. Or this is a mistake in"
            " Masthead: report it, with what stands in brackets."
        ),
    )


def _verifies() -> bool | None:
    """Whether the log verifies; None where that takes long, or cannot be said."""
    from masthead.newsroom.evidence.models import LogHead
    from masthead.newsroom.evidence.verify_apart import one
    from masthead.newsroom.evidence.watch import all_of_it

    try:
        size = LogHead.objects.values_list("size", flat=True).first()
        return all_of_it(one).intact if size and size <= SHORT else None
    except Damaged:
        return False
    except Exception:  # noqa: BLE001 - whatever it is, it says nothing of what is to be told
        return None


def _record_open() -> bool:
    apps = sys.modules.get("django.apps")
    if apps is None or not apps.apps.ready:
        return False
    from django.conf import settings

    from masthead.newsroom.site import home

    return home.begun(settings.MASTHEAD_HOME)


def _fault(error: Exception) -> str:
    """Its kind, and the last places of ours that it came through."""
    through = ((Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__))
    places = [
        f"{file.relative_to(_OURS).as_posix()}:{line}"
        for file, line in through
        # Where it was run from says nothing of it.
        if file.is_relative_to(_OURS) and file.name != "running.py"
    ]
    return ", ".join([type(error).__qualname__, *places[-PLACES:]])


def _hear(**_: object) -> None:
    _since.append(True)
