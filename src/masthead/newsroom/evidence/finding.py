"""What is found damaged, with what stood around it then, handed to where it is kept: `kept`.

By a look, by verification, and by the command that was about to change a row that somebody altered.
"""

from pathlib import Path
from typing import Any

from masthead.errors import Damaged
from masthead.language import Message
from masthead.newsroom.evidence import damage, high_water, kept
from masthead.newsroom.evidence.models import Checkpoint


def keep_found(
    home: Path,
    why: Message | Damaged,
    place: int | None,
    found_by: str,
    read: tuple[int, bytes] | None = None,
) -> None:
    """Keep it: from then on nothing is recorded. `read` is how many entries were read, and their root."""
    size, root = read or (None, None)
    kept.keep(
        home,
        damage.Found(
            why.what if isinstance(why, Damaged) else why,
            place,
            found_by,
            size=size,
            root=root,
            checkpoint=_newest_note(),
            mark=_mark(home),
            here=isinstance(why, high_water.OfThisFolder),
            later=isinstance(why, high_water.OfLaterVersion),
        ),
    )


def _newest_note() -> str | None:
    try:
        newest = Checkpoint.objects.order_by("-size").values_list("note", flat=True).first()
    except Exception:  # noqa: BLE001 - a database that cannot be read is what is being kept; the rest still is
        return None
    return None if newest is None else str(newest)


def _mark(home: Path) -> dict[str, Any] | None:
    try:
        mark = high_water.read(home)
    except Damaged:
        return None
    return {"origin": mark.origin, "size": mark.size, "root": mark.root.hex()}
