"""The disclosure in the form that each place takes: one's own site, WordPress, Facebook, WhatsApp, print.

Mark and line stand as they are told everywhere, or, where a place has no room for the line, the line gives
way whole to the address that holds it: no fact is cut in two and none is altered. The mark never gives way.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from masthead.labels.disclosure import disclose
from masthead.labels.json_ld import json_ld
from masthead.labels.record import Record
from masthead.language import Message, active
from masthead.vocabulary import Medium


class Place(StrEnum):
    """Where the audience meets an item."""

    SITE = "site"
    WORDPRESS = "wordpress"
    FACEBOOK = "facebook"
    WHATSAPP = "whatsapp"
    PRINT = "print"


LIMITS: Mapping[Place, int | None] = {
    Place.SITE: None,
    Place.WORDPRESS: None,
    Place.FACEBOOK: 63_206,
    Place.WHATSAPP: 1_024,
    Place.PRINT: 300,
}
"""Characters that a place takes: a post on Facebook, a caption on WhatsApp; in print what stands at the foot
of a column without taking it over, which is our own measure."""

LONGEST_ADDRESS = 150
"""Characters of an address that every place has room for beside the mark."""

MORE = {
    Medium.TEXT: Message("How this story was made"),
    Medium.IMAGE: Message("How this picture was made"),
}
ELSEWHERE = Message("What AI did here, and who checked it")
"""What leads to the address where a place has no room for the line."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True, slots=True)
class Form:
    """What to paste.

    `limit` is how many characters the place takes, None for any number; `whole` is whether the line stands
    in it, or only the address that holds it.
    """

    place: Place
    text: str
    limit: int | None
    whole: bool = True

    @property
    def length(self) -> int:
        """How many characters the place counts: code points, as a person does but for emoji."""
        return len(self.text)


def forms(record: Record, page: str, *, url: str | None = None) -> tuple[Form, ...]:
    """The disclosure for every place, in the active language.

    `page` is the address of the page that tells how the item was made, `url` where the item itself is
    published. ValueError for a page's address of more than `LONGEST_ADDRESS` characters.
    """
    if len(page) > LONGEST_ADDRESS:
        raise ValueError("no place has room for that address")
    told = disclose(record)
    mark, line, more = told.mark, told.line, str(MORE[record.medium])
    return (
        Form(Place.SITE, _snippet(mark, line, more, page, _script(record, page, url)), None),
        Form(Place.WORDPRESS, _blocks(mark, line, more, page), None),
        _plain(Place.FACEBOOK, mark, line, more, page, "\n\n"),
        _plain(Place.WHATSAPP, mark, line, more, page, "\n"),
        _plain(Place.PRINT, mark, line, more, page.removeprefix("https://").removeprefix("http://"), " "),
    )


def _snippet(mark: str | None, line: str, more: str, page: str, script: str) -> str:
    """HTML that needs no style sheet: the mark first, the line, the way to the details."""
    language = active()
    direction = ' dir="rtl"' if language in RIGHT_TO_LEFT else ""
    marked = f"<p><strong>{escape(mark)}</strong></p>\n" if mark else ""
    return (
        f'<aside class="ai-disclosure" lang="{language}"{direction}>\n{marked}'
        f'<p>{escape(line)} <a href="{escape(page)}">{escape(more)}</a></p>\n</aside>\n{script}\n'
    )


def _script(record: Record, page: str, url: str | None) -> str:
    """JSON-LD that cannot end the element it stands in."""
    text = json.dumps(json_ld(record, url=url, page=page), ensure_ascii=False, indent=1)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">\n{text}\n</script>'


def _blocks(mark: str | None, line: str, more: str, page: str) -> str:
    """Blocks as WordPress writes them; without a script, which it takes from few of its users."""
    words = [f"<strong>{escape(mark)}</strong>"] if mark else []
    words.append(f'{escape(line)} <a href="{escape(page)}">{escape(more)}</a>')
    inner = "\n".join(f"<!-- wp:paragraph -->\n<p>{each}</p>\n<!-- /wp:paragraph -->" for each in words)
    name = '{"className":"ai-disclosure"}'
    return (
        f'<!-- wp:group {name} -->\n<div class="wp-block-group ai-disclosure">{inner}</div>\n'
        "<!-- /wp:group -->\n"
    )


def _plain(place: Place, mark: str | None, line: str, more: str, page: str, between: str) -> Form:
    """Plain text; the line gives way whole where there is no room for it."""
    limit = LIMITS[place]
    text = _said(mark, line, more, page, between)
    if limit is None or len(text) <= limit:
        return Form(place, text, limit)
    return Form(place, _said(mark, None, str(ELSEWHERE), page, between), limit, whole=False)


def _said(mark: str | None, line: str | None, more: str, page: str, between: str) -> str:
    leading = Message("%(more)s: %(address)s", {"more": more, "address": page})
    parts: Sequence[str | None] = (_sentence(mark, between), line, str(leading))
    return between.join(part for part in parts if part)


def _sentence(mark: str | None, between: str) -> str | None:
    """The mark on a line of its own, or in a line with other words, closed as a sentence."""
    return f"{mark}." if mark and between == " " else mark
