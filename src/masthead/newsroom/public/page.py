"""What the public page of one item holds, as values.

Whoever makes a `Page` has already asked what may be public: it is printed as it is. No person's name is in
it unless the outlet names someone as responsible.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from masthead.labels.disclosure import Disclosure
from masthead.language import Message
from masthead.newsroom.public.opened import Opened
from masthead.vocabulary import Medium

type Text = str | Message


class Who(StrEnum):
    """Who took a step: drawn as a disc or a square, and said in words beside it."""

    PERSON = "person"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to publication; `role` is an office such as “Editor”, never a name.

    Of `on`, a day or a moment, the day in UTC is told everywhere: two days would narrow the hour.
    """

    who: Who
    role: Text
    on: date
    what: Text


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or the title, as a change left it: (`same` | `added`, words) as read.

    Where words were taken out stands (`removed`, ``""``): that, and never which.
    """

    pieces: tuple[tuple[str, str], ...]
    title: bool = False


@dataclass(frozen=True, slots=True)
class PublicDifference:
    """What a change did to the words: all of it is printed, so no word may be in it that is not out now.

    Besides the `passages` shown, how many `more` were changed, how many paragraphs were `taken_out`, and
    how many were `changed_again` by a later change and are not shown here. `left_out` says that it was not
    compared: too much was changed since; `too_long` that what differs is too long to be shown word by word.
    """

    passages: tuple[Passage, ...] = ()
    more: int = 0
    taken_out: int = 0
    changed_again: int = 0
    left_out: bool = False
    too_long: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.passages or self.taken_out or self.changed_again or self.left_out or self.too_long)


@dataclass(frozen=True, slots=True)
class PublicChange:
    """A correction or a withdrawal."""

    on: date
    note: Text
    difference: PublicDifference = PublicDifference()


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that somebody asked, and the answer. `asked` is empty where only the answer is shown.

    `by` says who answered as an office, never as a name; `id` is the place on the page.
    """

    id: str
    on: date
    asked: str
    answer: str
    by: Text


@dataclass(frozen=True, slots=True)
class Countersigned:
    """Who signed a head of the log besides us, when, and the head of how many entries."""

    name: str
    on: date
    size: int


@dataclass(frozen=True, slots=True)
class Proof:
    """Where the publication stands in the log. `root` and `key` (a verifier key) are printed as given.

    `size`, `root` and `by` are of the first head with it; `witnesses` are those who signed a head with it,
    each with its first; `opened` is what the bundle tells of each entry in it.
    """

    origin: str
    place: int
    size: int
    root: str
    key: str
    by: date
    witnesses: tuple[Countersigned, ...] = ()
    opened: tuple[Opened, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file beside the page, to be downloaded: its name in the same folder, and what it is."""

    name: str
    what: Text


@dataclass(frozen=True, slots=True)
class Edition:
    """The same page in another language; `name` is that language's own name for itself."""

    language: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The published picture: its file in the same folder, and its alternative text."""

    file: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Page:
    """One public page in one language. `disclosure` must have been made in that language.

    `language` and `direction` are the page's; `item_language` is the item's, a BCP 47 tag or empty where
    unknown. `item_url` and `contact` are shown only where safe to follow. `doubted` is whether there is no
    `proof` because what should prove it does not hold.
    """

    outlet: str
    title: str
    language: str
    disclosure: Disclosure
    public_id: str
    direction: Literal["ltr", "rtl"] = "ltr"
    item_language: str = ""
    item_url: str | None = None
    picture: Picture | None = None
    medium: Medium = Medium.TEXT
    published_on: date | None = None
    changes: tuple[PublicChange, ...] = ()
    withdrawn: PublicChange | None = None
    steps: tuple[Step, ...] = ()
    proof: Proof | None = None
    doubted: bool = False
    files: tuple[File, ...] = ()
    editions: tuple[Edition, ...] = ()
    questions: tuple[Answered, ...] = ()
    contact: str | None = None
    json_ld: Mapping[str, object] | None = None
