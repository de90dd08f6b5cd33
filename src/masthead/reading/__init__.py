"""The eye: a file in, what it says out.

`read()` takes bytes and gives a `Document`; the parsers run in the runner's child with limits, so that a
hostile file can harm nothing. What cannot be read raises `CannotRead` with what to do.
"""

from masthead.reading.document import Block, BlockKind, Document, Link, Picture
from masthead.reading.holding import holds_more
from masthead.reading.limits import Limits
from masthead.reading.outgoing import outgoing
from masthead.reading.reader import contents, read, read_path

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "Limits",
    "Link",
    "Picture",
    "contents",
    "holds_more",
    "outgoing",
    "read",
    "read_path",
]
