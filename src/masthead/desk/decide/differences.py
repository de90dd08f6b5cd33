"""What is different between two versions of an item: words, title, answers, sources, AI uses, the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from masthead.desk.decide.wording import answered, named_use
from masthead.desk.item.reading import LINES, LONG, words_of
from masthead.language import Message
from masthead.newsroom.items.erased import ERASED_HASH
from masthead.newsroom.items.models import AIUse, Item, Version
from masthead.newsroom.said import key, readable
from masthead.reading.difference import Change, Piece, Row, compare, paragraphs, within
from masthead.reading.document import Document
from masthead.vocabulary import Medium

NEAR = 1
"""Unchanged paragraphs on either side of a change that stay in sight."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs in a row. `folded` is a stretch that stayed as it was and is shown only when asked for."""

    rows: tuple[Row, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said of both versions, and what became of it."""

    what: Message
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Things of which a version has several: those that went and came, and how many stayed."""

    what: Message
    removed: tuple[Message, ...]
    added: tuple[Message, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything different between `old` and `new`."""

    old: Version
    new: Version
    stretches: tuple[Stretch, ...]
    lines: tuple[Line, ...]
    lists: tuple[Listed, ...]

    @property
    def words(self) -> bool:
        """Whether the text differs."""
        return any(not stretch.folded for stretch in self.stretches)

    @property
    def picture(self) -> bool:
        """Whether it is a picture, and another one."""
        return self.new.item.medium == Medium.IMAGE and self.old.sha256 != self.new.sha256

    @property
    def nothing(self) -> bool:
        """Whether nothing that a person could see or was told differs."""
        return not (self.words or self.picture or self.lines or self.lists or self.too_long)

    @property
    def too_long(self) -> bool:
        """Whether the text differs and is too long to be compared on a page."""
        text = self.new.item.medium == Medium.TEXT
        return text and not self.stretches and self.old.canonical_sha256 != self.new.canonical_sha256

    @property
    def counts(self) -> tuple[Message, ...]:
        """How many paragraphs changed, came and went, in words."""
        rows = [row.change for stretch in self.stretches for row in stretch.rows]
        changed, came, went = rows.count(None), rows.count(Change.ADDED), rows.count(Change.REMOVED)
        said = (
            Message("%(n)d paragraph changed", {"n": changed}, "%(n)d paragraphs changed")
            if changed
            else None,
            Message("%(n)d paragraph added", {"n": came}, "%(n)d paragraphs added") if came else None,
            Message("%(n)d paragraph removed", {"n": went}, "%(n)d paragraphs removed") if went else None,
        )
        return tuple(each for each in said if each)


def decided_on(item: Item, version: Version) -> Version | None:
    """What `version` is compared with at first: the newest before it that was signed or went out."""
    earlier = item.versions.filter(number__lt=version.number).exclude(sha256__startswith=ERASED_HASH)
    known = earlier.filter(sign_offs__isnull=False) | earlier.filter(publication__isnull=False)
    return known.order_by("-number").first()


def differences(old: Version, new: Version) -> Differences:
    """What is different from `old` to `new`, two versions of one item."""
    return Differences(old, new, _stretches(old, new), tuple(_lines(old, new)), tuple(_lists(old, new)))


def _stretches(old: Version, new: Version) -> tuple[Stretch, ...]:
    if new.item.medium != Medium.TEXT:
        return ()
    return stretches(words_of(old), words_of(new))


def stretches(old: Document, new: Document) -> tuple[Stretch, ...]:
    """What changed between two texts, to be shown; nothing where a text is too long for a page."""
    if max(len(old.text), len(new.text)) > LONG or max(len(old.blocks), len(new.blocks)) > LINES:
        return ()
    return folded(compare(paragraphs(old), paragraphs(new)))


def folded(rows: Sequence[Row]) -> tuple[Stretch, ...]:
    """The rows in stretches: changes with a paragraph around them in sight, the rest folded away."""
    near = {
        place + step
        for place, row in enumerate(rows)
        if row.change is not Change.SAME
        for step in range(-NEAR, NEAR + 1)
    }
    found: list[Stretch] = []
    for away, group in groupby(enumerate(rows), key=lambda each: each[0] not in near):
        part = tuple(row for _, row in group)
        # One paragraph takes no more room than the line that would hide it, unless there is nothing else.
        hidden = away and (len(part) > 1 or not near)
        if found and not hidden and not found[-1].folded:
            found[-1] = Stretch(found[-1].rows + part)
        else:
            found.append(Stretch(part, folded=hidden))
    return tuple(found)


def _lines(old: Version, new: Version) -> Iterator[Line]:
    said = (
        (Message("Title"), old.title, new.title),
        (Message("Language"), old.language, new.language),
        (
            Message("Of public interest"),
            str(answered(old.public_interest)),
            str(answered(new.public_interest)),
        ),
        (Message("Could pass for real"), str(answered(old.realistic)), str(answered(new.realistic))),
        (Message("Kind of file"), old.media_type, new.media_type),
    )
    for what, before, after in said:
        # A title that the text gives itself changes with the text, where it is shown.
        follows = before == old.title and not (old.titled or new.titled) and new.item.medium == Medium.TEXT
        if before != after and not follows:
            yield Line(what, within(before, after))


def _lists(old: Version, new: Version) -> Iterator[Listed]:
    before, after = ({use_key(use): use for use in version.ai_uses.all()} for version in (old, new))
    gone, come = (
        [named_use(one[each]) for each in one if each not in other] for one, other in _both(before, after)
    )
    if gone or come:
        yield Listed(Message("AI uses"), tuple(gone), tuple(come), len(before.keys() & after.keys()))
    held, holds = (
        {each.sha256: readable(each.label) for each in version.sources.all()} for version in (old, new)
    )
    went, came = (
        [Message("%(label)s", {"label": one[each]}) for each in one if each not in other]
        for one, other in _both(held, holds)
    )
    if went or came:
        yield Listed(Message("Sources"), tuple(went), tuple(came), len(held.keys() & holds.keys()))


def _both[T](one: T, other: T) -> tuple[tuple[T, T], tuple[T, T]]:
    return (one, other), (other, one)


def use_key(use: AIUse) -> tuple[str, str, str, str]:
    """What makes an AI use of two versions one."""
    return key(use.system), use.task, use.tier, use.quote
