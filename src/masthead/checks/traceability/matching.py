"""Quotations looked for on the shelf, and how an altered one differs."""

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from masthead.checks.finding import Nearest
from masthead.checks.traceability.quotations import Quotation
from masthead.checks.traceability.shelf import Shelf
from masthead.checks.traceability.tokens import Tokens

_ALIKE = 0.6
"""Share of a quotation's words that a passage must have, in order, to be called its source's wording."""
_BUCKET = 8
_SEEDS = 64
_LONGEST = 300
"""Words compared one by one; of longer quotations, those from just before the first difference."""


def nearest_wording(shelf: Shelf, tokens: Tokens, quotation: Quotation) -> Nearest | None:
    """The wording of a source which the quotation seems to alter, and how; None if none is like it."""
    ours = [word for fragment in quotation.fragments for word in fragment]
    words = list(quotation.words)
    begin = _seat(shelf, ours)
    if begin is None:
        return None
    low, high = shelf.bounds(shelf.book_at(min(max(begin, 0), len(shelf.forms) - 1)))
    begin = min(max(begin, low), high)
    if len(ours) > _LONGEST:
        skip = 0
        while skip < len(ours) and begin + skip < high and shelf.forms[begin + skip] == ours[skip]:
            skip += 1
        skip = max(0, skip - 20)
        ours, words, begin = ours[skip : skip + _LONGEST], words[skip : skip + _LONGEST], begin + skip
    slack = _BUCKET + len(ours) // 4
    first, after = max(low, begin - slack), min(high, begin + len(ours) + slack)
    matcher = SequenceMatcher(None, shelf.forms[first:after], ours, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < _ALIKE * len(ours):
        return None
    start = max(low, first + blocks[0].a - blocks[0].b)
    end = min(high, first + blocks[-1].a + blocks[-1].size + len(ours) - blocks[-1].b - blocks[-1].size)
    return shelf.nearest(shelf.span(start, end), difference(shelf, tokens, (start, end), words))


def _seat(shelf: Shelf, ours: Sequence[str]) -> int | None:
    """The position at which a quotation would begin if its rarer words stood where most of them do."""
    votes: defaultdict[int, float] = defaultdict(float)
    begins: dict[int, int] = {}
    rarest = sorted(range(len(ours)), key=lambda n: len(shelf.places(ours[n])) or 10**9)[:_SEEDS]
    for index in rarest:
        positions = shelf.places(ours[index])
        for position in positions[:_SEEDS]:
            begin = position - index
            for bucket in (begin // _BUCKET, begin // _BUCKET + 1):
                votes[bucket] += 1 / len(positions)
                begins.setdefault(bucket, begin)
    return begins[max(votes, key=lambda bucket: (votes[bucket], -bucket))] if votes else None


def difference(
    shelf: Shelf, tokens: Tokens, theirs: tuple[int, int], ours: Sequence[int]
) -> tuple[tuple[str, str], ...]:
    """From a source's wording to ours: what stays, what the text leaves out, what it adds, as written."""
    first, after = theirs
    forms = [tokens.forms[index] for index in ours]
    steps: list[tuple[str, str]] = []

    def source(a: int, b: int) -> str:
        return shelf.nearest(shelf.span(first + a, first + b)).quote

    def text(a: int, b: int) -> str:
        return tokens.text[tokens.starts[ours[a]] : tokens.ends[ours[b - 1]]]

    matcher = SequenceMatcher(None, shelf.forms[first:after], forms, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            steps.append(("same", source(a, b)))
            continue
        if b > a:
            steps.append(("removed", source(a, b)))
        if d > c:
            steps.append(("added", text(c, d)))
    return tuple(steps)
