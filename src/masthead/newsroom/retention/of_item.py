"""Erase an item that is not out: texts and pictures, titles, sources, and all that quotes them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Model

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.connections.models import Done, ExternalId
from masthead.newsroom.evidence.fields import said
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.items.erased import GONE, erased_hash, is_erased
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.retention import of_question
from masthead.newsroom.retention.plan import Plan
from masthead.newsroom.retention.sealed_words import places_of, sealed_words
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

NOTHING_FOUND = Message("What was found here was erased.")

type Columns = dict[str, Any]


def plan(subject: Subject, now: datetime) -> Plan:
    """What erasing this item comes to. `Refused` while it is out."""
    item = subject.item()
    _must_not_be_out(item)
    made = Plan(subject, {subject})
    _files(made, item)
    for model, way, columns, what in BLANKED:
        _blank(made, model, {way: item.pk}, columns, what)
    for question in item.questions.all():
        made.touches.add(Subject(On.QUESTION, question.pk))
        of_question.add(made, question)
    places = places_of(_rows(item))
    sealed_words(made, places, opened=_opened(item))
    _others(made, item, places)
    if made.removed and item.publications.exists():
        made.pages.add(item.public_id)
    _stays(made, item, places)
    return made


def _must_not_be_out(item: Item) -> None:
    if item.publications.exists() and not Withdrawal.objects.filter(item=item).exists():
        raise Refused(
            Message("This item is out: what was published is not erased behind the reader's back."),
            Message("Withdraw it first, and say why; then erase it."),
        )


def _version(row: Version) -> Columns:
    if is_erased(row.sha256):
        return {}
    gone = {
        "title": "",
        "titled": False,
        "sha256": erased_hash(),
        "canonical_sha256": erased_hash(),
        "size": 0,
    }
    return gone | {"address": None, "fetched_at": None, "once": None, "sent_sha256": None}


def _source(row: Source) -> Columns:
    if is_erased(row.sha256):
        return {}
    return {"label": GONE, "sha256": erased_hash(), "size": 0, "address": None, "fetched_at": None}


def _use(row: AIUse) -> Columns:
    return {"quote": GONE} if row.quote not in ("", GONE) else {}


def _finding(row: Finding) -> Columns:
    if is_erased(row.fingerprint):
        return {}
    return {
        "fingerprint": erased_hash(), "message": NOTHING_FOUND.to_json(), "quote": None, "start": None,
        "end": None, "nearest": None,
    }  # fmt: skip


def _waiver(row: Waiver) -> Columns:
    gone = {} if is_erased(row.fingerprint) else {"fingerprint": erased_hash()}
    return gone | ({"note": ""} if row.note else {})


def _sign_off(row: SignOff | BreakGlass) -> Columns:
    if is_erased(row.said_sha256):
        return {}
    return {"canonical_sha256": erased_hash(), "said_sha256": erased_hash()}


def _break_glass(row: BreakGlass) -> Columns:
    return _sign_off(row) | ({"reason": GONE} if row.reason != GONE else {})


def _sent_back(row: SentBack) -> Columns:
    return {"note": GONE} if row.note != GONE else {}


def _publication(row: Publication) -> Columns:
    if is_erased(row.content_sha256):
        return {}
    uses = [{**use, "part": None} for use in row.facts["uses"]]
    sidecar = {"sidecar_sha256": erased_hash()} if row.sidecar_sha256 else {}
    return {"content_sha256": erased_hash(), "facts": {**row.facts, "title": "", "uses": uses}, **sidecar}


BLANKED: tuple[tuple[type[Vouched], str, Callable[[Any], Columns], Message], ...] = (
    (Version, "item", _version, Message("titles, hashes and addresses of versions: %(n)d")),
    (Source, "version__item", _source, Message("names, hashes and addresses of sources: %(n)d")),
    (AIUse, "version__item", _use, Message("quotations with AI uses: %(n)d")),
    (Finding, "run__version__item", _finding, Message("findings: %(n)d")),
    (Waiver, "item", _waiver, Message("notes with waivers: %(n)d")),
    (SignOff, "version__item", _sign_off, Message("hashes of what was signed off: %(n)d")),
    (BreakGlass, "version__item", _break_glass, Message("reasons for passing the gate: %(n)d")),
    (SentBack, "version__item", _sent_back, Message("notes with what was sent back: %(n)d")),
    (Publication, "item", _publication, Message("records of what went out: %(n)d")),
)
"""What is blanked of each table: the way to the item, the columns, and how it is told."""


def _blank(
    made: Plan,
    model: type[Vouched],
    way: dict[str, UUID],
    columns: Callable[[Any], Columns],
    what: Message,
) -> None:
    count = 0
    names: set[str] = set()
    for row in model._base_manager.filter(**way).iterator(500):
        gone = columns(row)
        if gone:
            made.set_to(model, row.pk, gone)
            names.update(gone)
            count += 1
    made.goes(what, count, *(f"{model._meta.db_table}.{each}" for each in sorted(names)))


_NAMED: tuple[tuple[type[Model], str, str], ...] = (
    (Version, "sha256", "item"),
    (Source, "sha256", "version__item"),
    (Publication, "content_sha256", "item"),
    (Publication, "sidecar_sha256", "item"),
)


def _files(made: Plan, item: Item) -> None:
    """The files that nothing else names. One that was handed in again since goes with the leftovers."""
    found: dict[str, datetime] = {}
    for model, column, way in _NAMED:
        rows = model._default_manager.filter(**{way: item.pk}).exclude(**{column: ""}).order_by()
        for digest, last in rows.values_list(column).annotate(Max("entry__recorded_at")):
            if not is_erased(digest):
                found[digest] = max(last, found.get(digest, last))
    others = {digest for digest in found if _named_elsewhere(digest, item)}
    made.files.update({digest: at for digest, at in found.items() if digest not in others})
    made.goes(Message("files with texts, pictures and sources: %(n)d"), len(made.files), "blobs/")
    made.stays(Message("files that another item has too: %(n)d"), len(others), Why.FREEDOM)


def _named_elsewhere(digest: str, item: Item) -> bool:
    return any(
        model._default_manager.filter(**{column: digest}).exclude(**{way: item.pk}).exists()
        for model, column, way in _NAMED
    )


def _rows(item: Item) -> dict[type[Vouched], list[UUID]]:
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


def _opened(item: Item) -> set[int]:
    """The places of what went out of the item, of what that rests on, and of the second reviews."""
    places = {row.entry.place for row in _gone_out(item)}
    rests = said(places, ["rests_on"]).values()
    reviews = SecondReview.objects.filter(break_glass__publication__item=item)
    return places.union(
        *(each.get("rests_on", []) for each in rests), reviews.values_list("entry__place", flat=True)
    )


def _gone_out(item: Item) -> Iterator[Publication | Withdrawal]:
    yield from Publication.objects.filter(item=item).select_related("entry")
    yield from Withdrawal.objects.filter(item=item).select_related("entry")


def _others(made: Plan, item: Item, places: set[int]) -> None:
    """What is no evidence: names other software gave it, messages to it, answers kept for it, its line."""
    done = [row.pk for row in Done.objects.only("places").iterator(500) if places & set(row.places)]
    for what, rows in (
        (Message("names that other software gave it: %(n)d"), ExternalId.objects.filter(item=item)),
        (Message("messages to other software about it: %(n)d"), Delivery.objects.filter(item=item.public_id)),
        (Message("answers kept for other software: %(n)d"), Done.objects.filter(pk__in=done)),
    ):
        count = rows.count()
        made.goes(what, count, rows.model._meta.db_table)
        if count:
            made.counts["others"] = made.counts.get("others", 0) + count
            made.others.append(rows.delete)
    # Its line in the lists is made anew from the entry; until then it must not show what is gone.
    blank = dict.fromkeys(("title", "key", "out_title", "out_key"), "")
    made.others.append(lambda: Line.objects.filter(item=item).update(**blank))


def _stays(made: Plan, item: Item, places: set[int]) -> None:
    made.stays(
        Message("entries of the log about it, by their kind, day and role: %(n)d"), len(places), Why.CLAIMS
    )
    told = Correction.objects.filter(item=item).count() + Withdrawal.objects.filter(item=item).count()
    made.stays(
        Message("what the audience was told of corrections and the withdrawal: %(n)d"), told, Why.FREEDOM
    )
    out = item.publications.count()
    made.stays(
        Message("what opened in the log when it went out: AI use, checks, roles, hash: %(n)d"), out, Why.DUTY
    )
