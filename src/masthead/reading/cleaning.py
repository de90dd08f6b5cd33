"""What runs in the child to make a file ready to go out: bytes in, bytes out. Writers load when needed."""

from typing import Any

from masthead.language import Message
from masthead.reading import refusals
from masthead.reading.canonical import canonical_form
from masthead.reading.composing import Composed
from masthead.reading.encoding import decode
from masthead.reading.kinds import Kind
from masthead.reading.limits import Limits


def clean(header: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """See `masthead.reading.outgoing`, which asks for this and checks the answer."""
    kind, title, limits = Kind(header["media_type"]), str(header["title"]), Limits(**header["limits"])
    if kind.image:
        return {"media_type": kind}, [_bare(content, kind)]
    text = decode(content, page=kind is Kind.HTML)
    match kind:
        case Kind.MARKDOWN:
            kind, text = _markdown(text, title, limits)
        case Kind.HTML:
            from masthead.reading import page

            text = page.rewritten(text, title)
    return {"media_type": kind}, [text.encode()]


def _bare(content: bytes, kind: Kind) -> bytes:
    from masthead.reading.bare import bare
    from masthead.reading.bare.pixels import same_pixels

    try:
        out = bare(content, kind)
        same = same_pixels(content, out, kind.removeprefix("image/").upper())
    except (OSError, SyntaxError, ValueError, LookupError, EOFError) as error:
        raise refusals.damaged(Message("picture")) from error
    if not same:
        raise refusals.picture_would_change()
    return out


def _markdown(text: str, title: str, limits: Limits) -> tuple[Kind, str]:
    """As Markdown where that holds nothing but what is read, else as a page."""
    from masthead.reading.parsers import markdown
    from masthead.reading.plainly import as_markdown

    written = as_markdown(text, limits.characters)
    if written is not None:
        before, after = (markdown.parse(each, limits.characters) for each in (text, written))
        if _form(before) == _form(after):
            return Kind.MARKDOWN, written
    from masthead.reading import page

    return Kind.HTML, page.rewritten(markdown.rendered(text, limits.characters), title)


def _form(read: Composed) -> bytes:
    return canonical_form(read.text, read.blocks, read.links, read.pictures)
