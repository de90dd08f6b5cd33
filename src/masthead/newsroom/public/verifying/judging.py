"""The verdict on what somebody brought, and what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from masthead import credentials, reading
from masthead.credentials import Reading, State
from masthead.errors import CannotRead, MastheadError
from masthead.labels.dates import spoken, spoken_utc
from masthead.language import Message, Value
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.public.serving.uploads import LARGEST
from masthead.newsroom.public.verifying.entitled import Title, title_of
from masthead.newsroom.public.verifying.matching import Match, by_bytes, by_words
from masthead.newsroom.public.verifying.ours import changed_under_our_seal, our_roots
from masthead.reading.document import Document
from masthead.reading.limits import Limits
from masthead.vocabulary import Medium

LIMITS = Limits(size=LARGEST, seconds=5.0)


class Verdict(StrEnum):
    """What is said first."""

    PUBLISHED = "published"
    CHANGED_SINCE = "changed since"
    WITHDRAWN = "withdrawn"
    ALTERED = "altered"
    MORE = "more"
    """Our words, and more that was not looked at."""
    RETITLED = "retitled"
    """Our words under a title that never was ours."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict in one sentence, and term by term what it rests on. `item` is what it was published as."""

    verdict: Verdict
    says: Message
    details: tuple[tuple[Message, Message], ...]
    item: str = ""
    title: str = ""
    language: str = "und"


def of_file(content: bytes, name: str, media_type: str | None = None) -> Answer:
    """The verdict on a file. Raises `CannotRead` for an empty one."""
    digest = sha256(content).hexdigest()
    document, why = _read(content, name, media_type)
    match, more = by_bytes(digest), False
    if match is None and document is not None and document.medium is Medium.TEXT:
        match, more = _by_words_of(content, document)
    seal = _seal(content, document)
    return _answer(match, digest, seal, why, more=more, title=title_of(match, document))


def of_text(text: str) -> Answer:
    """The verdict on words pasted in, whatever became of their form on the way."""
    content = text.encode()
    match, more, title = by_bytes(sha256(content).hexdigest()), False, None
    for kind in ("text/plain", "text/markdown", "text/html"):
        # What is our words and nothing else as one kind may be more as another.
        if match is None or more:
            document, _ = _read(content, "", kind)
            found = _by_words_of(content, document) if document is not None else (None, False)
            if found[0] is not None:
                (match, more), title = found, title_of(found[0], document)
    return _answer(match, "", None, None, more=more, title=title)


def _by_words_of(content: bytes, document: Document) -> tuple[Match | None, bool]:
    """Our publication of these words, and whether what was brought holds more than them."""
    match = by_words(document.canonical_sha256)
    return match, match is not None and _holds_more(content, document)


def _holds_more(content: bytes, document: Document) -> bool:
    try:
        return reading.holds_more(content, document, limits=LIMITS)
    except CannotRead:
        return True


def _read(content: bytes, name: str, media_type: str | None) -> tuple[Document | None, Message | None]:
    """The file as read, or why it cannot be."""
    try:
        return reading.read(content, name=name, media_type=media_type, limits=LIMITS), None
    except MastheadError as error:
        return None, error.what


def _seal(content: bytes, document: Document | None) -> Reading | None:
    """What the file's credential says, read at arm's length; None where it can carry none."""
    if document is None or document.medium is not Medium.IMAGE:
        return None
    try:
        return credentials.read(content, document.media_type, trust=our_roots())
    except MastheadError:
        return None


def _answer(
    match: Match | None,
    digest: str,
    seal: Reading | None,
    why: Message | None,
    *,
    more: bool,
    title: Title | None,
) -> Answer:
    if match is not None and more:
        # Before all else: that it was ours, or is no longer, would be said of the rest too.
        verdict = Verdict.MORE
        says = Message("The words are ours, but this page holds more than words, which we did not look at.")
    elif match is not None:
        verdict, says = _of_match(match)
        if title is not None and title.foreign and verdict is Verdict.PUBLISHED:
            verdict, says = Verdict.RETITLED, _retitled(match)
    elif seal is not None and changed_under_our_seal(seal):
        verdict = Verdict.ALTERED
        says = Message("It carries our credential, but its content was changed after we sealed it.")
    else:
        verdict = Verdict.UNKNOWN
        says = Message("We do not know this: it is not among what we published.")
    since = ((Message("The words"), _of_match(match)[1]),) if match is not None and more else ()
    details = (*since, *_compared(match, digest, why), *_titled(title), *_sealed(seal), *_logged(match))
    if match is None:
        return Answer(verdict, says, details)
    facts = match.newest.facts
    return Answer(verdict, says, details, match.found.item.public_id, facts["title"], facts["language"])


def _of_match(match: Match) -> tuple[Verdict, Message]:
    on = {"on": spoken(_day(match))}
    if match.withdrawn:
        return Verdict.WITHDRAWN, Message("We published this on %(on)s, and withdrew it since.", on)
    if not match.current:
        said = Message("We published this on %(on)s, but it was changed since: see the correction.", on)
        return Verdict.CHANGED_SINCE, said
    if match.by_words:
        return Verdict.PUBLISHED, Message("These are exactly the words we published on %(on)s.", on)
    return Verdict.PUBLISHED, Message("This is exactly what we published on %(on)s.", on)


def _retitled(match: Match) -> Message:
    on = {"on": spoken(_day(match))}
    return Message("These are exactly the words we published on %(on)s, but the title is not ours.", on)


def _titled(title: Title | None) -> Iterator[tuple[Message, Message]]:
    if title is None:
        return
    term = Message("The title")
    if not title.brought:
        yield term, Message("What was brought has none apart from its words.")
    elif title.brought == title.ours:
        yield term, Message("The same as ours.")
    elif title.foreign:
        said = {"brought": title.brought, "ours": title.ours}
        yield term, Message("Not ours: “%(brought)s”. We published it as “%(ours)s”.", said)
    else:
        said = {"brought": title.brought, "ours": title.ours}
        yield term, Message("Ours, but not the newest: “%(brought)s”; it is “%(ours)s” now.", said)


def _day(match: Match) -> date:
    return match.found.published_at


def _compared(match: Match | None, digest: str, why: Message | None) -> Iterator[tuple[Message, Message]]:
    term = Message("What was compared")
    if match is not None and match.by_words:
        yield (
            term,
            Message(
                "The words, block by block, with links and pictures, and the title; not spaces or emphasis."
            ),
        )
    elif match is not None:
        yield term, Message("Every byte: the SHA-256 of the file is that of the publication.")
    else:
        yield term, Message("Every byte, and the words where there are any, with all that we published.")
        if not digest:
            yield term, Message("One word more or less makes another text: paste the whole, title included.")
    if digest:
        yield Message("SHA-256"), Message("%(digest)s", {"digest": digest})
    if why is not None:
        yield Message("Reading it"), why


def _sealed(seal: Reading | None) -> Iterator[tuple[Message, Message]]:
    if seal is None:
        return
    term = Message("Content Credential")
    signer = seal.signer or Message("somebody unnamed")
    if seal.state is State.TRUSTED:
        yield term, Message("Intact, and sealed by us.")
    elif seal.state is State.VALID:
        yield term, Message("Intact, but sealed by another: %(signer)s.", {"signer": signer})
    elif seal.state is State.INVALID:
        for problem in dict.fromkeys(str(each.message) for each in seal.problems):
            yield term, Message("%(problem)s", {"problem": problem})
    else:
        yield term, Message("The file carries none; many programs take it away.")


def _logged(match: Match | None) -> Iterator[tuple[Message, Message]]:
    if match is None:
        return
    term, place = Message("Log"), match.found.entry.place
    covering = Checkpoint.objects.filter(size__gt=place).order_by("size").first()
    if covering is None:
        yield term, Message("On record, and not yet under a signed head of our log.")
        return
    values: dict[str, Value] = {
        "place": place,
        "size": covering.size,
        "by": spoken_utc(covering.signed_at),
    }
    yield term, Message("Entry %(place)s of %(size)s, counted from 0, under a head signed on %(by)s.", values)
