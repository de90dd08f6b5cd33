"""What this room tells apart, and how each is called."""

from collections.abc import Mapping
from enum import StrEnum

from masthead.language import Message


class On(StrEnum):
    """What a hold or an erasure is about."""

    PERSON = "person"
    ITEM = "item"
    QUESTION = "question"
    EVERYTHING = "everything"


class Part(StrEnum):
    """What of an item may be erased while the rest stays, though it is out."""

    SOURCES = "sources"
    """What it was made from."""
    DRAFTS = "drafts"
    """The versions that never went out and that a newer one has taken the place of."""


PARTS: Mapping[Part, Message] = {
    Part.SOURCES: Message("The sources of an item"),
    Part.DRAFTS: Message("The old drafts of an item"),
}


class Ground(StrEnum):
    """Why something is erased: the grounds of Article 17(1) GDPR, and the schedule."""

    NO_LONGER_NEEDED = "no longer needed"
    CONSENT_WITHDRAWN = "consent withdrawn"
    OBJECTED = "objected"
    UNLAWFUL = "unlawful"
    LEGAL_DUTY = "legal duty"
    SCHEDULE = "schedule"
    RESTORED = "restored"
    """Erased before, and brought back by an older backup."""


ASKED_FOR = tuple(ground for ground in Ground if ground not in (Ground.SCHEDULE, Ground.RESTORED))
"""Grounds that a person gives."""

GROUNDS: Mapping[Ground, Message] = {
    Ground.NO_LONGER_NEEDED: Message("no longer needed for what it was collected for"),
    Ground.CONSENT_WITHDRAWN: Message("consent was withdrawn"),
    Ground.OBJECTED: Message("the person objected"),
    Ground.UNLAWFUL: Message("it should not have been kept"),
    Ground.LEGAL_DUTY: Message("a law or a court asks for it"),
    Ground.SCHEDULE: Message("its time was over, by the schedule"),
    Ground.RESTORED: Message("erased before, and brought back by an older backup"),
}


class Kept(StrEnum):
    """What a schedule may be set for."""

    DRAFTS = "drafts"
    WITHDRAWN = "withdrawn"
    SOURCES = "sources"
    """What an item was made from that is out."""
    OLD_DRAFTS = "old-drafts"
    """Of an item that is out: versions that never went out and that a newer one has taken the place of."""
    QUESTIONS = "questions"
    PEOPLE = "people"


KEPT: Mapping[Kept, Message] = {
    Kept.DRAFTS: Message("Items that never went out"),
    Kept.WITHDRAWN: Message("Items that were withdrawn"),
    Kept.SOURCES: Message("Sources of items that are out"),
    Kept.OLD_DRAFTS: Message("Old drafts of items that are out"),
    Kept.QUESTIONS: Message("Questions of the audience"),
    Kept.PEOPLE: Message("People who left"),
}
FROM_WHEN: Mapping[Kept, Message] = {
    Kept.DRAFTS: Message("from the last thing recorded of them"),
    Kept.WITHDRAWN: Message("from their withdrawal"),
    Kept.SOURCES: Message("from when the item went out, or was last corrected"),
    Kept.OLD_DRAFTS: Message("from when the item went out, or was last corrected"),
    Kept.QUESTIONS: Message("from their answer, or from when they were closed"),
    Kept.PEOPLE: Message("from their last day"),
}


class Why(StrEnum):
    """On what ground something is kept when the rest is erased."""

    FREEDOM = "freedom of expression"
    DUTY = "legal duty"
    CLAIMS = "legal claims"
    NOBODY = "names nobody"
    OUTSIDE = "outside this software"
    MINIMUM = "legal minimum"


WHY: Mapping[Why, Message] = {
    Why.FREEDOM: Message(
        "freedom of expression and information: journalism (GDPR Art. 17(3)(a) and Art. 85)"
    ),
    Why.DUTY: Message(
        "a duty to show who reviewed and who answers for what went out (GDPR Art. 17(3)(b);"
        " EU AI Act Art. 50(4))"
    ),
    Why.CLAIMS: Message("legal claims: the record shows what was done (GDPR Art. 17(3)(e))"),
    Why.NOBODY: Message("it names nobody any more"),
    Why.OUTSIDE: Message("Masthead cannot reach it"),
    Why.MINIMUM: Message("a law asks that it be kept so long, as is on record here (GDPR Art. 17(3)(b))"),
}
"""Plain words, no legal advice: who answers for the data decides whether a ground holds."""

REMOVED: Mapping[str, Message] = {
    "rows": Message("rows of the record: %(n)s"),
    "fields": Message("sealed fields of the log: %(n)s"),
    "files": Message("files: %(n)s"),
    "logins": Message("logins: %(n)s"),
    "others": Message("other rows: %(n)s"),
}
"""What an entry says of how much was erased."""
