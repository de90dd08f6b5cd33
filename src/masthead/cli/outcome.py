"""What a publication, a correction or a withdrawal left for the audience."""

from pathlib import Path
from typing import TYPE_CHECKING

from masthead.cli.folders import files_in
from masthead.cli.output import as_json, say
from masthead.language import Message

if TYPE_CHECKING:
    from masthead.newsroom.items.models import Item as KeptItem


def tell(item: "KeptItem", folder: Path, *, json: bool) -> None:
    """What the audience is told now, the files that tell it, and where it is not told yet."""
    from masthead.newsroom.public.folders import unreached
    from masthead.newsroom.public.gone import about
    from masthead.newsroom.public.projection import told
    from masthead.newsroom.review.reading import stage

    telling, away = told(item), unreached(item)
    if json:
        said = {"item": item.public_id, "stage": stage(item).value}
        written = {"folder": str(folder), "files": [name for name, _ in files_in(folder)]}
        as_json({**said, **telling, **written, "away": list(map(str, away))})
        return
    say(telling["line"], "bold green")
    say(Message("Item %(item)s. Written to %(folder)s:", {"item": item.public_id[:8], "folder": str(folder)}))
    for name, what in files_in(folder):
        say(f"  {name:<20}  {what}")
    if missed := about(away):
        say(missed, "yellow")
