"""The quotations of a text: what stands between quotation marks, and quoted blocks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from masthead.checks.traceability.tokens import MARK, Tokens, is_worded
from masthead.reading.document import Block, BlockKind, Document

_SIGNS = re.compile("[\"“”„‟«»‹›「」『』‘’‚']")
_CLOSERS = {
    "“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹",
    "「": "」", "『": "』", "‘": "’", "‚": "‘’", "”": "”", '"': '"', "'": "'",
}  # fmt: skip
_OPENS_ONLY_BEFORE = frozenset("\"'‘”›»")
_REPEATED = frozenset("“«„")
"""Marks that open again in each paragraph of a long quotation and close in its last."""
_BRACKETS = {"[": "]", "(": ")"}
_LONGEST_BRACKET = 12
_APOSTROPHE_WORDS = 3
"""Fewer words between straight single marks are more likely two apostrophes."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What is quoted, its place in code points (marks left out), and its wording.

    `fragments` are runs of folded words that must follow one another: an omission or an insertion in
    brackets parts them. `words` are the indexes of the tokens of all fragments; `gaps` those of the words in
    brackets before each fragment and after the last.
    """

    start: int
    end: int
    fragments: tuple[tuple[str, ...], ...]
    words: tuple[int, ...]
    gaps: tuple[tuple[int, ...], ...]


def quotations(document: Document, tokens: Tokens) -> list[Quotation]:
    """The outermost quotations in reading order."""
    spans = [(b.start, b.end) for b in document.blocks if b.kind is BlockKind.QUOTE]
    for block in document.blocks or (Block(BlockKind.PARAGRAPH, 0, len(document.text)),):
        spans.extend(_marked(document.text, block.start, block.end))
    found, token = [], 0
    for start, end in _outermost(spans):
        while token < len(tokens) and tokens.starts[token] < start:
            token += 1
        quotation = _wording(tokens, token, start, end)
        if quotation is not None:
            found.append(quotation)
    return found


def _outermost(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    reached = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            yield start, end
            reached = end


def _marked(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans between matching marks, line by line: no quotation runs over an empty line unseen.

    The latest opening mark of a kind counts, so that a mark nobody closed spoils one quotation at most.
    """
    opened: dict[str, int] = {}
    for match in _SIGNS.finditer(text, begin, end):
        sign, place = match.group(), match.start()
        before = text[place - 1] if place > begin else " "
        after = text[place + 1] if place + 1 < end else " "
        opener = next((o for o in opened if sign in _CLOSERS[o]), None)
        if opener is not None and _may_close(sign, before, after):
            span = (opened.pop(opener) + 1, place)
            if sign != "'" or len(text[span[0] : span[1]].split()) >= _APOSTROPHE_WORDS:
                yield span
        elif sign in _CLOSERS and _may_open(sign, before, after):
            opened.pop(sign, None)
            opened[sign] = place
    follows = text[end : end + 3].lstrip()[:1]
    if follows in opened and follows in _REPEATED:
        yield opened[follows] + 1, end


def _may_open(sign: str, before: str, after: str) -> bool:
    if after.isspace() and sign not in "«»‹›":
        return False
    return sign not in _OPENS_ONLY_BEFORE or not before.isalnum()


def _may_close(sign: str, before: str, after: str) -> bool:
    if sign in "’'":
        return not before.isspace() and not after.isalnum()
    return True


def _wording(tokens: Tokens, token: int, start: int, end: int) -> Quotation | None:
    """The quotation of a span; a fragment without words is none, and what stands around it is one gap."""
    fragments: list[list[str]] = [[]]
    gaps: list[list[int]] = [[]]
    words: list[int] = []
    while token < len(tokens) and tokens.ends[token] <= end:
        closing = _bracket(tokens, token, end) if tokens.forms[token] in _BRACKETS else None
        parted = closing is not None or tokens.forms[token] == "..." or _dots(tokens, token)
        if parted and fragments[-1]:
            fragments.append([])
            gaps.append([])
        if closing is not None:
            gaps[-1].extend(n for n in range(token + 1, closing) if _worded(tokens, n))
            token = closing
        elif not parted and _worded(tokens, token):
            fragments[-1].append(tokens.forms[token])
            words.append(token)
        token += 1
    if not words:
        return None
    if fragments[-1]:
        gaps.append([])
    start, end = _trimmed(tokens.text, start, end)
    kept = tuple(tuple(fragment) for fragment in fragments if fragment)
    return Quotation(start, end, kept, tuple(words), tuple(map(tuple, gaps)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _worded(tokens: Tokens, token: int) -> bool:
    return tokens.kinds[token] != MARK or is_worded(tokens.forms[token])


def _dots(tokens: Tokens, token: int) -> bool:
    # one sign of three dots folds to three full stops, and is met before this
    return tokens.forms[token] == "." and tokens.form(token + 1) == "." and tokens.gap(token + 1) == 0


def _bracket(tokens: Tokens, token: int, end: int) -> int | None:
    """The token that closes an insertion in square brackets, or an omission in round ones."""
    closer = _BRACKETS[tokens.forms[token]]
    for place in range(token + 1, min(token + _LONGEST_BRACKET, len(tokens))):
        if tokens.ends[place] > end:
            return None
        if tokens.forms[place] == closer:
            inside = set(tokens.forms[token + 1 : place])
            return place if closer == "]" or inside <= {".", "..."} else None
    return None
