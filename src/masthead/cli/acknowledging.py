"""`masthead log acknowledge`: a damaged record was put back, and somebody says so."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.given import text_of
from masthead.cli.output import as_json, say
from masthead.cli.taking import By, Json
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.integrity.commands import Acknowledged

Newest = Annotated[
    Path | None,
    typer.Option(
        "--checkpoint", metavar="FILE", help="The newest checkpoint that anyone outside holds, to compare."
    ),
]
NobodyHas = Annotated[
    bool,
    typer.Option(
        "--nobody-has-seen-more",
        help="Where nobody has one: declare on record, under your name, that nobody saw more of the log.",
    ),
]


def acknowledge(
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="What happened; stays sealed in the record.")
    ] = "",
    checkpoint: Newest = None,
    nobody_has_seen_more: NobodyHas = False,
    by: By = None,
    json: Json = False,
) -> None:
    """End the read-only state of a record that was found damaged, once all of it verifies again.

    Where a backup was put back in an empty folder, nothing there says whether more of the log was seen than
    the backup holds: give `--checkpoint`, with what somebody outside has.
    The evidence of the damage is moved to the folder `damage` and kept; an entry of the log names it.
    Exit 0 done, 1 the log does not verify or nothing was found damaged.
    """
    desk.open_whole()
    from masthead.newsroom.integrity.commands import acknowledge as said

    seen = text_of(checkpoint) if checkpoint else ""
    done = said(desk.acting(by), note, seen=seen, nobody_has_seen_more=nobody_has_seen_more)
    if json:
        as_json(_told(done))
    else:
        _say(done)


def _told(done: "Acknowledged") -> dict[str, Any]:
    found = [
        {"why": str(each.why) if each.why else None, "place": each.place, "sha256": each.sha256}
        for each in done.found
    ]
    return {"size": done.verdict.size, "place": done.place, "found": found, "read_only": done.left}


def _say(done: "Acknowledged") -> None:
    from masthead.newsroom.evidence import damage

    say(
        Message("Intact: %(n)d entry.", {"n": done.verdict.size}, "Intact: all %(n)d entries."),
        "green",
    )
    for line in damage.words(done.found):
        say(f"  {line}")
    if done.left:
        say(
            gettext(
                "Something else was found meanwhile: the record stays read-only. See `masthead log verify`."
            )
        )
        return
    say(gettext("On record, with the evidence kept in the folder “damage”. The desk takes work again."))
