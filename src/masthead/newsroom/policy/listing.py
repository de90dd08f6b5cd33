"""Controls as a person reads them: in the words of the catalogue, in the language of whoever looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from masthead import declaration
from masthead.declaration.control import Control
from masthead.declaration.said import ASKED, COMES_TO, STATUSES
from masthead.declaration.status import Evidence, Status
from masthead.declaration.words import Words
from masthead.language import Message, active
from masthead.newsroom.policy.reading import evidence_of
from masthead.vocabulary import LABELS


@dataclass(frozen=True, slots=True)
class Listed:
    """A control in words. `commitments` names the lines of the source texts that it serves."""

    id: str
    title: str
    guidance: str
    asked: Message
    comes_to: Message
    commitments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A commitment that a question answers, and where it stands on the answers given."""

    id: str
    title: str
    question: str
    asked: Message
    status: Status
    said: Message


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source texts in our own words."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one section of the source texts."""

    section: str
    commitments: tuple[Line, ...]


def listed(controls: Iterable[Control]) -> list[Listed]:
    """The controls in words, in their order; one that the catalogue no longer knows by its id alone."""
    words = declaration.load().words(active())
    return [_listed(one, words) for one in controls]


def _listed(one: Control, words: Words) -> Listed:
    said = words.controls.get(one.id)
    return Listed(
        id=one.id,
        title=said.title if said else one.id,
        guidance=said.guidance if said else "",
        asked=ASKED[one.moment],
        comes_to=COMES_TO[one.consequence],
        commitments=one.commitments,
    )


def answered(now: datetime, measured: Iterable[Evidence] = ()) -> list[Answered]:
    """Every commitment that a question answers, with its status at `now`.

    `measured` is what was observed besides, of the controls that stand beside a question.
    """
    catalogue = declaration.load()
    words = catalogue.words(active())
    evidence = (*evidence_of(), *measured)
    found = []
    for question in catalogue.questions:
        status = catalogue.status(question.commitment, evidence, now=now)
        found.append(
            Answered(
                id=question.commitment,
                title=words.commitments[question.commitment].title,
                question=words.questions[question.id],
                asked=LABELS[question.asked],
                status=status,
                said=STATUSES[status],
            )
        )
    return found


def explained() -> list[Lines]:
    """What each code of a commitment stands for, by section, in source order."""
    catalogue = declaration.load()
    words = catalogue.words(active())
    return [
        Lines(
            words.sections[section.id],
            tuple(
                Line(one.id, words.commitments[one.id].title, words.commitments[one.id].text)
                for one in catalogue.commitments
                if one.section == section.id
            ),
        )
        for section in catalogue.sections
    ]
