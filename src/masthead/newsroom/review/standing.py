"""How an item stands, read from the record: what counts now, and what no longer does."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.review import asked
from masthead.newsroom.review.models import BreakGlass, CheckRun, Publication, SentBack, SignOff, Withdrawal
from masthead.newsroom.review.on_record import OnRecord


def current_run(version: Version) -> CheckRun | None:
    """The newest run of checks that knew every source and AI use now on record; None where there is none."""
    return OnRecord(version).run


def said_digest(version: Version) -> str:
    """Stands for what people say of a version: its title but for its form, language, answers, AI uses."""
    return OnRecord(version).said


def live_sign_off(version: Version) -> SignOff | None:
    """The sign-off that covers this version as it now is, one by another person than its makers first."""
    return OnRecord(version).live_sign_off


def sent_back(version: Version) -> SentBack | None:
    """The newest sending back of this version, while nobody signed it since: its author is to mend it."""
    newest = asked.SENT_BACK.first(version.pk)
    if newest is None or version.sign_offs.filter(entry__place__gt=newest.entry.place).exists():
        return None
    return newest


def makers(version: Version) -> frozenset[UUID]:
    """Who brought in any version of the item so far, or recorded an AI use of this one.

    Nobody can tell whose words are left of an earlier version, so that everyone who had a hand in it counts;
    but whoever hands the same file in again under the same title, to send it out say, made nothing.
    """
    return OnRecord(version).makers


def live_break_glass(version: Version) -> BreakGlass | None:
    """The decision to publish this version against obstacles, while it holds.

    It covers what was said of the version when it was taken, as a sign-off does. And it ends once a system of
    a material use was stopped: whoever broke the glass did not know, and a pause takes effect at once.
    """
    return OnRecord(version).live_break_glass


def to_review(broken: QuerySet[BreakGlass]) -> QuerySet[BreakGlass]:
    """Those of `broken` that wait for their second review.

    It is a look at what went out past the gate. Where nothing did, it waits only as long as something still
    may: until there is a newer version, or the item is withdrawn. That the glass was broken stays on record.
    """
    item = OuterRef("version__item")
    newer = Version.objects.filter(item=item, number__gt=OuterRef("version__number"))
    out = Publication.objects.filter(version=OuterRef("version"))
    over = Exists(newer) | Exists(Withdrawal.objects.filter(item=item))
    return broken.filter(Exists(out) | ~over, review=None)


def publications(item: Item) -> list[Publication]:
    """What went out of an item, oldest first."""
    out = asked.PUBLICATIONS(item.pk)
    for each in out:
        each.item = item
    return out


def withdrawal(item: Item) -> Withdrawal | None:
    """The item's withdrawal, if it was withdrawn."""
    return asked.WITHDRAWAL.first(item.pk)
