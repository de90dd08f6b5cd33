"""Give evidence: a person's word or document, or what was observed. Actions open and close with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.assurance.models import Evidence
from masthead.newsroom.assurance.opening import due, write
from masthead.newsroom.assurance.reading import line_of, lines
from masthead.newsroom.assurance.words import BY_HAND
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.policy.commands import in_force
from masthead.newsroom.said import cleaned, too_long
from masthead.vocabulary import Grade

LONGEST_NOTE = 4_000
_ABOUT = re.compile(r"(item:[a-z2-7]{26}|system:[0-9a-f-]{1,36})?")
"""Ids alone: a name that somebody typed here would stand outside what is erased with a person."""


@dataclass(frozen=True, slots=True)
class Given:
    """A piece of evidence to be. `observed_at` is now where it is None; times are aware."""

    answers: str
    met: bool | None
    grade: Grade
    about: str = ""
    observed_at: datetime | None = None
    effective_from: datetime | None = None
    effective_until: datetime | None = None
    expires_at: datetime | None = None
    sha256: str = ""
    note: str = ""


def attest(actor: Actor, given: Given) -> Evidence:
    """A person signs that something is so or not (grade A), or hands in a document about it (grade D).

    `Refused` for a stronger grade, which only what observes or checks can give, and for times that cannot be.
    """
    if given.grade not in (Grade.A, Grade.D):
        raise Refused(
            Message("What a person says is attested (A) or a document (D)."),
            Message("Observed and verified evidence (M, V) comes from what observes and checks."),
        )
    if given.grade is Grade.D and not given.sha256:
        raise Refused(
            Message("Evidence by document has a document."), Message("Hand in the file it rests on.")
        )
    return _give(actor, [given], BY_HAND)[0]


def observe(
    pieces: Sequence[Given], collector: tuple[str, str], *, now: datetime | None = None
) -> list[Evidence]:
    """What a collector, by name and version, observed: all of it in one entry of the log, and no words."""
    return _give(None, pieces, collector, now=now)


def _give(
    actor: Actor | None, pieces: Sequence[Given], collector: tuple[str, str], *, now: datetime | None = None
) -> list[Evidence]:
    rows = [_row(each, collector, actor) for each in pieces]

    def decide(r: Recording) -> Mapping[str, Any]:
        if actor is not None:
            require(actor, Action.GIVE_EVIDENCE, now=r.now)
        every = lines(in_force(r.now))
        for row, given in zip(rows, pieces, strict=True):
            row.answers = line_of(row.answers, every).one.id
            _in_time(row, given.observed_at, r.now)
        r.add_all(rows)
        touched = write(r, [*due(every, {(row.answers, row.about) for row in rows}, r.now)])
        return {
            "evidence": [said(row) for row in rows],
            "actions": [str(each.pk) for each in touched],
            "note": " ".join(row.note for row in rows if row.note),
            "through": actor.through if actor else collector[0],
        }

    record(Kind.EVIDENCE_GIVEN, actor=actor.person_id if actor else None, decide=decide, now=now)
    return rows


def _row(given: Given, collector: tuple[str, str], actor: Actor | None) -> Evidence:
    if not _ABOUT.fullmatch(given.about):
        raise Refused(
            Message("That is no item and no AI system by its id."),
            Message("Look for it among the items, or in the register."),
        )
    note = cleaned(given.note)
    if len(note) > LONGEST_NOTE:
        raise too_long(LONGEST_NOTE)
    return Evidence(
        answers=given.answers,
        about=given.about,
        grade=given.grade,
        met=given.met,
        effective_from=given.effective_from,
        effective_until=given.effective_until,
        expires_at=given.expires_at,
        collector=collector[0],
        collector_version=collector[1],
        sha256=given.sha256,
        note=note,
        person_id=actor.person_id if actor else None,
    )


def _in_time(row: Evidence, observed_at: datetime | None, now: datetime) -> None:
    """Fill in when it was received; refuse times that contradict each other or that nobody can have seen."""
    row.received_at = now
    row.observed_at = (observed_at or now).astimezone(UTC)
    if row.observed_at > now:
        raise Refused(
            Message("That moment has not come yet, so nobody can have observed anything then."),
            Message("Say when it was observed; from when it holds is another question."),
        )
    ends = [each for each in (row.expires_at, row.effective_until) if each is not None]
    begins = max(row.observed_at, row.effective_from or row.observed_at)
    if any(each <= begins for each in ends):
        raise Refused(
            Message("It would be over before it begins."), Message("Give an end that is after the beginning.")
        )


def said(row: Evidence) -> dict[str, Any]:
    """A piece of evidence as its entry says it, without the note."""
    times = ("observed_at", "effective_from", "effective_until", "expires_at")
    return {
        "answers": row.answers,
        "about": row.about,
        "grade": str(row.grade),
        "met": row.met,
        "collector": f"{row.collector} {row.collector_version}",
        **{name: moment.isoformat() for name in times if (moment := getattr(row, name)) is not None},
        **({"sha256": row.sha256} if row.sha256 else {}),
    }
