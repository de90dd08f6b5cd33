"""How an item stands, read from the record: what counts now, and what no longer does."""

from hashlib import sha256
from uuid import UUID

import rfc8785

from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.review.models import BreakGlass, CheckRun, Publication, SentBack, SignOff, Withdrawal
from masthead.newsroom.said import key
from masthead.reading.canonical import fold
from masthead.vocabulary import SystemStatus


def current_run(version: Version) -> CheckRun | None:
    """The newest run of checks that knew every source and AI use now on record; None where there is none."""
    run = version.check_runs.order_by("-entry__place").first()
    if run is None:
        return None
    added = [
        *version.sources.values_list("entry__place", flat=True),
        *version.ai_uses.values_list("entry__place", flat=True),
    ]
    return run if all(place < run.entry.place for place in added) else None


def said_digest(version: Version) -> str:
    """Stands for what people say of a version: its title but for its form, language, answers, AI uses."""
    uses = sorted(
        ([key(use.system), use.task, use.tier, use.start, use.end] for use in version.ai_uses.all()),
        # The whole, which has no first letter, before its parts.
        key=lambda use: [-1 if each is None else each for each in use],
    )
    said = [fold(version.title), version.language, version.public_interest, version.realistic, uses]
    return sha256(rfc8785.dumps(said)).hexdigest()


def sign_offs(item: Item) -> list[SignOff]:
    """Every sign-off ever given on the item, newest first."""
    return list(SignOff.objects.filter(version__item=item).select_related("person").order_by("-entry__place"))


def live_sign_off(version: Version) -> SignOff | None:
    """The sign-off that covers this version as it now is, one by another person than its makers first."""
    said = said_digest(version)
    live = [
        sign_off
        for sign_off in sign_offs(version.item)
        if sign_off.canonical_sha256 == version.canonical_sha256 and sign_off.said_sha256 == said
    ]
    made = makers(version)
    return min(live, key=lambda sign_off: sign_off.person_id in made, default=None)


def sent_back(version: Version) -> SentBack | None:
    """The newest sending back of this version, while nobody signed it since: its author is to mend it."""
    newest = version.sent_back.select_related("person", "entry").order_by("-entry__place").first()
    if newest is None or version.sign_offs.filter(entry__place__gt=newest.entry.place).exists():
        return None
    return newest


def makers(version: Version) -> frozenset[UUID]:
    """Who brought in any version of the item so far, or recorded an AI use of this one.

    Nobody can tell whose words are left of an earlier version, so that everyone who had a hand in it counts.
    """
    earlier = version.item.versions.filter(number__lte=version.number)
    return frozenset(
        {
            version.item.author_id,
            *earlier.values_list("author_id", flat=True),
            *version.ai_uses.values_list("recorded_by_id", flat=True),
        }
    )


def live_break_glass(version: Version) -> BreakGlass | None:
    """The decision to publish this version against obstacles, while it holds.

    It covers what was said of the version when it was taken, as a sign-off does. And it ends once a system of
    a material use was stopped: whoever broke the glass did not know, and a pause takes effect at once.
    """
    broken = BreakGlass.objects.filter(version=version).first()
    if broken is None or broken.said_sha256 != said_digest(version):
        return None
    stopped = AISystem.objects.filter(
        status__in=(SystemStatus.PAUSED, SystemStatus.RETIRED), entry__place__gt=broken.entry.place
    )
    names = {system.key for system in stopped}
    used = {key(use.system) for use in version.ai_uses.all() if use.at_tier.material}
    return None if names & used else broken


def publications(item: Item) -> list[Publication]:
    """What went out of an item, oldest first."""
    return list(item.publications.order_by("entry__place").select_related("version", "correction"))


def withdrawal(item: Item) -> Withdrawal | None:
    """The item's withdrawal, if it was withdrawn."""
    return Withdrawal.objects.filter(item=item).first()
