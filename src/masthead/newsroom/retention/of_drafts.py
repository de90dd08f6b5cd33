"""Erase the old drafts of an item: versions that never went out and that a newer one has taken the place of.

What went out stays, and the version in hand; and with them whatever of a draft is the very same there: its
bytes under the same title, its form, the words of an AI use, a finding and its waiver.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from masthead.language import Message
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.erased import Instead, erased_hash, is_erased
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.retention import blanks, files, of_item
from masthead.newsroom.retention.blanks import Columns
from masthead.newsroom.retention.plan import Plan
from masthead.newsroom.retention.sealed_words import Told, places_of, sealed_words
from masthead.newsroom.retention.subjects import Listed, Subject, of_those_listed
from masthead.newsroom.retention.words import Why
from masthead.newsroom.review.models import (
    BreakGlass,
    CheckRun,
    Finding,
    SecondReview,
    SentBack,
    SignOff,
    Waiver,
)
from masthead.newsroom.review.standing import said_digest

UNCHECKED = Message(
    "waivers that count no more, as the newest version was not checked: %(n)d. Check it first, and those it"
    " needs stay"
)


@dataclass(frozen=True, slots=True)
class Staying:
    """What the versions that stay hold. Of a draft, what is here too says nothing new."""

    versions: tuple[Version, ...]
    forms: frozenset[str]
    said: frozenset[str]
    sources: frozenset[str]
    quotes: frozenset[str]
    marks: frozenset[str]

    @classmethod
    def of(cls, item: Item, listed: Listed | None) -> Self:
        """Of what went out, of the newest version, and of those that are the same as one of these.

        Of drafts erased before, whatever did not go then is as the newest: that one may itself have gone.
        """
        known = list(item.versions.order_by("number"))
        in_hand = {row.pk for row in known if row.pk not in listed.rows} if listed else {known[-1].pk}
        out = set(item.publications.values_list("version", flat=True)) | in_hand
        like = {(row.sha256, row.title) for row in known if row.pk in out}
        versions = tuple(row for row in known if (row.sha256, row.title) in like)
        ids = [row.pk for row in versions]
        return cls(
            versions,
            frozenset(row.canonical_sha256 for row in versions),
            frozenset(map(said_digest, versions)),
            frozenset(Source.objects.filter(version__in=ids).values_list("sha256", flat=True)),
            frozenset(AIUse.objects.filter(version__in=ids).values_list("quote", flat=True)),
            frozenset(Finding.objects.filter(run__version__in=ids).values_list("fingerprint", flat=True)),
        )


def plan(subject: Subject, now: datetime) -> Plan:
    """What erasing the old drafts of this item comes to."""
    item, made = subject.item(), Plan(subject, {subject.whole})
    listed = subject.listed
    staying = Staying.of(item, listed)
    going = _going(item, staying)
    now_going = {model: of_those_listed(rows, listed) for model, rows in going.items()}
    files.add(made, {model: [row.pk for row in now_going[model]] for model in (Version, Source)})
    instead = Instead()
    for model, columns, what in _columns(staying, instead):
        blanks.blank(made, now_going[model], columns, what)
    if not going[Version]:
        return made
    places = places_of({model: [row.pk for row in rows] for model, rows in going.items()})
    told = of_item.told_of(item)
    sealed_words(made, places, told=Told(told.places, {*told.forms, *staying.forms}), listed=listed)
    _waived(made, item, now_going[Waiver])
    _line(made, item, now_going[Version])
    of_item.answers(made, places)
    made.stays(Message("versions that went out, and the newest: %(n)d"), len(staying.versions), Why.FREEDOM)
    made.stays(of_item.ENTRIES, len(places), Why.CLAIMS)
    return made


def _waived(made: Plan, item: Item, going: list[Waiver]) -> None:
    """Say that waivers go which the newest version may need: nobody knows what is found in it.

    They are not kept for it. A waiver says which words of a draft it is about, and is given anew.
    """
    last = newest(item)
    if not is_erased(last.sha256) and not CheckRun.objects.filter(version=last).exists():
        count = sum(not is_erased(row.fingerprint) for row in going)
        made.goes(UNCHECKED, count, Waiver._meta.db_table)


def _line(made: Plan, item: Item, going: list[Version]) -> None:
    """Have the title of an item go from the lists where its newest version goes, as an older copy has it."""
    if newest(item).pk in {row.pk for row in going}:
        made.others.append(lambda: of_item.blank_line(item))


def _going(item: Item, staying: Staying) -> dict[type[Vouched], list[Any]]:
    """The rows about drafts alone: those that hold nothing of what stays."""
    drafts = list(item.versions.exclude(pk__in=[row.pk for row in staying.versions]).order_by("number"))
    ways: tuple[tuple[type[Vouched], str, Callable[[Any], bool]], ...] = (
        (Source, "version", lambda row: row.sha256 not in staying.sources),
        (AIUse, "version", lambda row: row.quote not in staying.quotes),
        (CheckRun, "version", _any),
        (Finding, "run__version", lambda row: row.fingerprint not in staying.marks),
        (Waiver, "finding__run__version", lambda row: row.fingerprint not in staying.marks),
        (SignOff, "version", _any),
        (BreakGlass, "version", _any),
        (SecondReview, "break_glass__version", _any),
        (SentBack, "version", _any),
    )
    found: dict[type[Vouched], list[Any]] = {Version: drafts}
    for model, way, goes in ways:
        rows: Iterable[Any] = model._base_manager.filter(**{f"{way}__in": [row.pk for row in drafts]})
        found[model] = [row for row in rows if goes(row)]
    return found


def _any(row: Any) -> bool:
    return True


def _columns(
    staying: Staying, instead: Instead
) -> tuple[tuple[type[Vouched], Callable[[Any], Columns], Message], ...]:
    return (
        (Version, lambda row: _version(row, staying, instead), of_item.TITLES),
        (Source, lambda row: blanks.source(row, instead), of_item.SOURCES),
        (AIUse, blanks.use, of_item.QUOTES),
        (Finding, blanks.finding, of_item.FINDINGS),
        (Waiver, blanks.waiver, of_item.WAIVED),
        (SignOff, lambda row: _sign_off(row, staying), of_item.SIGNED),
        (BreakGlass, blanks.break_glass, of_item.PASSED),
        (SentBack, blanks.sent_back, of_item.RETURNED),
    )


def _version(row: Version, staying: Staying, instead: Instead) -> Columns:
    gone = blanks.version(row, instead)
    if row.canonical_sha256 in staying.forms:
        gone.pop("canonical_sha256", None)
    return gone


def _sign_off(row: SignOff, staying: Staying) -> Columns:
    """A sign-off of a form that stays goes on covering it, where it covers what is said of it too."""
    if row.canonical_sha256 not in staying.forms:
        return blanks.sign_off(row)
    kept = row.said_sha256 in staying.said or is_erased(row.said_sha256)
    return {} if kept else {"said_sha256": erased_hash()}
