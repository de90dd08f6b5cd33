"""The one plain line: what AI did, who wrote, who checked, who stands behind it.

It never says more than the record holds: each sentence is there because a field bears it out.
"""

from collections.abc import Iterator, Sequence

from masthead.labels.dates import spoken
from masthead.labels.record import Record, Use
from masthead.labels.tasks import counts, written_by_a_person
from masthead.labels.unchecked import unchecked
from masthead.language import Message
from masthead.vocabulary import Medium, Task, Tier

DID: dict[Task, Message] = {
    Task.TRANSCRIPTION: Message("transcribed recordings"),
    Task.TRANSLATION: Message("translated text"),
    Task.SUMMARY: Message("summarised material"),
    Task.DRAFTING: Message("drafted the text"),
    Task.EDITING: Message("edited the text"),
    Task.HEADLINE: Message("helped with the headline"),
    Task.RESEARCH: Message("helped with the research"),
    Task.DATA_ANALYSIS: Message("analysed data"),
    Task.IMAGE_GENERATION: Message("made a picture"),
    Task.IMAGE_EDITING: Message("changed a picture"),
    Task.AUDIO: Message("worked on the sound"),
    Task.VIDEO: Message("worked on the video"),
    Task.CAPTIONING: Message("wrote captions"),
    Task.ALT_TEXT: Message("described pictures in words"),
    Task.SEARCH: Message("searched for material"),
    Task.MODERATION: Message("helped with moderation"),
    Task.RECOMMENDATION: Message("helped with recommendations"),
    Task.OTHER: Message("did work that the details describe"),
}
"""What each task is in a sentence that starts with “An AI tool”; past participles in other languages."""

TO_THIS_PICTURE = {
    Task.IMAGE_GENERATION: (Message("made this picture"), Message("made part of this picture")),
    Task.IMAGE_EDITING: (Message("changed this picture"), Message("changed part of this picture")),
}
TO_PART = {
    Task.DRAFTING: Message("drafted part of the text"),
    Task.EDITING: Message("edited part of the text"),
    Task.TRANSLATION: Message("translated part of the text"),
    Task.SUMMARY: Message("wrote a summary that is part of the text"),
}

AT_MOST = 3
"""How many things a line tells before it sends the reader to the details; what is material always stands."""


def line(record: Record) -> str:
    """The line in the active language: a few whole sentences, no names but the one who answers for it."""
    return " ".join(str(sentence) for sentence in _sentences(record))


def _sentences(record: Record) -> Iterator[Message]:
    if record.withdrawn is not None:
        yield Message("Withdrawn on %(date)s.", {"date": spoken(record.withdrawn.on)})
    yield _ai(record)
    if any(use.tier is Tier.T3 for use in record.uses):
        yield Message("AI did part of this on its own, without a person deciding each time.")
    yield from _people(record)
    if record.break_glass:
        yield from _emergency(record)
    if record.responsible and record.withdrawn is not None:
        yield Message("%(responsible)s answers for it.", {"responsible": opening(record.responsible)})
    elif record.responsible:
        yield Message("%(responsible)s stands behind it.", {"responsible": opening(record.responsible)})


def opening(name: str) -> str:
    """A name or an office as it opens a sentence."""
    return name[:1].upper() + name[1:]


def _ai(record: Record) -> Message:
    told = [use for use in record.uses if counts(use)]
    if not record.uses:
        return Message("No use of AI is on record.")
    if not told:
        return Message("AI gave only incidental help, which the details describe.")
    did = _listed(_phrases(record, told))
    if len({use.system for use in told}) == 1:
        return Message("An AI tool %(did)s.", {"did": did})
    return Message("AI tools %(did)s.", {"did": did})


def _phrases(record: Record, uses: Sequence[Use]) -> list[Message]:
    """What was done, the most material first, each thing once; what is left over is named as such."""
    order = list(Tier)
    ranked = sorted(uses, key=lambda use: -order.index(use.tier))
    material = {_phrase(record, use).template for use in ranked if use.tier.material}
    once = {phrase.template: phrase for phrase in (_phrase(record, use) for use in ranked)}
    other = DID[Task.OTHER]
    kept = [p for i, p in enumerate(once.values()) if (i < AT_MOST or p.template in material) and p != other]
    return kept if len(kept) == len(once) else [*kept, other]


def _phrase(record: Record, use: Use) -> Message:
    if record.medium is Medium.IMAGE and use.task in TO_THIS_PICTURE:
        whole, part = TO_THIS_PICTURE[use.task]
        return whole if use.part is None else part
    return DID[use.task] if use.part is None else TO_PART.get(use.task, DID[use.task])


def _listed(phrases: Sequence[Message]) -> Message:
    if len(phrases) == 1:
        return phrases[0]
    *rest, last = phrases
    first = rest[0]
    for phrase in rest[1:]:
        first = Message("%(first)s, %(next)s", {"first": first, "next": phrase})
    return Message("%(first)s and %(last)s", {"first": first, "last": last})


def _people(record: Record) -> Iterator[Message]:
    wrote = written_by_a_person(record)
    if record.reviewed and not record.self_signed:
        yield (
            Message("A person wrote the text; an editor checked it.")
            if wrote
            else Message("An editor checked it.")
        )
        return
    if wrote:
        yield Message("A person wrote the text.")
    if record.reviewed:
        yield Message("Self-signed: the person who made it checked it, and nobody else did.")
    elif not record.break_glass:
        yield unchecked(record)


def _emergency(record: Record) -> Iterator[Message]:
    yield (
        Message("It was published by emergency decision, past some of the usual checks.")
        if record.reviewed
        else Message("It was published by emergency decision, before an editor had checked it.")
    )
    if record.second_review:
        yield Message("A second person has reviewed it since.")
    elif record.second_review is None:
        yield Message("A second person is still to review it.")
    else:
        yield Message("The review by a second person is overdue.")
