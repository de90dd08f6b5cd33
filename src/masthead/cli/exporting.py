"""`masthead log export`: the log as files that any web server can serve."""

from pathlib import Path
from typing import Annotated

import typer

from masthead.cli import desk
from masthead.cli.output import as_json, say, working
from masthead.cli.taking import Json
from masthead.language import Message, gettext


def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to write; it is made.")],
    json: Json = False,
) -> None:
    """Write the published log into a folder that any web server can serve.

    Done again, it writes only what is new. Of people, titles and files there is nothing in it.
    """
    desk.open_desk()
    from masthead.newsroom.evidence.export import export as write

    with working(gettext("Writing the log…")):
        done = write(folder)
    if json:
        as_json(
            {
                "folder": str(folder),
                "origin": done.origin,
                "size": done.size,
                "root": done.root.hex(),
                "written": done.written,
                "kept": done.kept,
                "removed": done.removed,
            }
        )
        return
    said = Message(
        "%(folder)s shows the log %(origin)s with %(n)d entry.",
        {"folder": str(folder), "origin": done.origin, "n": done.size},
        "%(folder)s shows the log %(origin)s with %(n)d entries.",
    )
    say(said, "green")
    say(
        Message(
            "New files: %(new)s; there already: %(kept)s; removed, as others hold the same: %(removed)s.",
            {"new": done.written, "kept": done.kept, "removed": done.removed},
        )
    )
