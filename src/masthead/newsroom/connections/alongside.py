"""Write a row of ours in the very transaction that appends an entry: both, or neither.

So that a crash never leaves an item without the name other software gave it, nor a request done and not known
to be done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from masthead.newsroom.evidence.log import Receipt
from masthead.newsroom.evidence.models import Entry

type Write = Callable[[Entry], None]

_asked: ContextVar[tuple[Write, ...]] = ContextVar("masthead_alongside", default=())


@contextmanager
def alongside(write: Write) -> Iterator[None]:
    """Call `write` with each entry recorded inside the block, before its commit; what it raises aborts it."""
    token = _asked.set((*_asked.get(), write))
    try:
        yield
    finally:
        _asked.reset(token)


def written(receipt: Receipt, **_: Any) -> None:
    """The receiver of `appended`: an entry is written and not yet committed."""
    asked = _asked.get()
    if asked:
        entry = Entry.objects.defer("sealed").get(place=receipt.place)
        for write in asked:
            write(entry)
