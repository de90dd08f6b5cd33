"""`masthead witness check`: whether two heads that an alarm kept show two histories."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.output import as_json, say
from masthead.cli.taking import Json
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.tlog.conflict import Conflict, Shown

Keys = Annotated[
    list[str],
    typer.Option(
        "--key",
        metavar="KEY",
        help="A public key of the log, or a file with it, from elsewhere than PATH. Again for each other that"
        " it had.",
    ),
]


def check(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file of two heads that an alarm kept.")],
    key: Keys,
    json: Json = False,
) -> None:
    """Check what a kept alarm shows, with nothing but the file and the log's keys. No record is needed.

    Exit 0 where the log signed two histories, 1 where that is not shown, 2 where the file cannot be read.
    """
    from masthead.tlog.conflict import Shows

    heads, shown = _read(path, key)
    if json:
        known, then = (list(map(str, by)) for by in (shown.known_by, shown.shown_by))
        as_json({"shows": shown.shows.value, "known_by": known, "shown_by": then, "keys": list(heads.keys)})
    else:
        _say(heads, shown)
    raise typer.Exit(0 if shown.shows is Shows.FORK else 1)


def _read(path: Path, keys: list[str]) -> "tuple[Conflict, Shown]":
    from masthead.cli.auditors_keys import given
    from masthead.errors import CannotRead
    from masthead.reading import contents
    from masthead.tlog.conflict import Conflict
    from masthead.tlog.note import Malformed

    # An option left empty is no key, and not as good as one that was not given.
    read = (given(each or " ", None, None, None).key for each in keys)
    logs = [each for each in read if each is not None]
    try:
        heads = Conflict.parse(contents(path))
        return heads, heads.shown_under(*logs)
    except Malformed as error:
        raise CannotRead(
            Message("%(file)s is not a file of two heads.", {"file": path.name}),
            Message("Give the file that an alarm is downloaded as."),
        ) from error


def _say(heads: "Conflict", shown: "Shown") -> None:
    from masthead.tlog.conflict import Shows

    words = {
        Shows.FORK: gettext(
            "Shown: the log signed two heads of which neither is the beginning of the other."
        ),
        Shows.SIGNED: gettext(
            "Both heads are signed by the log; that they contradict each other is not shown."
        ),
        Shows.NOTHING: gettext("Not shown: the two heads are not both signed with the keys given."),
    }
    known, then = (list(map(str, by)) for by in (shown.known_by, shown.shown_by))
    none = [gettext("none of these keys")]
    say(words[shown.shows])
    say(Message("The head known before is signed with: %(keys)s", {"keys": ", ".join(known or none)}))
    say(Message("The head shown then is signed with: %(keys)s", {"keys": ", ".join(then or none)}))
    missing = [line for line in heads.keys if line not in (*known, *then)]
    if shown.shows is Shows.NOTHING and missing:
        say(
            Message(
                "The file names this key too; if you have it from elsewhere, give it: %(keys)s",
                {"keys": ", ".join(missing)},
            )
        )
