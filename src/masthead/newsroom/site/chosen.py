"""What is chosen: in the environment or in `config.toml`, and whether it can be understood.

`NotReady` names the setting that cannot; never its value, which may be a secret.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from masthead import clock
from masthead.errors import NotReady
from masthead.language import Message

_CALLABLE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", re.ASCII)
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of each setting: in the environment, else in `config.toml`, here as `kept`."""

    kept: Mapping[str, Any]

    def choice(self, name: str, default: str) -> str:
        """What is said of it, or the default."""
        return os.environ.get(f"MASTHEAD_{name.upper()}") or str(self.kept.get(name, default))

    def number(self, name: str, default: int) -> int:
        """A whole number above zero."""
        said = self.choice(name, str(default)).replace("_", "")
        if not said.isascii() or not said.isdecimal() or int(said) == 0:
            raise _not_understood(name, Message("a whole number above zero"))
        return int(said)

    def named(self, name: str) -> str:
        """The name of something to call, such as package.module:callable."""
        said = self.choice(name, "")
        if said and not _CALLABLE.fullmatch(said):
            raise _not_understood(name, Message("a name such as package.module:callable"))
        return said

    def yes(self, name: str) -> bool:
        """Whether it is said."""
        said = self.choice(name, "no").lower()
        if said not in (*_YES, *_NO):
            raise _not_understood(name, Message("true or false"))
        return said in _YES

    def zone(self, name: str) -> str:
        """The name of a time zone."""
        said = self.choice(name, "") or clock.of_machine()
        try:
            clock.zone_of(said)
        except ValueError as error:
            raise _not_understood(name, Message("the name of a time zone such as Europe/Paris")) from error
        return said

    def url(self, name: str, fits: Callable[[str], bool], wanted: Message) -> str:
        """An address that `fits`."""
        said = self.choice(name, "")
        if said and not fits(said):
            raise _not_understood(name, wanted)
        return said

    def listed(self, name: str, fits: Callable[[str], bool], wanted: Message) -> tuple[str, ...]:
        """A list of which each `fits`."""
        kept = self.kept.get(name, [])
        named = os.environ.get(f"MASTHEAD_{name.upper()}", "")
        said = [each.strip() for each in named.split(",")] if named else kept
        if not isinstance(said, list) or not all(fits(str(each)) for each in said):
            raise _not_understood(name, wanted)
        return tuple(map(str, said))


def read(path: Path) -> dict[str, Any]:
    """What `config.toml` says; nothing where there is none. `NotReady` where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:  # TOML and UTF-8 faults are both ValueErrors
        raise NotReady(
            Message("The settings in %(path)s cannot be read.", {"path": str(path)}),
            Message("Mend the file, which is TOML in UTF-8, or take it away to go on with the defaults."),
        ) from error


def trust(kept: object) -> tuple[str, ...]:
    """The certificates trusted besides our own list."""
    named = os.environ.get("MASTHEAD_TRUST", "")
    if named:
        return tuple(filter(None, named.split(os.pathsep)))
    if not isinstance(kept, list) or not all(isinstance(each, str) for each in kept):
        raise _not_understood("trust", Message("a list of paths"))
    return tuple(kept)


def checks(kept: object) -> Mapping[str, str]:
    """Others' checks that may run, with their version."""
    if not isinstance(kept, dict) or not all(isinstance(each, str) for each in kept.values()):
        raise _not_understood("checks", Message('a table of lines such as bylines = "1.4.0"'))
    return kept


OIDC = {"server": True, "client_id": True, "secret": True, "name": False}
"""What the table `[oidc]` says, and whether it must."""


def oidc(kept: object) -> Mapping[str, str]:
    """The house's own provider of logins; empty for none."""
    said: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {"": kept}
    for name in OIDC:
        said[name] = os.environ.get(f"MASTHEAD_OIDC_{name.upper()}") or said.get(name, "")
    if not any(said.values()):
        return {}
    missing = [name for name, needed in OIDC.items() if needed and not said[name]]
    strange = said.keys() - OIDC.keys()
    if missing or strange or not all(isinstance(each, str) for each in said.values()):
        raise _not_understood("oidc", Message("a table with server, client_id and secret, and a name"))
    return said


def is_postgres(url: str) -> bool:
    """Whether it is an address of a PostgreSQL database."""
    return _is_url(url, "postgres", "postgresql")


def is_address(url: str) -> bool:
    """Whether `url` names a site: a scheme, a host, perhaps a port, and nothing more."""
    if not _is_url(url, "http", "https"):
        return False
    parts = urlsplit(url)
    return bool(parts.hostname) and "@" not in url and parts.path in ("", "/") and not parts.query


def is_web(url: str) -> bool:
    """Whether it is an address on the web."""
    return _is_url(url, "http", "https") and bool(urlsplit(url).hostname)


def is_mail(url: str) -> bool:
    """Whether it is an address of a mail server."""
    return _is_url(url, "smtp", "smtps") and bool(urlsplit(url).hostname)


def is_network(text: str) -> bool:
    """Whether it is a network, or one address."""
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def is_port(text: str) -> bool:
    """Whether it is a port."""
    return text.isascii() and text.isdecimal() and 0 < int(text) < 65_536


def _is_url(url: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and (parts.port is None or parts.port > 0)
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
