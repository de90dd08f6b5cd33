"""What the page of an item shows: everything read from the record, nothing decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import get_language_info

from masthead import labels
from masthead.desk.item import checking
from masthead.desk.item.notes import Filter, Note, filters, narrowed, notes_of
from masthead.desk.item.parts import parts_of
from masthead.desk.item.passages import Copy, copy_of, homes_of
from masthead.desk.item.reading import words_of
from masthead.desk.item.ways import Way, way
from masthead.gate.clearance import Clearance, Obstacle, ObstacleCode
from masthead.labels.disclosure import Disclosure
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.permissions import MAY, Action
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.review.clearing import clearance
from masthead.newsroom.review.models import CheckRun, Publication, SentBack
from masthead.newsroom.review.on_record import OnRecord
from masthead.newsroom.review.reading import Stage
from masthead.newsroom.review.standing import publications, sent_back, withdrawal
from masthead.newsroom.review.telling import record_of
from masthead.newsroom.worklist.step import waivable
from masthead.reading.document import Document
from masthead.reading.language import UNKNOWN
from masthead.vocabulary import LABELS

ONE_BY_ONE = Message("Waive them one by one, each with a reason.")
MEDIA = {"text": Message("Text"), "image": Message("Picture")}


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps of an item; `state` is the class it has: done, here or empty."""

    words: Message
    state: str


@dataclass(frozen=True, slots=True)
class Barrier:
    """Something in the way with its ways out, and the notes that stand beside its words.

    `count` is how many things it is: what is the same of several words stands once.
    """

    message: Message
    count: int
    commitments: tuple[str, ...]
    ways: tuple[Way, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """An AI use on record, in words."""

    use: AIUse
    task: Message | None
    tier: Message


@dataclass(frozen=True, slots=True)
class Page:
    """An item as those who work on it see it."""

    item: Item
    version: Version
    document: Document
    copy: Copy
    notes: tuple[Note, ...]
    filters: tuple[Filter, ...]
    show: str
    steps: tuple[Step, ...]
    clearance: Clearance
    barriers: tuple[Barrier, ...]
    warnings: tuple[Barrier, ...]
    for_others: Message | None
    """Who may waive what is in the way and how they learn of it, where this person may not."""
    uses: tuple[Said, ...]
    sources: tuple[Source, ...]
    run: CheckRun | None
    signed: bool
    """Whether a person signed it off as it is, or decided to publish it against obstacles."""
    checking: checking.Checking
    disclosure: Disclosure
    stage: Stage
    out: Publication | None
    """What of the item is out now, whichever version."""
    sent_back: SentBack | None
    medium: Message

    @property
    def title(self) -> str:
        """What the newest version is called; what kind of thing it is, where nobody titled it."""
        return self.version.title or str(self.medium)

    @property
    def language(self) -> str:
        """The version's language, in words."""
        return language_of(self.version.language)

    @property
    def open(self) -> bool:
        """Whether anything is still to be done about the item: it was not withdrawn."""
        return self.stage is not Stage.WITHDRAWN

    @property
    def mine_is_out(self) -> bool:
        """Whether the version shown is the one that is out."""
        return self.out is not None and self.out.version_id == self.version.id

    @property
    def to_be_read(self) -> bool:
        """Whether what is out was signed off by nobody yet: a correction waits for no one."""
        return self.mine_is_out and not self.signed

    @property
    def not_run(self) -> tuple[Message, ...]:
        """Why a check could not run, for each."""
        return tuple(Message.from_json(why) for why in (self.run.not_run if self.run else {}).values())


def page_of(item: Item, show: str, who: Someone, *, now: datetime, part: int = 1) -> Page:
    """The page of an item's newest version: a part of it, with the notes that the filter `show` leaves.

    The item is read anew together with its version: it may have become protected meanwhile.
    """
    version = newest(item)
    item = version.item
    seen = OnRecord(version)
    run, signed, broken = seen.run, seen.live_sign_off, seen.live_break_glass
    document = words_of(version)
    notes = notes_of(seen, who)
    decided = clearance(version, now=now, seen=seen)
    copy = copy_of(document, narrowed(notes, show), _parts(seen.uses), part)
    pointed = _pointed(document, notes, copy)
    out, returned = publications(item), sent_back(version)
    return Page(
        item=item,
        version=version,
        document=document,
        copy=copy,
        notes=notes,
        filters=filters(notes, show),
        show=show,
        steps=_steps(seen, decided, out),
        clearance=decided,
        barriers=_barriers(decided.obstacles, seen, pointed, who),
        warnings=_barriers(decided.warnings, seen, pointed, who),
        for_others=_for_others(decided, returned, who),
        uses=tuple(_said(use) for use in seen.uses),
        sources=seen.sources,
        run=run,
        signed=signed is not None or broken is not None,
        checking=checking.Checking(under_way=False) if run else checking.how(version),
        disclosure=labels.disclose(record_of(version, signed or broken, seen=seen)),
        stage=_stage(item, out),
        out=out[-1] if out else None,
        sent_back=returned,
        medium=MEDIA[item.medium],
    )


def _parts(uses: Sequence[AIUse]) -> list[tuple[int, int]]:
    return [(use.start, use.end) for use in uses if use.start is not None and use.end is not None]


def _pointed(document: Document, notes: tuple[Note, ...], copy: Copy) -> tuple[Note, ...]:
    """The notes as they are pointed to: each with its part where that is another than the one shown."""
    if copy.part.count == 1:
        return notes
    homes = homes_of(parts_of(document.text, document.blocks), notes)
    return tuple(
        note if homes[note.number][0] == copy.part.number else replace(note, part=homes[note.number][0])
        for note in notes
    )


def _said(use: AIUse) -> Said:
    return Said(use, LABELS[use.for_task] if use.for_task else None, LABELS[use.at_tier])


def _stage(item: Item, out: Sequence[Publication]) -> Stage:
    if withdrawal(item) is not None:
        return Stage.WITHDRAWN
    if not out:
        return Stage.DRAFT
    return Stage.CORRECTED if any(each.correction_id for each in out) else Stage.PUBLISHED


def _barriers(
    obstacles: Sequence[Obstacle], seen: OnRecord, notes: Sequence[Note], who: Someone
) -> tuple[Barrier, ...]:
    """Each thing in the way; what is the same of several words stands once, with the notes beside them."""
    by_mark = {note.finding.fingerprint: note for note in notes}
    alike: dict[tuple[str, tuple[str, ...], str | None], list[Obstacle]] = {}
    for each in obstacles:
        key = (str(each.message), tuple(way.template for way in each.ways_out), each.system)
        alike.setdefault(key, []).append(each)
    barriers = []
    for same in alike.values():
        first, several = same[0], len(same) > 1
        beside = tuple(by_mark[each.finding] for each in same if each.finding in by_mark)
        ways = [way(words, seen, first, who) for words in first.ways_out]
        barriers.append(Barrier(first.message, len(same), first.commitments, _taken(ways, several), beside))
    return tuple(barriers)


def _taken(ways: Sequence[Way], several: bool) -> tuple[Way, ...]:
    """The ways as the box names them: each place once, and who else may waive is said below it."""
    own = {each.address for each in ways if each.own}
    kept = (each for each in ways if each.own or each.address not in own)
    # Of several findings each is waived by itself, the next one after it.
    return tuple(
        replace(each, said=ONE_BY_ONE) if each.waives and several else each
        for each in kept
        if each.address or not each.waives
    )


def _for_others(decided: Clearance, returned: SentBack | None, who: Someone) -> Message | None:
    codes = [each.code for each in decided.obstacles]
    if who.may(Action.WAIVE) or ObstacleCode.FINDING not in codes:
        return None
    roles = {"roles": ", ".join(str(LABELS[role]) for role in MAY[Action.WAIVE])}
    if returned is not None:
        # It is its author's turn: nobody else's list has it.
        return Message("Who may waive a finding: %(roles)s.", roles)
    if waivable(codes):
        return Message("Who may waive a finding: %(roles)s. This item is on their list.", roles)
    return Message(
        "Who may waive a finding: %(roles)s. Once nothing but findings is in the way, this item is on their "
        "list.",
        roles,
    )


def _steps(seen: OnRecord, decided: Clearance, out: Sequence[Publication]) -> tuple[Step, ...]:
    """Where the item stands on its way out: what is done, and the first thing that is not."""
    run, broken = seen.run, seen.live_break_glass is not None
    published = any(each.version_id == seen.version.id for each in out)
    mended = run is not None and not decided.to_mend
    done = {
        "ai": bool(seen.uses),
        "checked": published or mended,
        # A correction goes out before anyone signs it.
        "signed": seen.live_sign_off is not None,
        "published": published,
    }
    passed = {*(name for name in done if done[name]), *(("signed",) if broken else ())}
    waiting = next((name for name in ("checked", "signed", "published") if name not in passed), "")
    words = {
        "ai": Message("AI use recorded") if done["ai"] else Message("No AI use recorded"),
        "checked": _checked(run, decided, here=waiting == "checked"),
        "signed": _signed(done=done["signed"], broken=broken, here=waiting == "signed"),
        "published": Message("Published")
        if published
        else Message("Ready to publish")
        if waiting == "published" and decided.clear
        else Message("Publish"),
    }
    return tuple(
        Step(words[name], "done" if done[name] else "here" if name == waiting else "") for name in done
    )


def _signed(*, done: bool, broken: bool, here: bool) -> Message:
    if done:
        return Message("Signed off")
    if broken:
        return Message("Not signed off: the glass is broken")
    return Message("Waiting for sign-off") if here else Message("Sign off")


def _checked(run: CheckRun | None, decided: Clearance, *, here: bool) -> Message:
    if not here:
        return Message("Checked")
    if run is None:
        return Message("Not checked yet")
    return Message("%(n)d thing to mend", {"n": decided.to_mend}, "%(n)d things to mend")


def language_of(tag: str) -> str:
    """What a language is called, in the reader's own; its tag where nobody here knows."""
    if tag == UNKNOWN:
        return str(Message("language not known"))
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag
