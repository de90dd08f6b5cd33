"""`masthead demo`: the whole job on a sample story and a sample picture, step by step."""

from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.output import say
from masthead.language import Message, gettext


def demo(
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder for it; what is there is never touched.")
    ] = Path("demo"),
) -> None:
    """Take a sample story and a sample picture through the whole job, printing each command and its outcome.

    It is all real: an organisation of its own with its database, keys and log, in a folder of its own. A
    finished demo is kept and only verified again.
    """
    from masthead.cli import demo_folder, demo_steps, demo_verify

    folder, finished = demo_folder.choose(out)
    if finished:
        say(
            Message(
                "The demo in %(folder)s is finished already; it is verified again.", {"folder": str(folder)}
            )
        )
    else:
        demo_steps.play(folder)
    verified = demo_verify.verify(folder)
    if not finished:
        demo_folder.finish(folder)
    say()
    say(gettext("Look at:"), "bold")
    for path, what in demo_folder.worth_a_look(folder):
        say(f"  {path}")
        say(f"      {what}", "dim")
    raise typer.Exit(0 if verified else 1)
