"""`masthead log`: whether the evidence is intact."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.acknowledging import acknowledge
from masthead.cli.exporting import export
from masthead.cli.output import as_json, say
from masthead.cli.taking import Json
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.evidence.bundle_check import BundleVerdict
    from masthead.tlog.note import VerifierKey

app = typer.Typer(no_args_is_help=True, help="The evidence log.")
app.command()(export)

INTACT, NOT_INTACT, UNREADABLE, NO_KEY = 0, 1, 2, 3


app.command("acknowledge")(acknowledge)


@app.callback()
def log() -> None:
    """Look after the evidence log."""


@app.command()
def verify(
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", metavar="PATH", help="A bundle.json, instead of the record here."),
    ] = None,
    key: Annotated[
        str,
        typer.Option(
            "--key", metavar="KEY", help="The log's public key, or a file with it; never from the bundle."
        ),
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
    from masthead.newsroom.evidence.clock_back import went_back
    from masthead.newsroom.evidence.watch import verify as verified

    verdict = verified("person")
    set_back = went_back() if verdict.intact else []
    if json:
        as_json(verdict.to_json() | {"clock_set_back_at": set_back})
    elif verdict.why is None:
        say(Message("Intact: %(n)d entry.", {"n": verdict.size}, "Intact: all %(n)d entries."), "green")
        say(gettext("This shows that nothing recorded was changed; not that nothing was left out."))
        if set_back:
            places = ", ".join(map(str, set_back))
            say(Message("The clock was set back before these entries: %(list)s.", {"list": places}), "yellow")
    else:
        say(Message("Not intact: %(why)s", {"why": verdict.why}), "bold red")
        say(gettext("Keep everything as it is for whoever looks into this. Nothing was repaired."))
    raise typer.Exit(INTACT if verdict.intact else NOT_INTACT)


def _verify_bundle(bundle: Path, key: str, *, json: bool) -> int:
    """Verify the bundle of one published item with nothing but it and the key; gives the exit code."""
    from masthead.newsroom.evidence.bundle_check import check
    from masthead.reading import contents

    verdict = check(contents(bundle), _key(key))
    if json:
        as_json(_bundle_json(verdict))
    else:
        for text, style in _bundle_lines(verdict):
            say(text, style)
    if not verdict.intact:
        return NOT_INTACT
    return INTACT if verdict.signed else NO_KEY


def _key(given: str) -> "VerifierKey | None":
    """The key given as a verifier-key line or as a file that holds one; None where none was given."""
    from masthead.errors import CannotRead
    from masthead.tlog.note import Malformed, VerifierKey

    if not given:
        return None
    path = Path(given)
    try:
        line = path.read_text(encoding="utf-8").strip() if path.is_file() else given
        return VerifierKey.parse(line)
    except (OSError, ValueError, Malformed) as error:
        raise CannotRead(
            Message("That is not the public key of a log."),
            Message("Give the line that begins with the log's name, or the file `log.pub` that holds it."),
        ) from error


def _bundle_json(verdict: "BundleVerdict") -> dict[str, Any]:
    return {
        "intact": verdict.intact,
        "signed": verdict.signed,
        "why": str(verdict.why) if verdict.why else None,
        "origin": verdict.origin,
        "size": verdict.size,
        "content_sha256": verdict.content_sha256,
        "entries": [
            {"place": each.place, "kind": each.kind.name.lower(), "opened": dict(each.opened)}
            for each in verdict.entries
        ],
    }


def _bundle_lines(verdict: "BundleVerdict") -> Iterator[tuple[object, str | None]]:
    from masthead.cli.kinds import WORDS

    if verdict.why is not None:
        yield Message("Not intact: %(why)s", {"why": verdict.why}), "bold red"
        return
    if verdict.signed:
        yield (
            Message(
                "Intact, as signed with the key you gave, in the log %(origin)s.", {"origin": verdict.origin}
            ),
            "green",
        )
    else:
        yield (
            gettext("Consistent with itself. Whose it is was not shown: give the log's key with --key."),
            "yellow",
        )
    for each in verdict.entries:
        yield f"  {each.place}  {each.opened['recorded_on']}  {WORDS[each.kind]}", None
    yield (
        gettext("This shows what was recorded and that it was not changed; not that nothing was left out."),
        None,
    )
