"""The names of a text, by capital letters alone: no model, and nothing guessed about a person.

Looked for: two or more capitalised words together, initials and particles among them; acronyms; a single
capitalised word inside a sentence, except where the language gives every noun a capital. Not looked for:
scripts without capitals, the first word of a sentence unless it is said to speak, headings in title case,
days, months, peoples.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from masthead.checks.traceability.name_words import (
    AFTER_PARTICLES,
    CASED_NOUNS,
    NOBODY,
    NOT_ACRONYMS,
    OPENERS,
    PARTICLES,
    SPEAKING,
    SPOKEN,
    TITLES,
    calendar_words,
)
from masthead.checks.traceability.tokens import MARK, NUMBER, WORD, Tokens, word_set
from masthead.reading.document import Block, BlockKind, Document

_SENTENCE_ENDS = frozenset((*".!?:;·•", "..."))
_PASSED = frozenset("\"'“”„«»‹›‘’‚([{*_-–—>#")
_APOSTROPHES = frozenset("'’")
_ELIDED = word_set("l d j c n s m t qu")
_MOST_WORDS = 12
_TITLE_CASE = 0.5


@dataclass(frozen=True, slots=True)
class Name:
    """A name, its place in code points, its folded words; `acronym` where it is capitals alone."""

    start: int
    end: int
    words: tuple[str, ...]
    acronym: bool = False


def names(
    document: Document, tokens: Tokens, languages: frozenset[str], taken: Collection[int] = ()
) -> list[Name]:
    """The names of a text in reading order. `taken` are the indexes of tokens of numbers and dates."""
    skipped = calendar_words(languages)
    nouns = bool(languages & CASED_NOUNS)
    shouted = _shouted(document, tokens)
    found: list[Name] = []
    index = 0
    while index < len(tokens):
        if tokens.kinds[index] != WORD or not tokens.text[tokens.starts[index]].isupper():
            index += 1
            continue
        run = _run(tokens, index)
        after = run[-1] + 1
        if not shouted(tokens.starts[index]):
            for part in _parts(tokens, run, skipped, taken):
                name = _name(tokens, part, nouns=nouns)
                if name is not None:
                    found.append(name)
        index = after
    return found


def words_without_case(tokens: Tokens) -> int:
    """How many words are of scripts without capitals, in which names are not looked for."""
    return sum(
        1
        for kind, form in zip(tokens.kinds, tokens.forms, strict=True)
        if kind == WORD and not form.isascii() and form.upper() == form.lower()
    )


def _capital(tokens: Tokens, index: int) -> bool:
    return tokens.kind(index) == WORD and tokens.text[tokens.starts[index]].isupper()


def _run(tokens: Tokens, first: int) -> list[int]:
    """The tokens of a stretch of capitalised words that stand together."""
    run = [first]
    while len(run) < _MOST_WORDS:
        step = _next(tokens, run[-1])
        if not step:
            break
        run.extend(step)
    return run


def _next(tokens: Tokens, last: int) -> list[int]:
    after = last + 1
    joined = tokens.gap(after) == 0
    if joined and (tokens.form(after) in _APOSTROPHES or tokens.form(after) in ("-", "‐", "‑")):
        bound = tokens.gap(after + 1) == 0
        if bound and (
            _capital(tokens, after + 1) or (tokens.kind(after + 1) == NUMBER and tokens.form(after) == "-")
        ):
            return [after + 1]
        return []
    if joined and tokens.form(after) == ".":
        short = tokens.ends[last] - tokens.starts[last] == 1 or tokens.forms[last] in TITLES
        return [after + 1] if short and tokens.gap(after + 1) <= 1 and _capital(tokens, after + 1) else []
    step: list[int] = []
    for place in range(after, after + 3):
        if tokens.gap(place) != 1:
            return []
        if _capital(tokens, place):
            return [*step, place]
        form = tokens.form(place)
        if form not in PARTICLES and not (step and form in AFTER_PARTICLES):
            return []
        step.append(place)
    return []


def _parts(
    tokens: Tokens, run: list[int], skipped: Collection[str], taken: Collection[int]
) -> Iterator[list[int]]:
    """A stretch without its first words that are no name, cut at numbers, days, months and peoples."""
    while run and _leads(tokens, run):
        run = run[1:]
    part: list[int] = []
    for index in run:
        common = tokens.forms[index] in skipped and len(run) < 3 and not tokens.surface(index).isupper()
        if common or index in taken:
            yield part
            part = []
        else:
            part.append(index)
    yield part


def _leads(tokens: Tokens, run: list[int]) -> bool:
    form = tokens.forms[run[0]]
    if (
        form == "the"
        or form in TITLES
        or form in PARTICLES - {"al", "el", "van", "von", "de", "st", "ibn", "ben"}
    ):
        return True
    elided = form in _ELIDED and tokens.form(run[0] + 1) in _APOSTROPHES
    return elided or (form in OPENERS and (begins(tokens, run[0]) or len(form) == 1 or len(run) == 1))


def begins(tokens: Tokens, index: int) -> bool:
    """Whether a sentence, a line or a quotation may begin at a token."""
    place = index
    while place > 0 and tokens.gap(place) <= 2 and index - place < 5:
        place -= 1
        form = tokens.forms[place]
        if form in _SENTENCE_ENDS:
            initial = (
                form == "."
                and _capital(tokens, place - 1)
                and tokens.ends[place - 1] - tokens.starts[place - 1] == 1
            )
            return not (initial or (form == "." and tokens.form(place - 1) in TITLES))
        if form not in _PASSED:
            return form not in _PASSED and place != index - 1 and tokens.forms[index - 1] in '"“„«‹‘'
    return True


def _name(tokens: Tokens, part: list[int], *, nouns: bool) -> Name | None:
    while part and tokens.forms[part[-1]] in PARTICLES:
        part = part[:-1]
    if not part:
        return None
    start, end = tokens.starts[part[0]], tokens.ends[part[-1]]
    words = tuple(tokens.forms[index] for index in part if tokens.kinds[index] != MARK)
    if len(words) > 1:
        return Name(start, end, words, acronym=all(len(word) == 1 for word in words))
    surface = tokens.surface(part[0])
    if len(surface) < 2 or not words:
        return None
    if surface.isupper():
        roman = not set(surface) - set("IVXLCDM")
        return None if roman or words[0] in NOT_ACRONYMS else Name(start, end, words, acronym=True)
    if nouns or (begins(tokens, part[0]) and not _speaks(tokens, part[0])):
        return None
    return Name(start, end, words)


def _speaks(tokens: Tokens, index: int) -> bool:
    """Whether a word that begins a sentence is someone who speaks: no plural, a verb of speech after it."""
    form, after = tokens.forms[index], index + 1
    if form in NOBODY or form.endswith("s") or tokens.gap(after) != 1:
        return False
    if tokens.form(after) in ("a", "ha") and tokens.gap(after + 1) == 1:
        return tokens.form(after + 1) in SPOKEN
    return tokens.form(after) in SPEAKING


class _Shouted:
    """Whether a code point is in a heading in title case or in a block all in capitals."""

    def __init__(self, blocks: list[Block]) -> None:
        self.starts = [block.start for block in blocks]
        self.ends = [block.end for block in blocks]

    def __call__(self, place: int) -> bool:
        at = bisect_right(self.starts, place) - 1
        return at >= 0 and place < self.ends[at]


def _shouted(document: Document, tokens: Tokens) -> _Shouted:
    blocks: list[Block] = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if text.isupper() and len(text) > 12:
            blocks.append(block)
        elif block.kind is BlockKind.HEADING:
            long = [word for word in text.split() if len(word) > 3]
            if sum(1 for word in long if word[0].isupper()) > max(1, _TITLE_CASE * len(long)):
                blocks.append(block)
    return _Shouted(blocks)
