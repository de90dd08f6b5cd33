"""The check: the credential's verdict, and every AI use the file declares that is not on record.

It believes a file that accuses itself and never guesses: a file that says nothing gets no suspicion.
"""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from masthead.checks.credentials_on_arrival.recorded import unrecorded
from masthead.checks.finding import Finding, Outcome
from masthead.checks.subject import Subject
from masthead.credentials.reading import Problem, Reading, read
from masthead.credentials.said import Declared, Place, State
from masthead.language import Message
from masthead.vocabulary import Level, Medium

ID = "credentials_on_arrival"

_OF_TRUST = frozenset({"signingCredential.untrusted"})
"""Told by the finding on the signer, not once more as a problem."""


class CredentialsOnArrival:
    """`masthead.checks.Check`: reads the credential and the descriptive data of the file as handed in."""

    id: ClassVar[str] = ID
    version: ClassVar[str] = "1"

    def __call__(self, subject: Subject) -> Outcome:
        """Findings have no place in the text: they are about the file.

        Raises `CannotRead` where the file itself cannot be parsed and `Unavailable` where the child gave up.
        """
        if not subject.content:
            return Outcome()
        reading = read(subject.content, subject.document.media_type, trust=subject.trust)
        findings = [
            *_of_state(reading, subject.document.medium),
            *_of_problems(reading),
            *_of_ai(unrecorded(reading.ai, subject.ai_uses)),
        ]
        has = reading.state is not State.NONE
        return Outcome(tuple(findings), (("credentials", int(has)), ("declared", len(reading.ai))))


def _finding(code: str, level: Level, message: Message, quote: str | None = None) -> Finding:
    """A finding on the file; `quote` is the file's own word, so that a waiver binds to it."""
    return Finding(ID, code, level, message, quote)


def _of_state(reading: Reading, medium: Medium) -> Iterator[Finding]:
    signer = reading.signer or Message("somebody unnamed")
    match reading.state:
        case State.INVALID:
            yield _finding(
                "invalid",
                Level.ERROR,
                Message(
                    "The file's credential is not intact, so what it says cannot be relied on: %(why)s",
                    {"why": _first(reading.problems)},
                ),
            )
        case State.VALID:
            yield _finding(
                "untrusted",
                Level.WARNING,
                Message(
                    "The file's credential is intact, and sealed by %(signer)s, "
                    "whom nobody here has said to trust.",
                    {"signer": signer},
                ),
            )
        case State.NONE if medium is not Medium.TEXT:
            yield _finding(
                "none",
                Level.NOTE,
                Message("The file carries no credential: it does not say where it comes from."),
            )


def _first(problems: Iterable[Problem]) -> Message:
    """The gravest is what the SDK judged; it stands first."""
    graver = [p for p in problems if p.code not in _OF_TRUST]
    return graver[0].message if graver else Message("it has a fault that has no name here.")


def _of_problems(reading: Reading) -> Iterator[Finding]:
    """Those that the verdict does not tell already."""
    for problem in reading.problems:
        own = problem.code.startswith("masthead.") or problem.where is not Place.THIS
        told = reading.state is State.INVALID and not own
        if problem.code not in _OF_TRUST and not told:
            yield _finding(problem.code, Level.WARNING, problem.message, problem.detail or None)


def _of_ai(declared: Iterable[Declared]) -> Iterator[Finding]:
    for one in declared:
        if one.system is None:
            message = Message("The file says that an AI system made or changed it; nobody recorded that.")
        else:
            message = Message(
                "The file says that the AI system %(system)s made or changed it; nobody recorded that.",
                {"system": one.system},
            )
        yield _finding("unrecorded", Level.ERROR, message, one.system)
