"""The check `declared_use`: the record of AI use held against itself and against the text."""

import re
from collections.abc import Iterator

from masthead.checks.declared_use.leftovers import Left, Leftover, leftovers
from masthead.checks.finding import Finding, Outcome
from masthead.checks.subject import AIUse, Subject
from masthead.language import Message
from masthead.reading.document import Document
from masthead.vocabulary import LABELS, Level, Task, Tier

_MATERIAL = frozenset({Task.DRAFTING, Task.IMAGE_GENERATION})
"""Tasks whose outcome is what the audience gets: below T2 the tier is too low for them."""

_UNRECORDED = {
    Leftover.TALK: Message("An AI assistant speaks of itself here, and no AI use is on record."),
    Leftover.CITATION: Message("A citation mark of an AI assistant stands here, and no AI use is on record."),
    Leftover.LINK: Message("A link carries the mark of an AI assistant, and no AI use is on record."),
    Leftover.PLACEHOLDER: Message("A placeholder was never filled in, and no AI use is on record."),
}
_RECORDED = {
    Leftover.TALK: Message("An AI assistant speaks of itself here: take it out."),
    Leftover.CITATION: Message(
        "A citation mark of an AI assistant stands here: take it out or cite the source."
    ),
    Leftover.LINK: Message("A link carries the mark of an AI assistant: take the mark out."),
    Leftover.PLACEHOLDER: Message("A placeholder was never filled in."),
}


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069](?:[^\n]{0,200}[\u202a-\u202e\u2066-\u2069])?")
_TURNS = Message("Invisible marks turn the direction of reading here: what is read is not what is written.")


class DeclaredUse:
    """Compares the recorded AI uses with each other and with what the text itself says word for word.

    It is no detector of authorship. It never judges by style who or what wrote a text, and must never be
    made to: such detectors accuse the innocent. What counts is the record, and the text's own literal
    leftovers, which anyone can see at their place. With no AI use on record a leftover is an error (as a
    warning where a quotation mark opens before it: somebody may quote it); with one it is a warning.

    A use without any task is the gate's matter, not this check's.
    """

    id = "declared_use"
    version = "2"

    def __call__(self, subject: Subject) -> Outcome:
        """Findings on the record first (no place), then leftovers; `uses` and `leftovers` counted."""
        record = tuple(_on_record(subject.ai_uses, len(subject.document.text)))
        left = tuple(_left_in(subject.document, recorded=bool(subject.ai_uses)))
        turned = tuple(_turned(subject.document.text))
        return Outcome(record + left + turned, (("uses", len(subject.ai_uses)), ("leftovers", len(left))))


def _on_record(uses: tuple[AIUse, ...], length: int) -> Iterator[Finding]:
    seen: set[AIUse] = set()
    for use in uses:
        named = {"system": use.system}
        if use.part is not None and not 0 <= use.part[0] < use.part[1] <= length:
            yield _finding(
                "part_outside",
                Level.ERROR,
                Message("%(system)s is recorded for a part that lies outside the text.", named),
            )
        if use.task is Task.OTHER:
            yield _finding(
                "task_other", Level.WARNING, Message("Say in a word what %(system)s was used for.", named)
            )
        if use.task in _MATERIAL and use.tier in (Tier.T0, Tier.T1):
            yield _finding("tier_low", Level.WARNING, _too_low(use))
        if use in seen:
            yield _finding(
                "recorded_twice",
                Level.NOTE,
                Message("The same use of %(system)s is recorded more than once.", named),
            )
        seen.add(use)


def _too_low(use: AIUse) -> Message:
    task = LABELS[use.task] if use.task else ""
    return Message(
        "%(system)s is recorded at %(tier)s, which looks too low for this task: %(task)s. T2 is usual.",
        {"system": use.system, "tier": use.tier.value, "task": task},
    )


def _left_in(document: Document, *, recorded: bool) -> Iterator[Finding]:
    text = document.text
    told: set[tuple[int, int]] = set()
    for left in leftovers(text):
        told.add((left.start, left.end))
        yield _leftover(left, text, left.start, left.end, recorded=recorded)
    for link in document.links:
        place = (link.start, link.end)
        for left in leftovers(link.target):
            if left.kind in (Leftover.LINK, Leftover.CITATION) and place not in told:
                told.add(place)
                yield _leftover(left, text, *place, recorded=recorded)


def _turned(text: str) -> Iterator[Finding]:
    """Each stretch, within a line, whose reading invisible marks turn: from the first of them to the last."""
    for found in _TURNING.finditer(text):
        yield Finding(DeclaredUse.id, "turned", Level.WARNING, _TURNS, found[0], found.start(), found.end())


def _leftover(left: Left, text: str, start: int, end: int, *, recorded: bool) -> Finding:
    level = Level.WARNING if recorded or left.quoted else Level.ERROR
    message = (_RECORDED if recorded else _UNRECORDED)[left.kind]
    return Finding(DeclaredUse.id, left.kind.value, level, message, text[start:end], start, end)


def _finding(code: str, level: Level, message: Message) -> Finding:
    return Finding(DeclaredUse.id, code, level, message)
