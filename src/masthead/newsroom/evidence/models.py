"""The tables of the log. Nothing but `record()`, `setup()` and the checkpoint's publisher writes them."""

from typing import ClassVar

from django.db import models

from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.evidence.vouched import AppendOnly, new_id
from masthead.tlog.handover import Ground


class LogHead(models.Model):
    """The one row under whose lock entries take their places."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    origin = models.CharField(max_length=255)
    size = models.BigIntegerField(default=0)
    peaks = models.BinaryField(default=b"")
    """Hashes of the complete subtrees, largest first, 32 bytes each."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="log_head_is_one_row", condition=models.Q(id=1)),
            models.CheckConstraint(name="log_head_size", condition=models.Q(size__gte=0)),
        ]


class Entry(models.Model):
    """One line of the evidence log."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.BigIntegerField(unique=True)
    kind = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    commitment = models.BinaryField()
    leaf_hash = models.BinaryField()
    sealed = models.BinaryField()
    """The sealed fields, as `masthead.newsroom.evidence.fields` reads them. The last column: what reads the
    others leaves the pages alone on which a long one goes on."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="entry_place", condition=models.Q(place__gte=0)),
        ]
        # By what the log is searched at the desk; with 100,000 entries one search read all of them.
        indexes: ClassVar = [
            models.Index(name="entry_by_kind", fields=["kind", "-place"]),
            models.Index(name="entry_by_actor", fields=["actor", "-place"]),
            models.Index(name="entry_by_time", fields=["recorded_at"]),
        ]


class RowDigest(models.Model):
    """What one row was when an entry wrote it."""

    pk = models.CompositePrimaryKey("entry", "table", "row")
    entry = models.ForeignKey(
        Entry,
        on_delete=models.PROTECT,
        to_field="place",
        db_column="place",
        db_index=False,  # The primary key begins with it.
        related_name="row_digests",
    )
    table = models.CharField(max_length=63)
    row = models.UUIDField()
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(name="row_digest_newest", fields=["table", "row", "-entry"])]


class Erasure(AppendOnly):
    """That sealed fields of the entry at `place` were erased, and which: `entry` is the one that did it."""

    place = models.BigIntegerField()
    names = models.JSONField()

    class Meta:
        indexes: ClassVar = [models.Index(name="erasure_by_place", fields=["place"])]


class Node(models.Model):
    """The hash of a complete subtree of 2^level leaves, for levels 8, 16, 24 and so on."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()


class Checkpoint(models.Model):
    """A signed head of the log, as the world may see it."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    """The signed note, C2SP signed-note."""
    signed_at = models.DateTimeField()
    as_kept = models.BinaryField(null=True)
    """`evidence.as_kept.digest_of` the row; null only until tables are brought up to date."""

    class Meta:
        # By which the growth of the log is drawn without reading all of them.
        indexes: ClassVar = [models.Index(name="checkpoint_by_time", fields=["-signed_at", "-size"])]


class KeptDamage(models.Model):
    """What somebody found damaged, until a person has put it right: `evidence.kept`. Every host reads it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.TextField()
    """The file of evidence, as it stands in the home folder of whoever found it."""


class Cosignature(models.Model):
    """A witness's signature on a checkpoint: that the log it has seen before is the beginning of this one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    name = models.CharField(max_length=255)
    """The witness's name, as in its verifier key."""
    key_id = models.BinaryField()
    line = models.TextField()
    """The line of signature, C2SP tlog-cosignature, without its line feed."""
    said_at = models.DateTimeField()
    """When, as the witness signed it."""
    as_kept = models.BinaryField(null=True)
    """`evidence.as_kept.digest_of` the row; null only until tables are brought up to date."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_cosignature_a_witness", fields=["checkpoint", "name", "key_id"]
            ),
        ]


class Stamp(models.Model):
    """A time stamp of a checkpoint, RFC 3161: an authority saw the note by then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="stamps")
    authority = models.CharField(max_length=500)
    """The address that was asked."""
    token = models.BinaryField()
    """The time-stamp response, DER, over the SHA-256 of the text that the signatures stand under."""
    said_at = models.DateTimeField()
    """When, as the authority signed it."""
    as_kept = models.BinaryField(null=True)
    """`evidence.as_kept.digest_of` the row; null only until tables are brought up to date."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_stamp_an_authority", fields=["checkpoint", "authority"]),
        ]


class LogKey(AppendOnly):
    """That another key signs the log from here on."""

    key = models.CharField(max_length=400, unique=True)
    """Its verifier-key line."""
    previous = models.CharField(max_length=400, unique=True)
    """The line of the key before it: each has one after it at most."""
    from_size = models.BigIntegerField(unique=True)
    """How many entries the first checkpoint has that it signs: those up to its own."""
    reason = one_of(Ground)
    overlap_until = models.DateTimeField(null=True)
    """Until when the key before signs along; null where that did not hand over."""
    statement = models.TextField()
    """The signed note: a hand-over, else a replacement."""

    class Meta:
        constraints: ClassVar = [
            known("reason", Ground),
            models.CheckConstraint(
                name="log_key_overlaps_where_handed_over",
                condition=models.Q(reason=Ground.ROTATED.value, overlap_until__isnull=False)
                | (~models.Q(reason=Ground.ROTATED.value) & models.Q(overlap_until__isnull=True)),
            ),
        ]


class KeyRevocation(AppendOnly):
    """That signatures of a key of the log count no longer."""

    key = models.CharField(max_length=400, unique=True)
    reason = one_of(Ground)
    from_size = models.BigIntegerField()
    """On checkpoints of as many entries or more."""
    since = models.DateField(null=True)
    """The day from which it may have been in other hands; null where nobody can say."""
    statement = models.TextField()
    """The signed note."""

    class Meta:
        constraints: ClassVar = [
            known("reason", Ground),
            models.CheckConstraint(
                name="key_revocation_has_a_ground", condition=~models.Q(reason=Ground.ROTATED.value)
            ),
        ]
