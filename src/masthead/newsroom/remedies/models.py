"""A question that somebody asked about an item, and how it ended."""

from django.db import models
from django.db.models import Q

from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.evidence.vouched import AppendOnly
from masthead.newsroom.remedies.words import Closing
from masthead.vocabulary import Role


class Question(AppendOnly):
    """What somebody asked about an item, in their own words. Nobody knows who they are.

    `public_id` is the question's name on the desk and on the item's page; the link by which the asker comes
    back is another random text, of which only the SHA-256 is kept.
    """

    public_id = models.CharField(max_length=26, unique=True)
    link_sha256 = models.CharField(max_length=64, unique=True)
    item = models.ForeignKey("items.Item", models.PROTECT, related_name="questions")
    publication = models.ForeignKey("review.Publication", models.PROTECT, related_name="questions")
    """What was out when it was asked."""
    text = models.TextField()
    language = models.CharField(max_length=35)
    """The language of the page it was asked on."""
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="question_asks_something"),
            models.CheckConstraint(
                condition=Q(link_sha256__regex="^[0-9a-f]{64}$"), name="question_link_is_a_hash"
            ),
        ]


class Ending(AppendOnly):
    """How a question ended: it was answered, or closed with a reason; never both.

    `shown` is whether the question itself may be read beside its answer; the answer always may. `by_maker`
    is whether the one who answered had a hand in the item, as is only possible where one person works alone.
    """

    question = models.OneToOneField(Question, models.PROTECT, related_name="ending")
    answer = models.TextField(blank=True)
    closed = one_of(Closing, blank=True)
    shown = models.BooleanField(default=False)
    by_maker = models.BooleanField(default=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    role = one_of(Role)
    ended_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("closed", Closing, optional=True),
            known("role", Role),
            models.CheckConstraint(
                condition=(~Q(answer="") & Q(closed="")) | (Q(answer="") & ~Q(closed="")),
                name="question_is_answered_or_closed",
            ),
            models.CheckConstraint(
                condition=Q(shown=False) | ~Q(answer=""), name="only_an_answered_question_is_shown"
            ),
        ]


class Reach(models.Model):
    """A way to reach whoever asked, sealed; no evidence, and deleted once it is no longer needed."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="reach")
    sealed = models.BinaryField()
    left_at = models.DateTimeField()
