"""What a check says, and the promise every check keeps."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from masthead.checks.subject import Subject
from masthead.language import Message
from masthead.vocabulary import Level

REACH = 400
"""Characters looked at on each side for where a sentence begins and ends."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage of a source that comes closest to what was looked for."""

    source: str
    quote: str
    start: int
    end: int
    difference: tuple[tuple[str, str], ...] = ()
    """For an altered quotation: (`same` | `removed` | `added`, words) from the source's wording to ours."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth a person's look. `start` and `end` are code points of the text; None has no place."""

    check: str
    code: str
    level: Level
    message: Message
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    nearest: Nearest | None = None

    @property
    def fingerprint(self) -> str:
        """Stands for the same words found wanting for the same reason, wherever they stand."""
        # Without words of the text, what the message is about tells one finding from the next.
        about = json.dumps(self.message.to_json()["values"], sort_keys=True)
        said = " ".join(self.quote.split()) if self.quote else about
        parts = (self.check, self.code, said, self.message.template)
        return sha256("\x1f".join(parts).encode()).hexdigest()


SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s|[\n\r\x85\u2028\u2029]")


def anchored(finding: Finding, text: str) -> str:
    """What a waiver binds to: the finding's fingerprint together with the sentence its words stand in.

    A figure set aside where it counts minutes is not set aside where it counts the dead. Paragraphs before
    and after the sentence change nothing.
    """
    if finding.start is None or finding.end is None:
        return finding.fingerprint
    ends = [
        found.end() for found in SENTENCE_END.finditer(text, max(0, finding.start - REACH), finding.start)
    ]
    start = ends[-1] if ends else max(0, finding.start - REACH)
    after = SENTENCE_END.search(text, finding.end, finding.end + REACH)
    # With its own mark, so that the end of the text is an end like any other, and a question no statement.
    sentence = text[start : after.end() if after else finding.end + REACH]
    parts = (finding.fingerprint, " ".join(sentence.split()))
    return sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class NotRun:
    """A check that could not run, and why. Never a pass."""

    check: str
    why: Message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check gives: findings, and counts of what it looked for (such as `numbers`, `found`)."""

    findings: tuple[Finding, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()


class Check(Protocol):
    """A check. `id` and `version` name it in every record; it must not change what it is given.

    Raises `masthead.errors.MastheadError` where it cannot do its work; the run turns that into `NotRun`.
    """

    @property
    def id(self) -> str:
        """The name that controls and records know it by; a class attribute will do."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same subject may give another outcome."""
        ...

    def __call__(self, subject: Subject) -> Outcome:
        """Look at the subject."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of checks gives. `ran` maps each check that ran to its version."""

    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]
    ran: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...] = ()


def in_reading_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by place in the text; those without a place first."""
    return tuple(
        sorted(findings, key=lambda f: (f.start is not None, f.start or 0, f.end or 0, f.check, f.code))
    )
