"""Where one organisation's record lives: the home folder and its few settings.

The home is `MASTHEAD_HOME`, else the nearest `.masthead` folder here or above, as git looks for `.git`.
`config.toml` in it is optional; each setting has an environment variable that wins.
"""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = ".masthead"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment may choose. Sizes are bytes, times seconds."""

    database_url: str = ""
    max_upload: int = 50_000_000
    review_hours: int = 24
    """How long a break-glass publication may wait for its second review."""
    trust: tuple[str, ...] = ()
    """PEM files whose Content Credentials are believed, besides our own root."""
    certificate: str = ""
    """A PEM chain of the organisation's own to sign Content Credentials with, instead of the local one."""
    certificate_key: str = ""


def find(start: Path) -> Path:
    """The home folder for work in `start`: it may not exist yet."""
    named = os.environ.get("MASTHEAD_HOME")
    if named:
        return Path(named).absolute()
    here = start.absolute()
    for folder in (here, *here.parents):
        if (folder / FOLDER).is_dir():
            return folder / FOLDER
    return here / FOLDER


def settings(home: Path) -> Settings:
    """The settings in force for `home`: environment over `config.toml` over defaults."""
    path = home / "config.toml"
    kept = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    def choice(name: str, default: str) -> str:
        return os.environ.get(f"MASTHEAD_{name.upper()}") or str(kept.get(name, default))

    blank = Settings()
    return Settings(
        database_url=choice("database_url", blank.database_url),
        max_upload=int(choice("max_upload", str(blank.max_upload))),
        review_hours=int(choice("review_hours", str(blank.review_hours))),
        certificate=choice("certificate", blank.certificate),
        certificate_key=choice("certificate_key", blank.certificate_key),
        trust=tuple(filter(None, os.environ.get("MASTHEAD_TRUST", "").split(os.pathsep)))
        or tuple(kept.get("trust", ())),
    )
