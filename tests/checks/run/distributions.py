"""Real distributions with a check in them, installed in a folder as an installer would leave them."""

from itertools import count
from pathlib import Path
from textwrap import dedent

_numbers = count()


def install(folder: Path, body: str, *, name: str = "others", version: str = "1.4.0") -> None:
    """Put a distribution into `folder` whose check `name` is a class `Theirs` with `body` for a call."""
    module = f"their_check_{next(_numbers)}"
    package = folder / module
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(
        dedent(
            """
            import os, sys, threading, time
            from masthead.checks import Finding, Outcome
            from masthead.errors import CannotRead
            from masthead.language import Message
            from masthead.vocabulary import Level

            SAID = Message("A word worth a look.")


            def one(*rest):
                return Outcome((Finding("others", "w", Level.NOTE, *rest),))


            class Theirs:
                id = "others"
                version = "7"

                def __call__(self, subject):
            """
        )
        + "\n".join(f"        {line}" for line in dedent(body).strip().splitlines())
        + "\n"
    )
    info = folder / f"{module}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[masthead.checks]\n{name} = {module}:Theirs\n")
    (info / "RECORD").write_text(f"{module}/__init__.py,,\n{info.name}/METADATA,,\n{info.name}/RECORD,,\n")
