"""What runs in the child: bytes in, a JSON object and the text out. Parsers load when first needed."""

from typing import Any

from masthead.reading import refusals
from masthead.reading.composing import Composed
from masthead.reading.encoding import decode
from masthead.reading.kinds import Kind, tell
from masthead.reading.limits import Limits


def extract(header: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """See `masthead.reading.reader`, which asks for this and reads the answer."""
    limits = Limits(**header["limits"])
    kind = tell(content, header["name"], header["media_type"])
    if kind.image:
        from masthead.reading.parsers import image

        width, height = image.measure(content, kind, limits.pixels)
        return {"media_type": kind, "width": width, "height": height}, [b""]
    composed = compose(kind, content, header["media_type"], limits)
    if not composed.blocks:
        raise refusals.no_text() if kind is Kind.PDF else refusals.empty()
    return {
        "media_type": kind,
        "title": composed.title,
        "blocks": [[block.kind, block.start, block.end] for block in composed.blocks],
        "links": [[link.target, link.start, link.end] for link in composed.links],
        "pictures": [[each.address, each.alternative, each.block] for each in composed.pictures],
    }, [composed.text.encode()]


def compose(kind: Kind, content: bytes, media_type: str | None, limits: Limits) -> Composed:
    """What a text of that kind says."""
    match kind:
        case Kind.DOCX:
            from masthead.reading.parsers import docx

            return docx.parse(content, limits)
        case Kind.PDF:
            from masthead.reading.parsers import pdf

            return pdf.parse(content, limits)
        case Kind.HTML:
            from masthead.reading.parsers import html

            return html.parse(decode(content, page=True, media_type=media_type), limits.characters)
        case Kind.MARKDOWN:
            from masthead.reading.parsers import markdown

            return markdown.parse(decode(content, media_type=media_type), limits.characters)
        case _:
            from masthead.reading.parsers import plain

            return plain.parse(decode(content, media_type=media_type), limits.characters)
