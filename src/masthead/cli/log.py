"""`masthead log`: whether the evidence is intact."""

from pathlib import Path
from typing import Annotated

import typer

from masthead.cli import desk
from masthead.cli.output import as_json, say
from masthead.cli.person import Json
from masthead.language import Message, gettext

app = typer.Typer(no_args_is_help=True, help="The evidence log.")

INTACT, NOT_INTACT, UNREADABLE, NO_KEY = 0, 1, 2, 3


@app.callback()
def log() -> None:
    """Look after the evidence log."""


@app.command()
def verify(
    bundle: Annotated[
        Path | None, typer.Option("--bundle", help="A bundle.json, instead of the record here.")
    ] = None,
    key: Annotated[
        str, typer.Option("--key", help="The log's public key, or a file with it; never from the bundle.")
    ] = "",
    json: Json = False,
) -> None:
    """Verify the evidence log here, or the bundle of one published item.

    Exit 0 intact, 1 not intact (the first entry that fails is named), 2 unreadable, 3 consistent with itself
    but no key was given.
    """
    if bundle is not None:
        raise typer.Exit(_verify_bundle(bundle, key, json=json))
    desk.open_desk()
    from masthead.newsroom.evidence.verify import verify_log

    verdict = verify_log()
    if json:
        as_json(verdict.to_json())
    elif verdict.intact:
        say(
            Message("Intact: %(n)d entry.", {"n": verdict.size}, "Intact: all %(n)d entries."),
            "green",
        )
        say(gettext("This shows that nothing recorded was changed; not that nothing was left out."))
    else:
        say(Message("Not intact: %(why)s", {"why": verdict.why}), "bold red")
        say(gettext("Keep everything as it is for whoever looks into this. Nothing was repaired."))
    raise typer.Exit(INTACT if verdict.intact else NOT_INTACT)


def _verify_bundle(bundle: Path, key: str, *, json: bool) -> int:
    """Verify the bundle of one published item, with nothing but it and the key."""
    from masthead.newsroom.evidence.bundle_check import check

    raise NotImplementedError(check)
