"""Serve what a demo left, and say how to come in."""

import os
import shlex
import shutil
import sys
from itertools import count
from pathlib import Path
from typing import NoReturn

from masthead.cli.demo_folder import LOGINS, logins
from masthead.cli.demo_steps import environment
from masthead.cli.output import say, say_command
from masthead.cli.serve import HOST, PORT
from masthead.errors import NotReady
from masthead.language import Message, gettext


def tell(folder: Path) -> None:
    """Print who can log in, and the command that serves the demo."""
    known = logins(folder)
    if not known:
        return
    say()
    say(gettext("Log in to the desk as:"), "bold")
    name, email = (max(len(getattr(each, part)) for each in known) for part in ("name", "email"))
    for each in known:
        say(f"  {each.name:{name}}  {each.email:{email}}  {each.password}")
    say(Message("These stand in %(file)s too.", {"file": str(folder / LOGINS)}), "dim")
    say(gettext("Serve it with:"))
    home = shlex.quote(str(folder / ".masthead"))
    say_command(f"MASTHEAD_HOME={home} {shlex.quote(_program())} serve")


def _program() -> str:
    """What to type for this program: its name where the shell finds it, else where it lies."""
    here = Path(sys.executable).with_name("masthead")
    found = shutil.which("masthead")
    if not here.exists() or (found and Path(found).samefile(here)):
        return "masthead"
    return str(here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else here)


def serve(folder: Path) -> NoReturn:
    """Become `masthead serve` on the demo, on the first free port from the usual one on."""
    from masthead.newsroom.site.serving.taking import must_be_free

    for port in count(PORT):
        try:
            must_be_free(HOST, port)
        except NotReady:
            continue
        break
    say()
    sys.stdout.flush()
    words = [sys.executable, "-P", "-m", "masthead.cli", "serve", "--port", str(port)]
    os.execve(sys.executable, words, os.environ | environment(folder))  # noqa: S606 - our own command
