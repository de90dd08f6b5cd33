"""Holds, schedules, and what is left to be done after an erasure."""

from django.db import models
from django.db.models import F, Q

from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.evidence.vouched import AppendOnly, Mutable
from masthead.newsroom.retention.words import Kept, On
from masthead.vocabulary import Role


def _about(on: On) -> Q:
    """That a hold names what it is on and nothing else."""
    columns = (On.PERSON, On.ITEM, On.QUESTION)
    return Q(on=on.value, **{f"{each.value}__isnull": each is not on for each in columns})


class Hold(Mutable):
    """A legal hold: nothing it covers is erased until it is lifted. What it covers: `holding.covers`."""

    on = one_of(On)
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey("items.Item", models.PROTECT, null=True, related_name="+")
    question = models.ForeignKey("remedies.Question", models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    set_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    role = one_of(Role)
    """In which role it was set: told to whoever meets it."""
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(null=True)  # noqa: DJ001 - null columns are left out of a row's digest

    class Meta:
        ordering = ["set_at", "id"]
        constraints = [
            known("on", On),
            known("role", Role),
            models.CheckConstraint(
                condition=_about(On.PERSON) | _about(On.ITEM) | _about(On.QUESTION) | _about(On.EVERYTHING),
                name="hold_names_what_it_is_on",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None, lifted_because=None)
                | (
                    # Compared with nothing a time is neither before nor after, and passes: it must be there.
                    Q(lifted_by__isnull=False, lifted_at__isnull=False, lifted_because__isnull=False)
                    & Q(lifted_at__gte=F("set_at"))
                    & ~Q(lifted_because="")
                ),
                name="hold_is_lifted_by_someone_who_says_why",
            ),
        ]


class Term(AppendOnly):
    """Days that a steward stated for one kind of thing, and why. The newest of each kind counts."""

    kept = one_of(Kept)
    days = models.PositiveIntegerField(null=True)
    reason = models.TextField()
    set_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    role = one_of(Role)
    set_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["set_at", "id"]
        constraints = [
            known("kept", Kept),
            known("role", Role),
            models.CheckConstraint(condition=Q(days=None) | Q(days__gte=1), name="%(class)s_days"),
        ]


class Schedule(Term):
    """After how many days something is erased; None for never."""

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="schedule_says_why"),
        ]


class Minimum(Term):
    """For how many days a law asks that something be kept, as the newsroom reads it; None for none.

    No schedule erases sooner, nor does a person, unless a law asks for it. The reason says which law, and
    where in it; or why there is none any more.
    """

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="minimum_says_which_law"),
        ]


class Todo(models.TextChoices):
    """What is left to be done once something is on record."""

    FILE = "file"
    """A file of the blob store, by its SHA-256."""
    PAGES = "pages"
    """The folders an item was written to, by its public id."""
    SPACE = "space"
    """What the database keeps of rows that are gone, by their table."""


class Remains(models.Model):
    """What an erasure left to do outside its transaction, or anything that readers are to see on pages.

    No evidence. Written with what it follows from, deleted when it is done: at once, or after a crash.
    """

    what = models.CharField(max_length=8, choices=Todo.choices)
    name = models.CharField(max_length=64, blank=True)
    before = models.DateTimeField()
    """A file that somebody handed in again since is theirs, and stays."""

    class Meta:
        constraints = [
            models.UniqueConstraint("what", "name", name="remains_are_listed_once"),
            models.CheckConstraint(condition=Q(what__in=Todo.values), name="remains_are_of_a_kind"),
        ]
