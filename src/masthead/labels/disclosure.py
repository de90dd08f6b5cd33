"""What the audience is told, in one piece."""

from dataclasses import dataclass

from masthead.labels.details import details
from masthead.labels.floor import TEXT_LABEL, VISIBLE_MARK, required_marks
from masthead.labels.line import line
from masthead.labels.record import Record
from masthead.labels.source_type import source_type
from masthead.labels.tasks import touches_pictures, touches_words
from masthead.language import Message
from masthead.vocabulary import Task


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One record told in one language.

    `line` is what everybody sees, `details` pairs of term and description. `mark` is the words to be seen
    with the first sight of the thing itself, None where the law asks for none; `marks` names the marks that
    this disclosure carries. `source_type` is an IPTC URI, None where AI left nothing in the version.
    """

    line: str
    mark: str | None
    details: tuple[tuple[str, str], ...]
    source_type: str | None
    marks: frozenset[str]


def disclose(record: Record) -> Disclosure:
    """The disclosure of `record` in the active language. It carries every mark that the law asks for."""
    marks = required_marks(record)
    words = []
    if VISIBLE_MARK in marks:
        words.append(_visible(record))
    if TEXT_LABEL in marks:
        words.append(_label(record))
    mark = " · ".join(str(word) for word in words) or None
    return Disclosure(line(record), mark, details(record), source_type(record), marks)


def _visible(record: Record) -> Message:
    tasks = {use.task for use in record.uses if touches_pictures(record, use)}
    if any(use.task is Task.IMAGE_GENERATION and use.part is None for use in record.uses):
        return Message("Picture made with AI")
    if tasks <= {Task.AUDIO}:
        return Message("Sound made or changed with AI")
    if tasks <= {Task.AUDIO, Task.VIDEO}:
        return Message("Video made or changed with AI")
    return Message("Picture changed with AI")


def _label(record: Record) -> Message:
    if any(use.task is Task.DRAFTING and touches_words(record, use) for use in record.uses):
        return Message("Text written with AI")
    return Message("Text made with the help of AI")
