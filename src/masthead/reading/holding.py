"""Whether a file holds more than was read of it: what a browser would show or run that nobody signed.

The canonical form leaves out what is not read. Two files of one form can therefore differ in all the rest: a
script, a style that writes words of its own, a frame. Rather than know every such thing, a short list says
what is known to be harmless, and everything else is *more*.
"""

from masthead.reading.document import Document
from masthead.reading.encoding import decode
from masthead.reading.kinds import Kind
from masthead.reading.limits import USUAL, Limits
from masthead.reading.reader import asked
from masthead.runner import Failed, Reason, register
from masthead.vocabulary import Medium

_HOLDS_MORE = "reading.holds_more"
register(_HOLDS_MORE, "masthead.reading.holding:looked_through")


def holds_more(content: bytes, document: Document, *, limits: Limits = USUAL) -> bool:
    """Whether `content`, whose reading is `document`, holds more than that reading.

    Of Word and PDF nobody can tell what another program shows of them: they always do. Plain text and
    pictures never do: a picture's canonical form is its bytes. Raises what `masthead.reading.read` raises.
    """
    if document.medium is not Medium.TEXT or document.media_type == Kind.PLAIN:
        return False
    if document.media_type in (Kind.DOCX, Kind.PDF):
        return True
    header = {"media_type": document.media_type, "limits": limits.to_json()}
    answer, _ = asked(_HOLDS_MORE, header, content, limits)
    if not isinstance(answer.get("more"), bool):
        raise Failed(Reason.REPLY)
    return bool(answer["more"])


def looked_through(header: dict[str, object], content: bytes) -> tuple[dict[str, object], list[bytes]]:
    """What runs in the child."""
    kind = Kind(str(header["media_type"]))
    text = decode(content, page=kind is Kind.HTML)
    if kind is Kind.MARKDOWN:
        from masthead.reading.plainly import nothing_unseen

        return {"more": not nothing_unseen(text)}, []
    from masthead.reading.harmless import all_harmless

    return {"more": not all_harmless(text)}, []
