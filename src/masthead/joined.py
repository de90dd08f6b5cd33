"""Parts set one after the other, with the signs as the active language sets them."""

from collections.abc import Iterable

from masthead.language import Message


def apart(parts: Iterable[object]) -> str:
    """`one; two; three`: parts that may hold commas of their own."""
    said = ""
    for part in parts:
        said = str(Message("%(one)s; %(next)s", {"one": said, "next": str(part)})) if said else str(part)
    return said
