"""`masthead log acknowledge`: a damaged record was put back, and somebody says so."""

from typing import Annotated

import typer

from masthead.cli import desk
from masthead.cli.output import as_json, say
from masthead.cli.taking import By, Json
from masthead.language import Message, gettext


def acknowledge(
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="What happened; stays sealed in the record.")
    ] = "",
    by: By = None,
    json: Json = False,
) -> None:
    """End the read-only state of a record that was found damaged, once all of it verifies again.

    The evidence of the damage is moved to the folder `damage` and kept; an entry of the log names it.
    Exit 0 done, 1 the log does not verify or nothing was found damaged.
    """
    desk.open_desk()
    from masthead.newsroom.evidence import damage
    from masthead.newsroom.integrity.commands import acknowledge as said

    done = said(desk.acting(by), note)
    if json:
        found = [
            {"why": str(each.why) if each.why else None, "place": each.place, "sha256": each.sha256}
            for each in done.found
        ]
        as_json({"size": done.verdict.size, "place": done.place, "found": found})
        return
    say(
        Message("Intact: %(n)d entry.", {"n": done.verdict.size}, "Intact: all %(n)d entries."),
        "green",
    )
    for line in damage.words(done.found):
        say(f"  {line}")
    say(gettext("On record, with the evidence kept in the folder “damage”. The desk takes work again."))
