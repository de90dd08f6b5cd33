"""Erase what an item was made from, and what quotes it. What went out, and its proof, stay as they are.

A source at risk does not wait until the item is withdrawn. What was said in the record alone may name it, so
that notes go too; what went out quotes it only where its readers see that.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from masthead.checks import traceability
from masthead.checks.registry import OURS
from masthead.language import Message
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.items.erased import Instead, is_erased
from masthead.newsroom.items.models import Item, Source, Version
from masthead.newsroom.retention import blanks, files
from masthead.newsroom.retention.blanks import NOTHING_FOUND, Columns
from masthead.newsroom.retention.of_item import RETURNED, SOURCES, WAIVED, answers, is_out
from masthead.newsroom.retention.plan import Plan
from masthead.newsroom.retention.sealed_words import places_of, sealed_words
from masthead.newsroom.retention.subjects import Listed, Subject, of_those_listed
from masthead.newsroom.retention.words import Why
from masthead.newsroom.review.models import BreakGlass, Finding, SecondReview, SentBack, Waiver

OF_THE_TEXT = OURS.keys() - {traceability.ID}
"""Checks that never look into sources; what others' look into, nobody here knows."""
SEALED = {Kind.SOURCE_ADDED: ("source_sha256",), Kind.FINDING_WAIVED: ("note",), Kind.SENT_BACK: ("note",)}
MARKS = {Kind.FINDING_WAIVED: ("finding",), Kind.CHECKS_RUN: ("findings",)}


def plan(subject: Subject, now: datetime) -> Plan:
    """What erasing the sources of this item comes to."""
    item, made = subject.item(), Plan(subject, {subject.whole})
    known = _known(item, subject.listed)
    going = [row for row in known if not is_erased(row.sha256)]
    files.add(made, {Source: [row.pk for row in known]})
    instead = Instead()
    blanks.blank(made, going, partial(blanks.source, instead=instead), SOURCES)
    if not known:
        return made
    made_from = item.versions.filter(sources__in=[row.pk for row in known]).distinct()
    together = Message("hashes of all that was handed in together: %(n)d")
    blanks.blank(made, of_those_listed(made_from, subject.listed), blanks.sent_with, together)
    _quoting(made, item, made_from, instead, {row.version_id for row in going})
    places = places_of({Source: [row.pk for row in known]})
    answers(made, places)
    _stays(made, item)
    return made


def _known(item: Item, listed: Listed | None) -> list[Source]:
    """The sources of an item. Of a part erased before: those that went then, and what was carried over."""
    known = list(Source.objects.filter(version__item=item))
    if listed is None:
        return known
    again = {row.sha256 for row in known if row.pk in listed.rows and not is_erased(row.sha256)}
    return [row for row in known if row.pk in listed.rows or row.sha256 in again]


def _quoting(
    made: Plan, item: Item, versions: Iterable[Version], instead: Instead, with_it: Collection[UUID]
) -> None:
    """What findings and notes say of the sources, in rows and in sealed fields.

    Of a part erased before, what went then; and what was found since in versions `with_it` still.
    """
    listed = made.subject.listed
    found = Finding.objects.filter(run__version__in=versions).exclude(check_id__in=OF_THE_TEXT)
    findings = [
        row
        for row in found.select_related("run")
        if listed is None or row.pk in listed.rows or row.run.version_id in with_it
    ]
    blanks.blank(
        made, findings, partial(_finding, instead=instead), Message("what findings say of sources: %(n)d")
    )
    marks = {row.fingerprint for row in findings if _points_at_a_source(row)}
    waivers = Waiver.objects.filter(item=item)
    told = {row.pk for row in of_those_listed(waivers, listed)}
    blanks.blank(made, waivers, partial(_waiver, marks=marks, instead=instead, told=told), WAIVED)
    returned = of_those_listed(SentBack.objects.filter(version__item=item), listed)
    blanks.blank(made, returned, blanks.sent_back, RETURNED)
    rows = (*Source.objects.filter(version__item=item), *waivers, *returned)
    sealed_words(made, _places(rows), only=SEALED, listed=listed)
    runs = {row.run for row in findings if row.fingerprint in marks}
    marked = (*runs, *(row for row in waivers if row.fingerprint in marks))
    sealed_words(made, _places(marked), only=MARKS, listed=listed)


def _places(rows: Iterable[Vouched]) -> set[int]:
    by_model: dict[type[Vouched], list[UUID]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
    return places_of(by_model)


def _points_at_a_source(row: Finding) -> bool:
    """Whether what a finding is known by was made of more than words of the text and of ours."""
    return row.quote is None or row.check_id not in OURS


def _finding(row: Finding, instead: Instead) -> Columns:
    """A finding keeps its place in the text, so that what was told of it, and waived, still counts."""
    gone: Columns = {}
    if row.message != NOTHING_FOUND.to_json():
        gone["message"] = NOTHING_FOUND.to_json()
    if row.nearest is not None:
        gone["nearest"] = None
    if _points_at_a_source(row) and not is_erased(row.fingerprint):
        gone["fingerprint"] = instead.of(row.fingerprint)
    return gone


def _waiver(row: Waiver, marks: set[str], instead: Instead, told: Collection[UUID]) -> Columns:
    gone: Columns = {"note": ""} if row.note and row.pk in told else {}
    if row.fingerprint in marks and not is_erased(row.fingerprint):
        gone["fingerprint"] = instead.of(row.fingerprint)
    return gone


def _stays(made: Plan, item: Item) -> None:
    sources = Source.objects.filter(version__item=item).order_by().values("sha256").distinct().count()
    made.stays(
        Message("that there were sources, how many, when and by whom added: %(n)d"), sources, Why.CLAIMS
    )
    reasons = BreakGlass.objects.filter(version__item=item).count()
    reasons += SecondReview.objects.filter(break_glass__version__item=item).count()
    made.stays(Message("reasons for passing the gate, which were not searched: %(n)d"), reasons, Why.CLAIMS)
    texts = item.versions.count()
    made.stays(
        Message("versions of its text, which may quote a source and were not searched: %(n)d"),
        texts, Why.FREEDOM,
    )  # fmt: skip
    if is_out(item):
        made.stays(Message("what went out, its page and its proof"), 1, Why.FREEDOM)
