"""What a person signs: everything that stands behind one sentence, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from masthead.desk.decide.content import Text, shown_text, unshown
from masthead.desk.decide.differences import Differences, decided_on, differences
from masthead.desk.decide.outlook import InTheWay, in_the_way
from masthead.desk.decide.told import Told, told
from masthead.desk.decide.wording import answered, named_use
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.permissions import MAY, Action
from masthead.newsroom.items.models import AIUse, Version
from masthead.newsroom.review.commands.deciding import SIGNED
from masthead.newsroom.review.foreseeing import clearance_if_signed, told_if_signed
from masthead.newsroom.review.models import SentBack, SignOff, Waiver
from masthead.newsroom.review.standing import current_run, live_sign_off, makers, said_digest, sent_back
from masthead.newsroom.said import readable
from masthead.vocabulary import LABELS, Medium, WaiverReason

type Fact = tuple[Message, tuple[Message, ...]]


@dataclass(frozen=True, slots=True)
class Statement:
    """One version as somebody is asked to sign it.

    `said` stands for what is said of it (`said_digest`), `uses` for how many AI uses are shown: with them
    the page knows what changed while somebody looked. `obstacles` are what a sign-off would leave in the way.
    """

    version: Version
    sentence: Message
    role: Message
    text: Text | None
    difference: Differences | None
    facts: tuple[Fact, ...]
    told: tuple[Told, ...]
    obstacles: tuple[InTheWay, ...]
    own: bool
    """Whether the signer had a hand in it: the audience is told so."""
    signed: SignOff | None
    """The sign-off that this person gave already and that still holds."""
    sent_back: SentBack | None
    said: str
    uses: int
    new_uses: tuple[Message, ...]
    """AI uses that were recorded since the page was shown."""
    unshown: bool
    """Whether the text is too long for a page, so that its signer says to have read the file."""


def statement(
    who: Someone, version: Version, *, now: datetime, base: Version | None = None, seen: int | None = None
) -> Statement:
    """What `who` would sign now. `base` is what they looked at before, `seen` how many AI uses of it."""
    against = base or decided_on(version.item, version)
    uses = list(version.ai_uses.all())
    made = makers(version)
    signed = live_sign_off(version)
    return Statement(
        version=version,
        sentence=SIGNED[version.item.medium],
        role=LABELS[next(role for role in MAY[Action.SIGN_OFF] if role in who.roles)],
        text=shown_text(version),
        difference=differences(against, version) if against and against != version else None,
        facts=tuple(_facts(version, uses)),
        told=told(told_if_signed(version, who.id)),
        obstacles=in_the_way(version, clearance_if_signed(version, who.id, now=now).obstacles, who),
        own=who.id in made,
        signed=signed if signed and signed.person_id == who.id else _mine(version, who.id),
        sent_back=sent_back(version),
        said=said_digest(version),
        uses=len(uses),
        new_uses=tuple(named_use(use) for use in uses[seen:]) if seen is not None else (),
        unshown=unshown(version),
    )


def _mine(version: Version, person_id: UUID) -> SignOff | None:
    """This person's sign-off of the version as it is, where another's is counted first."""
    given = version.sign_offs.filter(person_id=person_id, said_sha256=said_digest(version))
    return given.first()


def _facts(version: Version, uses: list[AIUse]) -> Iterator[Fact]:
    none = Message("No use of AI is on record.")
    yield Message("AI use on record"), tuple(named_use(use) for use in uses) or (none,)
    if version.item.medium == Medium.IMAGE:
        yield Message("Could pass for real"), (answered(version.realistic),)
    else:
        yield Message("Of public interest"), (answered(version.public_interest),)
    yield Message("Made from"), _sources(version)
    waived = _waived(version)
    if waived:
        yield Message("Findings waived"), waived


def _sources(version: Version) -> tuple[Message, ...]:
    labels = [readable(source.label) for source in version.sources.all()]
    return tuple(Message("%(label)s", {"label": label}) for label in labels) or (
        Message("No source is on record."),
    )


def _waived(version: Version) -> tuple[Message, ...]:
    run = current_run(version)
    if run is None:
        return ()
    found = {each.fingerprint: each for each in run.findings.all()}
    waivers = Waiver.objects.filter(item=version.item, fingerprint__in=found).select_related("person")
    return tuple(
        Message(
            "“%(words)s”: %(finding)s Waived by %(name)s: %(reason)s.",
            {
                "finding": Message.from_json(found[waiver.fingerprint].message),
                "words": found[waiver.fingerprint].quote or "…",
                "name": waiver.person.called,
                "reason": LABELS[WaiverReason(waiver.reason)],
            },
        )
        for waiver in waivers.order_by("waived_at")
    )
