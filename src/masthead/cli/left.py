"""How an item stands whose newest version was erased: what went, and what is left of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from masthead.cli import desk
from masthead.cli.clearance import COMMAND, NEW_VERSION
from masthead.cli.standing import Line, head_lines, signature_lines, standing_lines
from masthead.language import Message, Value, gettext

if TYPE_CHECKING:
    from datetime import datetime

    from masthead.newsroom.items.models import Item, Version
    from masthead.newsroom.retention.went import Went


def left_lines(item: "Item", *, now: "datetime") -> Iterator[Line]:
    """What is left, what went, and how to go on. `Erased`, before any line, where the item is no more."""
    from masthead.newsroom.retention.went import went
    from masthead.newsroom.review.standing import withdrawal

    version, gone = _left(item), withdrawal(item) is not None
    if version is None:
        yield item.public_id[:8], "bold"
    elif gone or hasattr(version, "publication"):
        yield from standing_lines(version, now=now)
    else:
        # No gate: what could go out would be the version that is no more.
        yield from head_lines(version)
        yield from signature_lines(version)
    yield "", None
    for each in went(item, version):
        yield str(_told(each)), "yellow"
    if gone:
        return
    if version is None:
        yield gettext("No version of it is left. Bring in a new one to go on with it."), None
    else:
        yield gettext("To go on with it, bring in a new version:"), None
    by = desk.by_name()
    yield from ((each.format(item=item.public_id[:8], by=by), COMMAND) for each in NEW_VERSION)


def left_json(item: "Item") -> dict[str, Any]:
    """The newest version that is left, if any is, and what was erased after it. `Erased` as above."""
    from masthead.newsroom.retention.went import went

    version = _left(item)
    return {
        "left": version.number if version else None,
        "erased": [
            {
                "versions": list(each.versions),
                "at": each.entry.recorded_at.isoformat(),
                "ground": each.ground.value if each.ground else None,
                "entry": each.entry.place,
            }
            for each in went(item, version)
        ],
    }


def _left(item: "Item") -> "Version | None":
    from masthead.newsroom.items.erased import Erased
    from masthead.newsroom.items.left import is_no_more, left

    if is_no_more(item):
        raise Erased
    return left(item)


def _told(each: "Went") -> Message:
    from masthead.labels.dates import spoken_time

    said: dict[str, Value] = {"day": spoken_time(each.entry.recorded_at), "who": each.by, "why": each.why}
    if len(each.versions) == 1:
        return Message(
            "Version %(number)s was erased on %(day)s by %(who)s: %(why)s.", {**said, "number": each.numbers}
        )
    return Message(
        "Versions %(numbers)s were erased on %(day)s by %(who)s: %(why)s.", {**said, "numbers": each.numbers}
    )
