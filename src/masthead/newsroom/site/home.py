"""Where one organisation's record lives: the home folder and its few settings.

The home is `MASTHEAD_HOME`, else the nearest `.masthead` folder here or above, as git looks for `.git`.
`config.toml` in it is optional; each setting has an environment variable that wins.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from masthead.errors import NotReady
from masthead.language import Message

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
    checks: Mapping[str, str] = field(default_factory=dict)
    """Others' checks that may run, by id, each at the version of its distribution: the table `[checks]`."""


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
    """The settings in force for `home`: environment over `config.toml` over defaults.

    Raises `NotReady` naming the setting that cannot be understood; never its value, which may be a secret.
    """
    kept = _kept(home / "config.toml")

    def choice(name: str, default: str) -> str:
        return os.environ.get(f"MASTHEAD_{name.upper()}") or str(kept.get(name, default))

    def number(name: str, default: int) -> int:
        said = choice(name, str(default)).replace("_", "")
        if not said.isascii() or not said.isdecimal() or int(said) == 0:
            raise _not_understood(name, Message("a whole number above zero"))
        return int(said)

    blank = Settings()
    url = choice("database_url", blank.database_url)
    if url and not _is_postgres(url):
        raise _not_understood("database_url", Message("an address such as postgres://name@host/database"))
    return Settings(
        database_url=url,
        max_upload=number("max_upload", blank.max_upload),
        review_hours=number("review_hours", blank.review_hours),
        certificate=choice("certificate", blank.certificate),
        certificate_key=choice("certificate_key", blank.certificate_key),
        trust=_trust(kept.get("trust", [])),
        checks=_checks(kept.get("checks", {})),
    )


def _kept(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:  # TOML and UTF-8 faults are both ValueErrors
        raise NotReady(
            Message("The settings in %(path)s cannot be read.", {"path": str(path)}),
            Message("Mend the file, which is TOML in UTF-8, or take it away to go on with the defaults."),
        ) from error


def _trust(kept: object) -> tuple[str, ...]:
    named = os.environ.get("MASTHEAD_TRUST", "")
    if named:
        return tuple(filter(None, named.split(os.pathsep)))
    if not isinstance(kept, list) or not all(isinstance(each, str) for each in kept):
        raise _not_understood("trust", Message("a list of paths"))
    return tuple(kept)


def _checks(kept: object) -> Mapping[str, str]:
    if not isinstance(kept, dict) or not all(isinstance(each, str) for each in kept.values()):
        raise _not_understood("checks", Message('a table of lines such as bylines = "1.4.0"'))
    return kept


def _is_postgres(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("postgres", "postgresql") and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _not_understood(name: str, wanted: Message) -> NotReady:
    return NotReady(
        Message("The setting %(name)s is not %(wanted)s.", {"name": name, "wanted": wanted}),
        Message(
            "Mend it in config.toml, or in the environment as %(variable)s.",
            {"variable": f"MASTHEAD_{name.upper()}"},
        ),
    )
