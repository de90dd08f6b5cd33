"""A finding in a terminal: what it says, the words it is about, where they stand, what comes nearest."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from masthead.language import Message, gettext
from masthead.vocabulary import Consequence

if TYPE_CHECKING:
    from masthead.checks.finding import Finding, Nearest

STYLE = {Consequence.BLOCK: "bold red", Consequence.WARN: "yellow", Consequence.RECORD: "dim"}
AROUND = 40
"""Characters of the text shown on each side of the words."""
OPEN, CLOSE = "▸", "◂"
"""Around the words a finding is about: signs that no language quotes with."""


def weight_word(weight: Consequence) -> str:
    """What a consequence means to a person."""
    return {
        Consequence.BLOCK: gettext("stops"),
        Consequence.WARN: gettext("warns"),
        Consequence.RECORD: gettext("notes"),
    }[weight]


def finding_lines(
    text: str, found: "Finding", weight: Consequence, mark: str = ""
) -> Iterator[tuple[str, str | None]]:
    """Lines with their styles; `mark` stands behind the first, such as a finding's id."""
    yield f"{weight_word(weight)}  {found.message}{mark and f'  [{mark}]'}", STYLE[weight]
    yield from place_lines(text, found)


def place_lines(text: str, found: "Finding") -> Iterator[tuple[str, str | None]]:
    """Where a finding stands in the text and what comes nearest; nothing where it has no place."""
    if found.start is not None and found.end is not None:
        yield f"       {place(text, found.start, found.end)}", None
    if found.nearest is not None:
        yield f"       {_nearest(found.nearest)}", "dim"


def place(text: str, start: int, end: int) -> str:
    """The words between their neighbours, and which paragraph they stand in; headings and items count too."""
    paragraph = text.count("\n", 0, start) + 1
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    if len(before) == AROUND < start and " " in before:
        before = "…" + before.partition(" ")[2]
    if len(after) == AROUND and " " in after:
        after = after.rpartition(" ")[0] + "…"
    said = f"{before}{OPEN}{text[start:end]}{CLOSE}{after}".replace("\n", " ")
    return str(Message("paragraph %(number)d: %(said)s", {"number": paragraph, "said": said}))


def _nearest(nearest: "Nearest") -> str:
    if nearest.difference:
        words = " ".join(_marked(kind, part) for kind, part in nearest.difference)
        return str(Message("nearest, in %(source)s: %(words)s", {"source": nearest.source, "words": words}))
    said = " ".join(nearest.quote.split())
    return str(Message("nearest, in %(source)s: “%(quote)s”", {"source": nearest.source, "quote": said}))


def _marked(kind: str, part: str) -> str:
    """A part of a difference: `[-in the source-]`, `{+ours+}`, as git shows words."""
    part = " ".join(part.split())
    return {"removed": f"[-{part}-]", "added": f"{{+{part}+}}"}.get(kind, part)
