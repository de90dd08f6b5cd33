"""The lines of the worklist, and how far the log was read for them. No evidence: made from the record."""

from django.db import models
from django.db.models import Q

from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.review.reading import Stage
from masthead.newsroom.worklist.step import Step
from masthead.vocabulary import Medium


class Line(models.Model):
    """How one item stands. Columns that begin with `out_` say what is published: for who sees no drafts."""

    item = models.OneToOneField("items.Item", models.CASCADE, primary_key=True, related_name="line")
    public_id = models.CharField(max_length=26, unique=True)
    medium = one_of(Medium)
    language = models.CharField(max_length=35)
    author = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    protected = models.BooleanField()
    title = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=1200)
    """`masthead.newsroom.worklist.words.search_key` of the title."""
    systems = models.JSONField()
    """Names of the AI systems used, in order."""
    out_title = models.CharField(max_length=300, blank=True)
    out_key = models.CharField(max_length=1200, blank=True)
    out_systems = models.JSONField()
    stage = one_of(Stage)
    step = one_of(Step)
    obstacles = models.PositiveIntegerField()
    waivable = models.BooleanField()
    """Findings, and at most the sign-off, stand in the way: who may waive can clear it, or send it back."""
    second_person = models.BooleanField()
    """Whether its sign-off counts only from someone who had no hand in it."""
    updated_at = models.DateTimeField()
    """When anything of the item was last recorded."""
    published_at = models.DateTimeField(null=True)
    """When it first went out."""
    review_due = models.DateTimeField(null=True)
    """Until when somebody else than `broken_by` is to review the broken glass; None for nothing due."""
    broken_by = models.ForeignKey("accounts.Person", models.CASCADE, null=True, related_name="+")
    sent_back_at = models.DateTimeField(null=True)
    """When an editor handed the newest version back; None where it was mended or signed since."""
    stale_on = models.DateField(null=True)
    """The first day on which the terms of a system in use are too old, so that the gate may say otherwise."""
    due = models.BooleanField(default=False)
    """Something was recorded that may bear on it: to be looked at anew."""

    class Meta:
        constraints = [
            known("medium", Medium),
            known("stage", Stage),
            known("step", Step),
            models.CheckConstraint(
                condition=Q(review_due=None, broken_by=None)
                | Q(review_due__isnull=False, broken_by__isnull=False),
                name="line_review_is_of_someone",
            ),
        ]
        indexes = [
            models.Index(name="line_newest", fields=["-updated_at", "-public_id"]),
            # This and `line_waivable` hold all that counting asks: how much waits is told on every page.
            models.Index(
                name="line_by_step", fields=["step", "-updated_at", "-public_id", "item", "second_person"]
            ),
            models.Index(name="line_by_author", fields=["author", "-updated_at", "-public_id"]),
            models.Index(name="line_out", fields=["-published_at", "-public_id"]),
            models.Index(
                name="line_waivable",
                fields=["updated_at", "public_id", "item", "waivable"],
                condition=Q(waivable=True),
            ),
            models.Index(name="line_due", fields=["item"], condition=Q(due=True)),
            models.Index(
                name="line_review",
                fields=["review_due", "public_id"],
                condition=Q(review_due__isnull=False),
            ),
            models.Index(name="line_stale", fields=["stale_on"], condition=Q(stale_on__isnull=False)),
        ]


class Maker(models.Model):
    """Who had a hand in an item.

    `wrote` is whether it is theirs: they brought in the item or a version. `made` is whether a sign-off of
    theirs would be of their own work (`review.standing.makers`).
    """

    line = models.ForeignKey(Line, models.CASCADE, related_name="makers")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    wrote = models.BooleanField()
    made = models.BooleanField()
    unfinished = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint("line", "person", name="maker_is_listed_once")]
        indexes = [
            models.Index(name="maker_unfinished", fields=["person", "line"], condition=Q(unfinished=True)),
        ]


class Used(models.Model):
    """An AI system that was used on an item; `out` is of what is published, else of the newest version."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="used")
    key = models.CharField(max_length=600)
    """`masthead.newsroom.said.key` of its name."""
    out = models.BooleanField()
    holds = models.BooleanField()
    """The newest version is not out, and will not go out while this system is paused."""

    class Meta:
        constraints = [models.UniqueConstraint("line", "key", "out", name="system_is_used_once")]
        indexes = [
            models.Index(name="used_by_system", fields=["key", "out", "line"]),
            models.Index(name="used_holds", fields=["key", "line"], condition=Q(holds=True)),
        ]


class Reached(models.Model):
    """How far the log was read: entries before `place` are in the lines. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    turn = models.BigIntegerField(default=0)
    """Counts what was written: who meant to write on an older turn writes nothing and looks again."""
    place = models.BigIntegerField()
    day = models.DateField()
    """The day for which lines were marked whose terms grew too old."""
    filling = models.BooleanField(default=True)
    """Whether lines are still being made one after the other, whatever was recorded of them."""
    after = models.UUIDField(null=True)
    """The item up to which they were."""
    counting = models.PositiveIntegerField()
    """`masthead.newsroom.worklist.lines.COUNTING` of who made them."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="reached_is_one_row")]
