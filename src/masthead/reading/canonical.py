"""The canonical form: what a sign-off binds. Same meaning, same bytes, whatever the CMS did to the quotes.

The form is the RFC 8785 JSON array `["masthead canonical form 2", blocks, pictures]`; a block is
`[words, links]`, a link `[target, words]`, and a picture `[address, alternative text, block]`, where `block`
counts the blocks that end before it. It is the same from Markdown, HTML and plain text of the same story.
Words are folded, in this order:

1. Unicode NFC; soft hyphens, zero-width spaces, word joiners and byte order marks dropped. Joiners stay:
   some scripts are spelt with them.
2. Every run of white space, no-break spaces included, becomes one space; none at the edges.
3. Typographic quotes, apostrophes and primes become `'` and `"`; the inner spaces of French quotes go.
4. `…` becomes `...`.
5. `--`, `---`, en and em dashes and a hyphen between spaces become `--`, spaces kept; but never next to a
   digit that follows and never between digits, where a dash is a minus or a range. `−` stays.

A picture's address is kept because another picture under the same words tells another story; whoever
renames a picture signs again. What is dropped: what part a block plays, emphasis, and links whose words are
their own target: a CMS makes those by itself and they tell nothing.
"""

import re
import unicodedata
from collections.abc import Sequence

import rfc8785

from masthead.reading.document import Block, Document, Link, Picture
from masthead.vocabulary import Medium

FORM = "masthead canonical form 2"

_UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]+")
_SPACE = re.compile(r"\s+")
_FRENCH_OPEN = re.compile(r"(?:(?<=[\s(\[{'\"—–-])|(?<![\s\S]))([«‹])\s+")
_FRENCH_CLOSE = re.compile(r"\s+([»›])(?!\w)")
_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛‹›′", "'"), **dict.fromkeys("“”„‟«»″", '"'), "…": "..."})
_DASH = re.compile(r"(?<!-)-{2,3}(?!-)|[–—―]|(?<=\s)-(?=\s)")
_DIGIT_BEFORE = re.compile(r"\d\s*\Z")
_DIGIT_AFTER = re.compile(r"\s*\d")


def canonical_text(document: Document) -> bytes:
    """The canonical form of a text, whose SHA-256 is `document.canonical_sha256`. Empty for media."""
    if document.medium is not Medium.TEXT:
        return b""
    return canonical_form(document.text, document.blocks, document.links, document.pictures)


def canonical_form(
    text: str, blocks: Sequence[Block], links: Sequence[Link], pictures: Sequence[Picture] = ()
) -> bytes:
    """The canonical form of `text` with its `blocks`, `links` and `pictures`, each in order."""
    form = []
    coming = 0
    for block in blocks:
        kept = []
        while coming < len(links) and links[coming].start < block.end:
            link = links[coming]
            words = fold(text[link.start : link.end])
            if not tells_itself(words, link.target):
                kept.append([link.target, words])
            coming += 1
        form.append([fold(text[block.start : block.end]), kept])
    shown: list[tuple[str, str, int]] = [
        (picture.address, fold(picture.alternative), picture.block) for picture in pictures
    ]
    return rfc8785.dumps([FORM, form, shown])


def fold(words: str) -> str:
    """`words` in canonical form."""
    words = _SPACE.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", words))).strip()
    words = _FRENCH_CLOSE.sub(r"\1", _FRENCH_OPEN.sub(r"\1", words)).translate(_QUOTES)
    return _DASH.sub(_dash, words)


def _dash(found: re.Match[str]) -> str:
    text, start, end = found.string, found.start(), found.end()
    if text[end : end + 1].isdecimal():
        return found[0]
    if _DIGIT_BEFORE.search(text, max(0, start - 2), start) and _DIGIT_AFTER.match(text, end):
        return found[0]
    return "--"


def tells_itself(words: str, target: str) -> bool:
    """Whether a link's words are its own target: a CMS makes such links by itself and they tell nothing."""
    return target in (words, f"mailto:{words}", f"http://{words}", f"https://{words}")
