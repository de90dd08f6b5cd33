"""Verify the keys of the log: each statement by its signatures, and that one key follows from another."""

from collections.abc import Iterator
from pathlib import Path

from django.db.models import QuerySet

from masthead.errors import Damaged
from masthead.language import Message
from masthead.newsroom.evidence.key_ring import UNREADABLE, ring
from masthead.newsroom.evidence.models import KeyRevocation, LogKey, RowDigest
from masthead.newsroom.evidence.verify_entry import Failure, sentence
from masthead.newsroom.evidence.verify_rows import row_failures
from masthead.tlog import note
from masthead.tlog.handover import Ground, Handover, Replacement, Revocation
from masthead.tlog.key_list import Fault, KeyList
from masthead.tlog.note import Malformed, VerifierKey

FAULTS = {
    Fault.UNREADABLE: Message("its note cannot be read, or is another's"),
    Fault.MISSING: Message("its signature does not verify"),
    Fault.BROKEN: Message("its signature does not verify"),
    Fault.NOT_IN_FORCE: Message("it is signed with a key that was not in force"),
}


def key_list(home: Path, trusted: VerifierKey | None) -> KeyList:
    """The keys that checkpoints are verified with.

    Where a `trusted` key is given, from elsewhere, and the record knows it not, it alone counts.
    """
    if trusted is None:
        return ring(home).list
    try:
        known = ring(home).list
    except Damaged:
        known = None
    if known is not None and any(each.key == trusted for each in known.keys):
        return known
    return KeyList.of(trusted)


def changed_rows() -> Iterator[Failure]:
    """Rows about keys that are not as their entries wrote them: to be looked at before one is read.

    There are a handful; the digests are found by table.
    """
    for model in (LogKey, KeyRevocation):
        digests = RowDigest.objects.filter(table=model._meta.db_table)
        try:
            yield from row_failures(digests)
        except UNREADABLE:
            yield Failure(_unreadable(digests), Message("what is on record cannot be read"))


def _unreadable(digests: QuerySet[RowDigest]) -> int | None:
    """The first entry whose digest cannot be read; None where each can."""
    for place in digests.values_list("entry_id", flat=True).order_by("entry_id"):
        try:
            list(digests.filter(entry_id=place))
        except UNREADABLE:
            return int(place)
    return None


def refuse_changed() -> None:
    """Raise `Damaged` where a row about keys is not as its entry wrote it: nothing is signed with such."""
    for failure in changed_rows():
        raise Damaged(
            sentence(failure.told),
            Message("Nothing was signed. Keep the database as it is, and see `masthead log verify`."),
        )


def key_failures() -> Iterator[Failure]:
    """What does not hold of the rows about keys; their digests are verified with the others."""
    before: str | None = None
    for row in LogKey.objects.select_related("entry").order_by("from_size"):
        if not _holds(row, before):
            yield Failure(row.entry.place, Message("the statement about a new key of the log does not hold"))
        before = row.key
    for gone in KeyRevocation.objects.select_related("entry"):
        if not _gone(gone):
            yield Failure(
                gone.entry.place, Message("the statement about a revoked key of the log does not hold")
            )


def _holds(row: LogKey, before: str | None) -> bool:
    try:
        read = note.parse(row.statement)
        old, new = VerifierKey.parse(row.previous), VerifierKey.parse(row.key)
        expected: Handover | Replacement = Handover(new, row.from_size)
        signers = (old, new)
        if row.reason != Ground.ROTATED:
            expected, signers = Replacement(old, new, row.from_size, Ground(row.reason)), (new, new)
    except (Malformed, ValueError):
        return False
    return (
        before in (None, row.previous)
        and row.entry.place == row.from_size - 1
        and read.text == str(expected)
        and all(note.verify(read, key) for key in signers)
    )


def _gone(row: KeyRevocation) -> bool:
    try:
        read = note.parse(row.statement)
        said = Revocation(VerifierKey.parse(row.key), Ground(row.reason), row.from_size, row.since)
        by = LogKey.objects.filter(from_size__lte=row.from_size).order_by("-from_size").first()
        signer = VerifierKey.parse(by.key if by else row.key)
    except (Malformed, ValueError):
        return False
    return (
        by is not None
        and row.entry.place == row.from_size - 1
        and read.text == str(said)
        and note.verify(read, signer)
    )
