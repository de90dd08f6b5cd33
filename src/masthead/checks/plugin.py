"""A check of others: known here by name only, run in the runner's child under limits.

`PlugIn` stands in this process; `answer` is what the child does. The plug-in's code is imported there and
nowhere else, from the folder in which its distribution was found.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead import runner
from masthead.checks import wire
from masthead.checks.finding import Outcome
from masthead.checks.subject import Subject
from masthead.errors import MastheadError, Unavailable
from masthead.language import Message

SECONDS = 20.0
"""How long a plug-in may take over one version."""

MEMORY = 1_000_000_000
"""How many bytes of memory a plug-in may take."""

LARGEST = 32_000_000
"""How many bytes its answer may have."""

_CALL = "checks.plugin"
runner.register(_CALL, "masthead.checks.plugin:answer")

_ASK = Message("Tell those who wrote the plug-in, or take it off the list of checks.")
_WHAT: Mapping[str, Message] = {
    runner.Reason.START: Message("The separate process that runs plug-ins could not be started."),
    runner.Reason.TIME: Message("The plug-in took longer than allowed and was stopped."),
    runner.Reason.MEMORY: Message("The plug-in needed more memory than allowed and was stopped."),
    runner.Reason.ENDED: Message("The plug-in brought down the process it ran in."),
    runner.Reason.SIZE: Message("The plug-in answered with more than allowed."),
    "wrong id": Message("The plug-in does not go by the name it is installed under."),
    "rubbish": Message("The plug-in answered with something that cannot be relied on."),
}


@dataclass(frozen=True, slots=True)
class PlugIn:
    """A check that others wrote. `version` is that of its distribution, `value` its `module:Class`."""

    id: str
    version: str
    value: str
    folder: str
    seconds: float = SECONDS
    memory: int = MEMORY

    def __call__(self, subject: Subject) -> Outcome:
        """Have the child run it. Raises `Unavailable` saying the kind of failure, or what it refused with."""
        header, blobs = wire.write_subject(subject)
        asked = {
            "id": self.id,
            "version": self.version,
            "value": self.value,
            "folder": self.folder,
            "subject": header,
        }
        answered = self._ask(asked, blobs)
        if answered.get("failed") == "changed":
            runner.close()
            answered = self._ask(asked, blobs)
        if "failed" in answered:
            raise _failure(str(answered["failed"]))
        try:
            return wire.read_outcome(answered.get("outcome"))
        except ValueError:
            raise _failure("rubbish") from None

    def _ask(self, asked: Mapping[str, Any], blobs: list[bytes]) -> Mapping[str, Any]:
        try:
            return runner.call(
                _CALL, asked, *blobs, seconds=self.seconds, memory=self.memory, largest=LARGEST
            )[0]
        except runner.Failed as failure:
            raise _failure(failure.reason) from None


_loaded: dict[str, tuple[str, str]] = {}
"""In the child: version and folder of each plug-in it has imported."""


def answer(header: dict[str, Any], *blobs: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """In the child: import the plug-in, run it, and answer `outcome` or how it `failed`.

    `changed` means that this child has imported another version of it: only a fresh one will do. Any other
    failure is told by its kind alone (`wrong id`, `rubbish`, or the exception's type): the words of an
    exception may quote the text.
    """
    from importlib.metadata import EntryPoint  # slow to import, and only the child needs it

    subject = wire.read_subject(header["subject"], list(blobs))
    installed = (header["version"], header["folder"])
    if _loaded.setdefault(header["id"], installed) != installed:
        return {"failed": "changed"}, []
    if header["folder"] not in sys.path:
        sys.path.append(header["folder"])
    try:
        check = EntryPoint(header["id"], header["value"], "masthead.checks").load()()
        if check.id != header["id"]:
            return {"failed": "wrong id"}, []
        outcome = check(subject)
    except (MastheadError, MemoryError):
        raise
    except Exception as fault:  # noqa: BLE001 - whatever others' code raises becomes an answer
        return {"failed": type(fault).__name__}, []
    try:
        return {"outcome": wire.write_outcome(outcome)}, []
    except ValueError:
        return {"failed": "rubbish"}, []


def _failure(kind: str) -> Unavailable:
    broke = Message("The plug-in broke off with an error (%(kind)s).", {"kind": kind})
    return Unavailable(_WHAT.get(kind, broke), _ASK)
