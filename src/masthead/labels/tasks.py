"""Where AI's hand shows: which uses make or change pictures, sound or words that the audience gets."""

from masthead.labels.record import Record, Use
from masthead.vocabulary import Medium, Task, Tier

PICTURES = frozenset({Task.IMAGE_GENERATION, Task.IMAGE_EDITING, Task.VIDEO, Task.AUDIO})
"""Tasks whose result is seen or heard."""

WORDS = frozenset(
    {
        Task.DRAFTING,
        Task.EDITING,
        Task.HEADLINE,
        Task.SUMMARY,
        Task.TRANSLATION,
        Task.TRANSCRIPTION,
        Task.CAPTIONING,
        Task.ALT_TEXT,
    }
)
"""Tasks whose result is read."""

NEVER_INCIDENTAL = frozenset(
    {Task.IMAGE_GENERATION, Task.IMAGE_EDITING, Task.VIDEO, Task.AUDIO, Task.DRAFTING}
)
"""Making a text, or making or changing a picture, is never incidental, whatever tier was put down for it:
the floor of the law does not hang on a tier that somebody chose."""

UNWRITTEN = frozenset({Task.DRAFTING, Task.TRANSLATION, Task.OTHER})
"""Tasks after which nobody may claim that a person wrote the words."""


def counts(use: Use) -> bool:
    """Whether a use is more than incidental: from T1 up, or of a kind that never is incidental."""
    return use.tier is not Tier.T0 or use.task in NEVER_INCIDENTAL


def touches_pictures(record: Record, use: Use) -> bool:
    """Whether a use made or changed what is seen or heard; a task nobody named does, on a picture."""
    unnamed = use.task is Task.OTHER and record.medium is Medium.IMAGE
    return counts(use) and (use.task in PICTURES or unnamed)


def touches_words(record: Record, use: Use) -> bool:
    """Whether a use made or changed what is read; a task nobody named does, on a text."""
    unnamed = use.task is Task.OTHER and record.medium is Medium.TEXT
    return counts(use) and (use.task in WORDS or unnamed)


def written_by_a_person(record: Record) -> bool:
    """Whether the record lets us say that a person wrote the text.

    It does not where no AI use is on record (silence is no evidence), where AI drafted, translated or did
    something unnamed, where it edited the whole (T2), where a part is known to hold its words, or where it
    worked without a person.
    """
    return (
        record.medium is Medium.TEXT
        and bool(record.uses)
        and not any(
            use.task in UNWRITTEN
            or use.tier in (Tier.T3, Tier.TX)
            or (touches_words(record, use) and (use.part is not None or _edited_whole(use)))
            for use in record.uses
        )
    )


def _edited_whole(use: Use) -> bool:
    return use.task is Task.EDITING and use.tier.material
