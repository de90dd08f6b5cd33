"""An item, its exact states, what each was made from, and what AI did to it."""

from django.db import models
from django.db.models import F, Q

from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.evidence.vouched import AppendOnly, Mutable
from masthead.newsroom.items.erased import is_erased
from masthead.vocabulary import Medium, Task, Tier


class Item(Mutable):
    """A piece of media. `public_id` is random, so that it tells nothing of when the work began."""

    public_id = models.CharField(max_length=26, unique=True)
    medium = one_of(Medium)
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="items")
    protected = models.BooleanField(null=True)
    """A source at risk: seen by those who work on it and by editors, and by no one else.

    None, which counts as no, where the item was brought in before one could say so.
    """

    @property
    def title(self) -> str:
        """What its newest version is called; empty for a picture nobody titled."""
        newest = max(self.versions.all(), key=lambda version: version.number, default=None)
        return newest.title if newest else ""

    class Meta:
        constraints = [
            known("medium", Medium),
        ]


class Version(AppendOnly):
    """One exact state of an item, with what a person says of it; the bytes are kept by hash.

    The title is empty for a picture nobody titled; `titled` is whether a person gave it, not the text.
    `public_interest` and `realistic` are None while nobody has answered; both then count as yes.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)
    titled = models.BooleanField()
    public_interest = models.BooleanField(null=True)
    realistic = models.BooleanField(null=True)
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    canonical_sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    language = models.CharField(max_length=35)
    size = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()
    address = models.TextField(null=True)  # noqa: DJ001 - null columns are left out of a row's digest
    """Where it was fetched from; None for what a person handed in. With it goes `fetched_at`."""
    fetched_at = models.DateTimeField(null=True)
    once = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - as for `address`
    """The mark of the form that handed it in: it is taken once."""
    sent_sha256 = models.CharField(max_length=64, null=True)  # noqa: DJ001 - as for `address`
    """Stands for all that came with that mark."""

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["canonical_sha256"], name="version_canonical"),
            models.Index(fields=["sent_sha256"], name="version_sent", condition=Q(sent_sha256__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(address=None, fetched_at=None)
                | Q(address__isnull=False, fetched_at__isnull=False),
                name="version_is_fetched_at_a_time",
            ),
            models.UniqueConstraint("item", "number", name="version_number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_start_at_one"),
            models.CheckConstraint(condition=Q(titled=False) | ~Q(title=""), name="given_title_is_not_empty"),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$") & Q(canonical_sha256__regex="^[0-9a-f]{64}$"),
                name="version_hashes_are_sha256",
            ),
        ]


class Source(AppendOnly):
    """What a version was made from, kept with its hash."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="sources")
    label = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    address = models.TextField(null=True)  # noqa: DJ001 - null columns are left out of a row's digest
    """Where it was fetched from; None for what a person handed in. With it goes `fetched_at`."""
    fetched_at = models.DateTimeField(null=True)

    @property
    def erased(self) -> bool:
        """Whether it was erased: that there was one is all that is left."""
        return is_erased(self.sha256)

    class Meta:
        ordering = ["label", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(address=None, fetched_at=None)
                | Q(address__isnull=False, fetched_at__isnull=False),
                name="source_is_fetched_at_a_time",
            ),
            models.UniqueConstraint("version", "sha256", name="source_is_listed_once"),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="source_hash_is_sha256"),
        ]


class AIUse(AppendOnly):
    """One use of an AI system on a version; `start` and `end` are code points of its text, None the whole."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="ai_uses")
    system = models.CharField(max_length=200)
    task = one_of(Task, blank=True)
    tier = one_of(Tier)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    """The words of the part (W3C text-quote selector), by which it is found again in a later version."""
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    recorded_through = models.CharField(max_length=24)
    """`terminal`, and later `gateway`, `cms` or `credential`."""

    @property
    def for_task(self) -> Task | None:
        """What the system was used for; None where nobody said."""
        return Task(self.task) if self.task else None

    @property
    def at_tier(self) -> Tier:
        """How much the use matters."""
        return Tier(self.tier)

    class Meta:
        # As recorded: what the audience is told must read the same each time it is asked.
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None, quote="") | (Q(start__isnull=False) & ~Q(quote="")),
                name="ai_use_part_has_words",
            ),
            known("task", Task, optional=True),
            known("tier", Tier),
            models.CheckConstraint(condition=~Q(system=""), name="ai_use_names_a_system"),
            models.CheckConstraint(
                condition=Q(start=None, end=None)
                | Q(start__isnull=False, end__isnull=False, end__gt=F("start")),
                name="ai_use_part_is_a_range",
            ),
        ]
