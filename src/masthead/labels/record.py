"""The record of AI use on one version: all that a disclosure is derived from, and nothing typed."""

from dataclasses import dataclass
from datetime import date

from masthead.language import Message
from masthead.vocabulary import Medium, Task, Tier


@dataclass(frozen=True, slots=True)
class Use:
    """One AI use as the audience may know it."""

    system: str
    task: Task
    tier: Tier
    provider: str | None = None
    part: str | None = None
    """The words the AI touched, where only a part; None is the whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """A correction, a new version or a withdrawal, as told to the audience. `on` is a day or a moment."""

    on: date
    note: str | Message


@dataclass(frozen=True, slots=True)
class EarlierCheck:
    """What was checked and went out before a correction that nobody has checked: `corrections` of them since.

    `published_on` is when what was checked went out, `corrected_on` when the newest correction did.
    """

    published_on: date
    corrected_on: date
    corrections: int = 1
    self_signed: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One version as it goes out.

    `public_interest` and `realistic` are None where nobody answered: both then count as yes (the legal
    floor). `reviewed` is a sign-off by someone with the right; `responsible` names who holds editorial
    responsibility, a person or an office, or is None. `looked_for` and `found` count numbers, names, dates
    and quotations; `waived` counts findings a person published anyway, `unwaived` those that nobody mended or
    waived. Where the checks had not `checked` it when it went out, `checked_since` says whether they have by
    now, and the counts are theirs.
    """

    outlet: str
    medium: Medium
    language: str
    title: str
    uses: tuple[Use, ...]
    reviewed: bool
    responsible: str | None
    public_interest: bool | None = None
    realistic: bool | None = None
    self_signed: bool = False
    office: str | None = None
    """The office that signed off, where it was one; a person's name is never told."""
    break_glass: bool = False
    second_review: bool | None = None
    """For a break-glass publication: True reviewed, False overdue, None still in time."""
    sources: int = 0
    looked_for: int = 0
    found: int = 0
    waived: int = 0
    unwaived: int = 0
    stayed: tuple[tuple[str, int], ...] = ()
    """What those are that nobody mended or waived: how many of each check and code, without personal data."""
    sources_erased: bool = False
    """Whether sources had been erased when the checks looked: then nothing is counted of what they hold."""
    checked: bool = True
    checked_since: bool = False
    checked_earlier: EarlierCheck | None = None
    """Only where it is not `reviewed`."""
    ungated: bool = False
    """Whether it went out as a correction: the gate was not asked, whatever the checks had found."""
    published_on: date | None = None
    """A day or a moment, of which a person is told the outlet's day and software that of UTC."""
    corrections: tuple[Change, ...] = ()
    withdrawn: Change | None = None
    content_sha256: str | None = None
