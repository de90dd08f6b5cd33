"""Where a demo lives: an empty folder, or a fresh one beside what is there already."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from itertools import count
from pathlib import Path

from masthead.errors import NotReady
from masthead.language import LANGUAGES, Message, active
from masthead.system_said import why

DONE = "demo.json"
LOGINS = "logins.json"
STORY, PICTURE = Path("published") / "story", Path("published") / "picture"


@dataclass(frozen=True, slots=True)
class Login:
    """How somebody of the demo comes in."""

    name: str
    email: str
    password: str


def keep_logins(folder: Path, logins: Sequence[Login]) -> None:
    """Write the logins where only the owner of `folder` reads them."""
    handle = os.open(folder / LOGINS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(json.dumps([asdict(login) for login in logins], ensure_ascii=False, indent=2) + "\n")


def logins(folder: Path) -> list[Login]:
    """The logins of a demo; none of one that an earlier release played."""
    try:
        return [Login(**each) for each in json.loads((folder / LOGINS).read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []


def choose(wanted: Path) -> tuple[Path, bool]:
    """The folder to play in, and whether a demo in this language is finished there.

    What is in the way is left alone, a demo that was cut off too: the next free number gets a new one.
    """
    wanted = wanted.resolve() if wanted.name in ("", "..") else wanted
    for number in count(1):
        folder = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        if folder.is_dir() and _finished(folder):
            return folder, True
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not any(folder.iterdir()):
                _fill(folder)
                return folder, False
        except FileExistsError:
            continue  # a file of that name
        except OSError as error:
            raise NotReady(
                Message(
                    "%(folder)s cannot be written: %(why)s.",
                    {"folder": str(folder), "why": why(error)},
                ),
                Message("Give another with `--out DIR`."),
            ) from error
    raise AssertionError("numbers do not end")


def _finished(folder: Path) -> bool:
    try:
        said = json.loads((folder / DONE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("language") == active()


def _fill(folder: Path) -> None:
    """Lay out the sample files in the active language, as a newsroom would have them on disk."""
    samples = files("masthead.samples")
    language = active() if active() in LANGUAGES else LANGUAGES[0]
    for sample in (samples / language).iterdir():
        (folder / sample.name).write_bytes(sample.read_bytes())
    (folder / "bridge.jpg").write_bytes((samples / "bridge.jpg").read_bytes())


def finish(folder: Path) -> None:
    """Say that the demo in `folder` ran to its end."""
    (folder / DONE).write_text(json.dumps({"language": active()}) + "\n", encoding="utf-8")


def worth_a_look(folder: Path) -> list[tuple[Path, Message]]:
    """What a demo leaves to look at."""
    page = f"page.{active()}.html"
    return [
        (folder / STORY / page, Message("what the audience sees of the story; open it in a browser")),
        (folder / PICTURE / page, Message("what the audience sees of the picture")),
        (folder / STORY / f"disclosure.{active()}.txt", Message("the same in plain words, to copy")),
        (folder / STORY / "bundle.json", Message("the proof of the story, for anyone to verify offline")),
        (folder / PICTURE / "content.jpg", Message("the picture with its Content Credential inside")),
        (folder / ".masthead", Message("the record: database, keys and blobs")),
    ]
