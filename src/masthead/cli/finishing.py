"""`masthead data finish`: do what is left to do, and hear what is waited for."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from masthead.cli import read_only
from masthead.cli.concerning import open_data
from masthead.cli.erasing import LEFT
from masthead.cli.output import as_json, say
from masthead.cli.taking import Json
from masthead.language import Message, gettext


def finish(
    gone: Annotated[
        Path | None,
        typer.Option(
            "--gone",
            metavar="FOLDER",
            help="Wait no more for this folder, or those in it: deleted, or on a disk that is gone for good.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Do what earlier erasures left to do, large tables of PostgreSQL too: those hold everybody up meanwhile.

    It also says that the clock is right: where that stands more than a week past the last round, nothing is
    erased by itself until this ran. Exit 0 nothing is left, 3 something still is: a file or a table is in
    use, a record cannot be read, or a folder that was published to is not there just now.
    """
    open_data()
    from masthead.newsroom.public.gone import about, gone_for_good
    from masthead.newsroom.retention import clock_ahead
    from masthead.newsroom.retention.finishing import finish as go_on
    from masthead.newsroom.retention.left import unwritten, waited_for

    no_more = gone_for_good(gone) if gone is not None else []
    clock_ahead.gone(datetime.now(UTC))
    left = go_on(large=True)
    away, items = waited_for(), unwritten()
    remedy = read_only.what_ends_it()
    if json:
        folders = {"away": list(map(str, away)), "gone": list(map(str, no_more))}
        stopped = {"read_only": remedy is not None, "remedy": str(remedy) if remedy else None}
        as_json({"left_to_do": left, **folders, "unwritten": items, **stopped})
    else:
        # Who would publish an item again is told the same.
        _tell(left, about(away), no_more, [] if remedy else items)
        if left and remedy:
            say(read_only.told(remedy), "yellow")
    raise typer.Exit(LEFT if left else 0)


def _tell(left: int, away: Message | None, gone: list[Path], items: list[str]) -> None:
    if gone:
        say(Message("Waited for no more: %(folders)s.", {"folders": ", ".join(map(str, gone))}))
    say(Message("Still to be done: %(n)d.", {"n": left}) if left else gettext("Nothing is left to do."))
    if away:
        say(away, "yellow")
    if items:
        say(
            Message(
                "The pages of these items are not all written: %(items)s. `masthead publish ITEM --by NAME`"
                " says what is in the way; of one that was withdrawn, `masthead withdraw` with the same"
                " reason.",
                {"items": ", ".join(each[:8] for each in items)},
            ),
            "yellow",
        )
