"""Verify what the demo left: our own commands first, then the verifier that shares no code with us."""

import shlex
import subprocess
import sys
from pathlib import Path

import masthead
from masthead.cli.demo_folder import PICTURE, STORY
from masthead.cli.demo_steps import environment
from masthead.cli.output import say
from masthead.language import gettext

VERIFIER = "verify_masthead.py"
KEY = Path(".masthead") / "keys" / "log.pub"


def verify(folder: Path) -> bool:
    """Whether everything verifies, printing each command and what it says."""
    say()
    say(gettext("Verified, with the key that the outlet publishes elsewhere"), "bold")
    bundle = str(STORY / "bundle.json")
    ours = [
        ("log", "verify"),
        ("verify", str(PICTURE / "content.jpg")),
        ("log", "verify", "--bundle", bundle, "--key", str(KEY)),
    ]
    told = [
        _run(folder, ("masthead", *words), [sys.executable, "-m", "masthead.cli", *words]) for words in ours
    ]
    script = Path(masthead.__file__).parents[2] / VERIFIER
    if not script.is_file():
        say(gettext("verify_masthead.py is not here; fetch it from the project to verify without our code."))
        return all(told)
    for item in (STORY, PICTURE):
        words = (
            VERIFIER,
            str(item / "bundle.json"),
            "--key",
            str(KEY),
            "--content",
            str(_content(folder, item)),
        )
        told.append(_run(folder, ("python", *words), [sys.executable, str(script), *words[1:]]))
    return all(told)


def _content(folder: Path, item: Path) -> Path:
    names = (path.name for path in (folder / item).glob("content.*") if path.suffix != ".c2pa")
    return item / next(names)


def _run(folder: Path, shown: tuple[str, ...], words: list[str]) -> bool:
    say()
    say(f"$ {shlex.join(shown)}", "cyan")
    done = subprocess.run(  # noqa: S603 - our own commands
        words,
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    for line in (done.stdout + done.stderr).splitlines():
        say(f"  {line}")
    return done.returncode == 0
