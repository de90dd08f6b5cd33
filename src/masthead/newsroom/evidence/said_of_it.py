"""Keep what others have said of a checkpoint: the cosignatures of witnesses, the stamps of authorities."""

from datetime import datetime

from django.db import transaction

from masthead.newsroom.evidence import as_kept
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Stamp
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog.note import Signature


def keep_cosignature(checkpoint: Checkpoint, line: Signature, said_at: datetime) -> None:
    """Keep a line that was verified. One of the same key on the same checkpoint gives way to a later one."""
    table = Cosignature._meta.db_table
    fresh = Cosignature(
        checkpoint=checkpoint, name=line.name, key_id=line.key_id, line=str(line), said_at=said_at
    )
    with told_plainly(), transaction.atomic(durable=True):
        with permit("INSERT", table):
            kept, made = Cosignature.objects.get_or_create(
                checkpoint=checkpoint,
                name=line.name,
                key_id=line.key_id,
                defaults={
                    "id": fresh.id,
                    "line": str(line),
                    "said_at": said_at,
                    "as_kept": as_kept.digest_of(fresh),
                },
            )
        if not made:
            with permit("UPDATE", table):
                fresh.id = kept.id
                later = Cosignature.objects.filter(pk=kept.pk, said_at__lt=said_at)
                later.update(line=str(line), said_at=said_at, as_kept=as_kept.digest_of(fresh))


def keep_stamp(checkpoint: Checkpoint, authority: str, token: bytes, said_at: datetime) -> None:
    """Keep a stamp that was verified. An authority's first on a checkpoint stays: it says the earliest."""
    fresh = Stamp(checkpoint=checkpoint, authority=authority, token=token, said_at=said_at)
    given = {"id": fresh.id, "token": token, "said_at": said_at, "as_kept": as_kept.digest_of(fresh)}
    with told_plainly(), transaction.atomic(durable=True), permit("INSERT", Stamp._meta.db_table):
        Stamp.objects.get_or_create(checkpoint=checkpoint, authority=authority, defaults=given)
