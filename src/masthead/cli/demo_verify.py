"""Verify what the demo left: our own commands first, then the verifier that shares no code with us."""

import shlex
import subprocess
import sys
from pathlib import Path

import masthead
from masthead.cli.demo_commands import Commands, Done
from masthead.cli.demo_folder import PICTURE, STORY
from masthead.cli.demo_steps import environment
from masthead.cli.output import say
from masthead.language import gettext

VERIFIER = "verify_masthead.py"
KEY = Path(".masthead") / "keys" / "log.pub"


def verify(folder: Path, commands: Commands) -> bool:
    """Whether everything verifies, printing each command and what it says."""
    say()
    say(gettext("Verified, with the key that the outlet publishes elsewhere"), "bold")
    bundle = str(STORY / "bundle.json")
    ours = [
        ("log", "verify"),
        ("verify", str(PICTURE / "content.jpg")),
        ("log", "verify", "--bundle", bundle, "--key", str(KEY)),
    ]
    told = []
    for words in ours:
        _show("masthead", *words)
        told.append(_tell(commands(words)))
    script = Path(masthead.__file__).parents[2] / VERIFIER
    if not script.is_file():
        say(gettext("verify_masthead.py is not here; fetch it from the project to verify without our code."))
        return all(told)
    for item in (STORY, PICTURE):
        options = ("--key", str(KEY), "--content", str(_content(folder, item)))
        given = (str(item / "bundle.json"), *options)
        _show("python", VERIFIER, *given)
        told.append(_tell(_without_us(folder, script, given)))
    return all(told)


def _content(folder: Path, item: Path) -> Path:
    names = (path.name for path in (folder / item).glob("content.*") if path.suffix != ".c2pa")
    return item / next(names)


def _show(*words: str) -> None:
    say()
    say(f"$ {shlex.join(words)}", "cyan")


def _without_us(folder: Path, script: Path, words: tuple[str, ...]) -> Done:
    """Run the independent verifier: a program of its own, in a process that has loaded nothing of ours."""
    done = subprocess.run(  # noqa: S603 - a file of our own, with words of our own
        [sys.executable, "-P", str(script), *words],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def _tell(done: Done) -> bool:
    for line in (done.out + done.err).splitlines():
        say(f"  {line}")
    return done.code == 0
