"""`masthead demo`: the whole job on a sample story and a sample picture, step by step."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.output import say
from masthead.language import Message, gettext


def demo(
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder for it; what is there is never touched.")
    ] = Path("demo"),
    serve: Annotated[
        bool | None,
        typer.Option(
            "--serve/--no-serve", help="Whether to serve it at the end; left out, at a terminal only."
        ),
    ] = None,
) -> None:
    """Take a sample story and a sample picture through the whole job, printing each command and its outcome.

    It is all real: an organisation of its own with its database, keys and log, in a folder of its own. A
    finished demo is kept and only verified again. At its end it is served, with something left to do in it.
    """
    from masthead.cli import demo_commands, demo_folder, demo_serving, demo_steps, demo_verify

    folder, finished = demo_folder.choose(out)
    if finished:
        say(
            Message(
                "The demo in %(folder)s is finished already; it is verified again.", {"folder": str(folder)}
            )
        )
    with demo_commands.Commands(folder, demo_steps.environment(folder)) as commands:
        if not finished:
            demo_steps.play(folder, commands)
        verified = demo_verify.verify(folder, commands)
    if not finished:
        demo_folder.finish(folder)
    say()
    say(gettext("Look at:"), "bold")
    for path, what in demo_folder.worth_a_look(folder):
        say(f"  {path}")
        say(f"      {what}", "dim")
    demo_serving.tell(folder)
    if not verified:
        raise typer.Exit(1)
    if _wanted() if serve is None else serve:
        demo_serving.serve(folder)


def _wanted() -> bool:
    """Whether a person sits at a terminal, who can look at it and end it."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI")
