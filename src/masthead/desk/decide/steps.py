"""Every step of an item, from the record: who took it, a person or a machine, when, and what it was."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from masthead.desk.decide.wording import named_use
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.models import AIUse, Item, Source
from masthead.newsroom.items.sight import may_see_drafts
from masthead.newsroom.public.page import Who
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.review.models import BreakGlass, CheckRun, SecondReview, SentBack, SignOff, Waiver
from masthead.newsroom.said import key, readable
from masthead.vocabulary import LABELS, Level, Role, WaiverReason

AUTHOR = Message("Author")
EDITOR = LABELS[Role.EDITOR]
CHECKS = Message("Checks")
AI = Message("AI system")
NEWSROOM = Message("Newsroom")
AUDIENCE = Message("Audience")


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `name` is empty for a machine, and for those who may not know who it was.

    `note` is what somebody wrote with it, for those who may read it; `out` is whether the audience saw it.
    """

    who: Who
    role: Message
    at: datetime
    what: Message
    name: str = ""
    note: str = ""
    out: bool = False
    place: int = 0

    @property
    def machine(self) -> bool:
        """Whether no person took it."""
        return self.who is Who.MACHINE


def steps_of(item: Item, who: Someone) -> tuple[Step, ...]:
    """The steps of `item` in the order of the log, as `who` may see them.

    Names, notes and what is not out yet are for those who may see drafts. An auditor reads roles, as the
    audience does, up to what the audience saw last.
    """
    found = sorted(_all(item), key=lambda step: (step.place, step.at))
    if may_see_drafts(item, who.id, who.roles):
        return tuple(found)
    last = max((step.place for step in found if step.out), default=-1)
    told = [step for step in found if step.place <= last]
    return tuple(replace(step, name="", note="") for step in told)


def _all(item: Item) -> Iterator[Step]:
    yield from _made(item)
    yield from _uses(item)
    yield from _checked(item)
    yield from _decided(item)
    yield from _past_the_gate(item)
    yield from _out(item)
    yield from _asked(item)


def _person(role: Message, at: datetime, what: Message, entry: Entry, **more: str | bool) -> Step:
    name, note = str(more.get("name", "")), readable(str(more.get("note", "")))
    return Step(Who.PERSON, role, at, what, name, note, out=bool(more.get("out")), place=entry.place)


def _made(item: Item) -> Iterator[Step]:
    corrected = set(item.corrections.values_list("version_id", flat=True))
    for version in item.versions.select_related("author", "entry"):
        if version.id in corrected:
            continue
        first = Message("Handed it in.")
        later = Message("Handed in version %(n)d.", {"n": version.number})
        what = first if version.number == 1 else later
        yield _person(AUTHOR, version.added_at, what, version.entry, name=version.author.called)
    # A version's own entry brings the sources it was handed in with; those added later have one each.
    sources = Source.objects.filter(version__item=item).select_related("entry", "version__entry")
    for source in sources:
        if source.entry.place != source.version.entry.place:
            at, what = source.entry.recorded_at, Message("Added a source.")
            yield _person(AUTHOR, at, what, source.entry, note=source.label)


def _uses(item: Item) -> Iterator[Step]:
    seen = set()
    uses = AIUse.objects.filter(version__item=item).select_related("entry", "recorded_by")
    for use in uses.order_by("entry__place", "id"):
        known = (key(use.system), use.task, use.tier)
        if known not in seen:
            seen.add(known)
            told = Message("Recorded by %(name)s.", {"name": use.recorded_by.called})
            yield Step(
                Who.MACHINE,
                AI,
                use.entry.recorded_at,
                named_use(use, part=False),
                note=str(told),
                place=use.entry.place,
            )


def _checked(item: Item) -> Iterator[Step]:
    runs = CheckRun.objects.filter(version__item=item).select_related("version", "entry")
    for run in runs.prefetch_related("findings"):
        n = sum(finding.level != Level.NOTE for finding in run.findings.all())
        said = {"number": run.version.number, "n": n}
        nothing = Message("Looked at version %(number)d and found nothing.", said)
        some = Message(
            "Looked at version %(number)d and raised %(n)d finding.",
            said,
            "Looked at version %(number)d and raised %(n)d findings.",
        )
        yield Step(Who.MACHINE, CHECKS, run.ran_at, some if n else nothing, place=run.entry.place)


def _decided(item: Item) -> Iterator[Step]:
    for waiver in Waiver.objects.filter(item=item).select_related("person", "entry", "finding"):
        reason = LABELS[WaiverReason(waiver.reason)]
        what = Message("Set a finding aside: %(reason)s.", {"reason": reason})
        note = " ".join(filter(None, [str(Message.from_json(waiver.finding.message)), waiver.note]))
        yield _person(EDITOR, waiver.waived_at, what, waiver.entry, name=waiver.person.called, note=note)
    for back in SentBack.objects.filter(version__item=item).select_related("person", "entry", "version"):
        what = Message("Sent version %(n)d back.", {"n": back.version.number})
        yield _person(
            _role(back.role), back.sent_at, what, back.entry, name=back.person.called, note=back.note
        )
    for signed in SignOff.objects.filter(version__item=item).select_related("person", "entry", "version"):
        what = Message("Read and signed off version %(n)d.", {"n": signed.version.number})
        yield _person(_role(signed.role), signed.signed_at, what, signed.entry, name=signed.person.called)


def _past_the_gate(item: Item) -> Iterator[Step]:
    for broken in BreakGlass.objects.filter(version__item=item).select_related("person", "entry"):
        what = Message("Decided to publish at once, before the usual review.")
        yield _person(
            _role(broken.role),
            broken.broken_at,
            what,
            broken.entry,
            name=broken.person.called,
            note=broken.reason,
        )
    reviews = SecondReview.objects.filter(break_glass__version__item=item).select_related("person", "entry")
    for review in reviews:
        what = (
            Message("Reviewed it afterwards: it stands.")
            if review.upheld
            else Message("Reviewed it afterwards: it should not have gone out.")
        )
        yield _person(EDITOR, review.reviewed_at, what, review.entry, name=review.person.called)


def _out(item: Item) -> Iterator[Step]:
    for out in item.publications.select_related("person", "entry", "version", "correction"):
        what = (
            Message("Corrected it: %(note)s", {"note": out.correction.note})
            if out.correction is not None
            else Message("Published version %(n)d.", {"n": out.version.number})
        )
        yield _person(NEWSROOM, out.published_at, what, out.entry, name=out.person.called, out=True)
    gone = getattr(item, "withdrawal", None)
    if gone is not None:
        what = Message("Withdrew it: %(reason)s", {"reason": gone.reason})
        yield _person(NEWSROOM, gone.withdrawn_at, what, gone.entry, name=gone.person.called, out=True)


def _asked(item: Item) -> Iterator[Step]:
    for question in Question.objects.filter(item=item).select_related("entry"):
        yield _person(AUDIENCE, question.asked_at, Message("Asked a question."), question.entry)
    for ending in Ending.objects.filter(question__item=item).select_related("entry", "person"):
        what = Message("Answered a question.") if ending.answer else Message("Closed a question.")
        out = bool(ending.answer)
        yield _person(
            _role(ending.role), ending.ended_at, what, ending.entry, name=ending.person.called, out=out
        )


def _role(role: str) -> Message:
    return LABELS[Role(role)]
