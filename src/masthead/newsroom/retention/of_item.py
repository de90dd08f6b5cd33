"""Erase an item that is not out: texts and pictures, titles, sources, and all that quotes them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.connections.models import Done, ExternalId
from masthead.newsroom.evidence.fields import said
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.items.erased import Instead
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.retention import blanks, files, of_question
from masthead.newsroom.retention.blanks import Columns
from masthead.newsroom.retention.plan import Plan
from masthead.newsroom.retention.sealed_words import Told, places_of, sealed_words
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import On, Why
from masthead.newsroom.review.models import (
    BreakGlass,
    CheckRun,
    Correction,
    Finding,
    Publication,
    SecondReview,
    SentBack,
    SignOff,
    Waiver,
    Withdrawal,
)
from masthead.newsroom.webhooks.models import Delivery
from masthead.newsroom.worklist.models import Line


def plan(subject: Subject, now: datetime) -> Plan:
    """What erasing this item comes to. `Refused` while it is out."""
    item = subject.item()
    _must_not_be_out(item)
    made, rows = Plan(subject, {subject}), rows_of(item)
    files.add(made, {model: rows[model] for model in (Version, Source, Publication)})
    for model, way, columns, what in blanked(Instead()):
        blanks.blank(made, model._base_manager.filter(**{way: item.pk}).iterator(500), columns, what)
    for question in item.questions.all():
        made.touches.add(Subject(On.QUESTION, question.pk))
        of_question.add(made, question)
    places = places_of(rows)
    sealed_words(made, places, told=told_of(item))
    _others(made, item, places)
    if made.removed and item.publications.exists():
        made.pages.add(item.public_id)
    _stays(made, item, places)
    return made


def is_out(item: Item) -> bool:
    """Whether readers have it before them."""
    return item.publications.exists() and not Withdrawal.objects.filter(item=item).exists()


def _must_not_be_out(item: Item) -> None:
    if is_out(item):
        raise Refused(
            Message("This item is out: what was published is not erased behind the reader's back."),
            Message(
                "Withdraw it first, and say why; then erase it. Its sources, or its old drafts, can be erased"
                " while it is out."
            ),
        )


type Blanked = tuple[type[Vouched], str, Callable[[Any], Columns], Message]

TITLES = Message("titles, hashes and addresses of versions: %(n)d")
SOURCES = Message("names, hashes and addresses of sources: %(n)d")
QUOTES = Message("quotations with AI uses: %(n)d")
FINDINGS = Message("findings: %(n)d")
WAIVED = Message("notes with waivers: %(n)d")
SIGNED = Message("hashes of what was signed off: %(n)d")
PASSED = Message("reasons for passing the gate: %(n)d")
RETURNED = Message("notes with what was sent back: %(n)d")
ENTRIES = Message("entries of the log about it, by their kind, day and role: %(n)d")


def blanked(instead: Instead) -> tuple[Blanked, ...]:
    """What is blanked of each table: the way to the item, the columns, and how it is told."""
    return (
        (Version, "item", partial(blanks.version, instead=instead), TITLES),
        (Source, "version__item", partial(blanks.source, instead=instead), SOURCES),
        (AIUse, "version__item", blanks.use, QUOTES),
        (Finding, "run__version__item", blanks.finding, FINDINGS),
        (Waiver, "item", blanks.waiver, WAIVED),
        (SignOff, "version__item", blanks.sign_off, SIGNED),
        (BreakGlass, "version__item", blanks.break_glass, PASSED),
        (SentBack, "version__item", blanks.sent_back, RETURNED),
        (Publication, "item", blanks.publication, Message("records of what went out: %(n)d")),
    )


def rows_of(item: Item) -> dict[type[Vouched], list[UUID]]:
    """The rows of an item, from which the entries about it are found. Findings came with their runs."""
    ways: tuple[tuple[type[Vouched], str], ...] = (
        (Item, "pk"), (Version, "item"), (Source, "version__item"), (AIUse, "version__item"),
        (CheckRun, "version__item"), (Waiver, "item"), (SignOff, "version__item"),
        (SentBack, "version__item"), (BreakGlass, "version__item"),
        (SecondReview, "break_glass__version__item"), (Publication, "item"),
        (Correction, "item"), (Withdrawal, "item"), (Question, "item"), (Ending, "question__item"),
    )  # fmt: skip
    return {
        model: list(model._base_manager.filter(**{way: item.pk}).values_list("pk", flat=True))
        for model, way in ways
    }


def told_of(item: Item) -> Told:
    """What the audience holds of it: what went out, what that rests on, and the second reviews."""
    gone_out = {row.entry.place for row in _gone_out(item)}
    entries = said(gone_out, ["rests_on", "canonical_sha256"]).values()
    reviews = SecondReview.objects.filter(break_glass__publication__item=item)
    places = gone_out.union(
        *(each.get("rests_on", []) for each in entries), reviews.values_list("entry__place", flat=True)
    )
    # From the entries, not from the rows: those are blanked with the item, and it may be asked for again.
    return Told(places, {each["canonical_sha256"] for each in entries if "canonical_sha256" in each})


def _gone_out(item: Item) -> Iterator[Publication | Withdrawal]:
    yield from Publication.objects.filter(item=item).select_related("entry")
    yield from Withdrawal.objects.filter(item=item).select_related("entry")


def _others(made: Plan, item: Item, places: set[int]) -> None:
    """What is no evidence: names other software gave it, messages to it, answers kept for it, its line."""
    made.deletes(Message("names that other software gave it: %(n)d"), ExternalId.objects.filter(item=item))
    made.deletes(
        Message("messages to other software about it: %(n)d"), Delivery.objects.filter(item=item.public_id)
    )
    answers(made, places)
    made.others.append(lambda: blank_line(item))


def blank_line(item: Item) -> None:
    """Blank its line in the lists: it is made anew from the entry, and until then shows nothing."""
    Line.objects.filter(item=item).update(**dict.fromkeys(("title", "key", "out_title", "out_key"), ""))


def answers(made: Plan, places: set[int]) -> None:
    """Have the answers go that are kept for software which was told of these entries."""
    done = [row.pk for row in Done.objects.only("places").iterator(500) if places & set(row.places)]
    made.deletes(Message("answers kept for other software: %(n)d"), Done.objects.filter(pk__in=done))


def _stays(made: Plan, item: Item, places: set[int]) -> None:
    made.stays(ENTRIES, len(places), Why.CLAIMS)
    told = Correction.objects.filter(item=item).count() + Withdrawal.objects.filter(item=item).count()
    made.stays(
        Message("what the audience was told of corrections and the withdrawal: %(n)d"), told, Why.FREEDOM
    )
    out = item.publications.count()
    made.stays(
        Message("what opened in the log when it went out: AI use, checks, roles, hash: %(n)d"), out, Why.DUTY
    )
