"""Everything that Masthead refuses, and what to do about it.

    MastheadError
    ├── CannotRead        the input is not something we can read          exit 2
    ├── Refused           the rules say no to this command                exit 1
    │   ├── NotCleared    the gate has obstacles; `clearance` lists them
    │   ├── NotAllowed    this person may not do this
    │   └── Stale         what the command was based on changed meanwhile
    ├── NotFound          nothing goes by that name                       exit 2
    ├── NotReady          something must be set up first                  exit 2
    ├── Damaged           stored evidence does not agree with itself      exit 1
    │   └── ReadOnly      it was found so before, and nothing is recorded until a person put it right
    ├── Unreadable        something on record cannot be read, or we err   exit 2
    └── Unavailable       the disk, the database or a child gave up       exit 2

Each carries `what` happened and the `remedy`: what to do next. The terminal, the API and the pages
show both, in these words. Neither holds a person's name, a source or a value from a protected item.
"""

from typing import ClassVar

from masthead.language import Message


class MastheadError(Exception):
    """Any refusal of ours; `str()` is one line with what happened and what to do."""

    exit_code: ClassVar[int] = 2
    on_record: bool = False
    """Whether what was asked for is on record all the same, and only what follows from it is not done."""

    def __init__(self, what: Message, remedy: Message) -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def say(self, what: Message) -> None:
        """Have it say something else of what happened."""
        self.what = what
        self.args = (what, self.remedy)

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}"


class CannotRead(MastheadError):
    """The input is not something we can read; nothing was kept."""


class Refused(MastheadError):
    """The rules say no to this command; nothing was changed."""

    exit_code = 1


class NotAllowed(Refused):
    """This person may not do this."""


class Stale(Refused):
    """What the command was based on changed before it could be recorded; nothing was changed."""


class NotFound(MastheadError):
    """Nothing goes by that name."""


class NotReady(MastheadError):
    """Something must be set up first."""


class Damaged(MastheadError):
    """Stored evidence does not agree with itself. It is kept as it is and never repaired."""

    exit_code = 1


class ReadOnly(Damaged):
    """The record was found damaged; until a person has put it right it is read and not written."""


class Unreadable(MastheadError):
    """A command met what nobody foresaw: somebody changed what is on record, or we made a mistake."""


class Unavailable(MastheadError):
    """The disk, the database or a child process gave up; nothing was half recorded."""
