"""Where one organisation's record lives: the home folder and its few settings.

The home is `MASTHEAD_HOME`, else the nearest `.masthead` folder here or above, as git looks for `.git`.
`config.toml` in it is optional; each setting has an environment variable that wins.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from masthead import clock
from masthead.errors import NotReady
from masthead.language import Message

FOLDER = ".masthead"
_CALLABLE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", re.ASCII)
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment may choose. Sizes are bytes, times seconds."""

    database_url: str = ""
    """Where PostgreSQL is, such as postgres://name:password@host/database; empty for an SQLite file."""
    unsynced_database: bool = False
    """Whether to record in a PostgreSQL that does not wait for its disk (`fsync`, `full_page_writes` off).

    For tests, and for storage that makes what was committed durable by other means."""
    max_upload: int = 50_000_000
    """The largest file that may be brought in, in bytes."""
    address: str = ""
    """Where people reach the served desk and its public pages, such as https://desk.example.org.

    With it, no other name is answered to, and with https cookies travel encrypted only.
    """
    behind_proxy: bool = False
    """Whether a proxy of yours stands before `masthead serve`: then it is believed who asked, and how."""
    time_zone: str = ""
    """The clock by which people here read times and days, a name of the IANA list such as Europe/Paris; empty
    for the machine's own zone where its name can be known, else UTC.

    The record, the API and everything that software reads stay in UTC."""
    workers: int = 1
    """Processes that answer requests, of four threads each: one on SQLite, on PostgreSQL as many as cores."""
    publish_every: int = 600
    """Seconds between two checkpoints of the log, on average: each wait differs by up to half, by chance."""
    verify_every: int = 86_400
    """Seconds between two verifications of the whole log while it is served; the first is soon after a start.

    Where one finds something that does not agree, the record is read-only until a person has put it right."""
    backup_keep_days: int = 30
    """Days after which `masthead backup` deletes backups beside its own: what was erased is gone only then."""
    mail_url: str = ""
    """The server that takes mail, such as smtp://name:password@mail.example.org:587; empty for no mail.

    smtp asks any server but this machine's own for encryption (STARTTLS); smtps is encrypted from the start.
    """
    mail_from: str = ""
    """The sender of mail; empty for masthead@ the host of `address`."""
    contact: str = ""
    """Where to write about a fault of security: an address of mail or of a page, told in security.txt."""
    log_signer: str = ""
    """What signs the log instead of a key in a file, as package.module:callable; empty for the file."""
    key_overlap_days: int = 30
    """How many days the log's old key still signs as well after a rotation."""
    review_hours: int = 24
    """How long a break-glass publication may wait for its second review."""
    trust: tuple[str, ...] = ()
    """PEM files whose Content Credentials are believed besides our own; in the environment apart by `:`."""
    certificate: str = ""
    """A PEM chain of the organisation's own to sign Content Credentials with, instead of the local one."""
    certificate_key: str = ""
    """The private key of that certificate, a PEM file."""
    checks: Mapping[str, str] = field(default_factory=dict)
    """Others' checks that may run, by id, each at the version of its distribution: the table `[checks]`."""
    oidc: Mapping[str, str] = field(default_factory=dict)
    """A provider of logins of the organisation's own, by OpenID Connect: the table `[oidc]` with `server`,
    `client_id`, `secret` and `name`; empty for none."""

    tsa: str = ""
    """An authority that is asked for a time stamp of the log (RFC 3161), such as https://tsa.example.org/tsr;
    empty for none. With it goes `tsa_root`."""
    tsa_root: str = ""
    """A PEM file with the root certificate of that authority, as it gives it out itself."""

    own_network: tuple[str, ...] = ()
    """Addresses of your own servers on a private network that may be asked and told: 10.0.4.7, 10.0.5.0/24.

    Everything else that is not public is refused. In the environment apart by commas."""
    own_ports: tuple[int, ...] = ()
    """Ports that may be asked there, besides 80 and 443."""
    own_roots: str = ""
    """A PEM file of the authority that gave your own servers their certificates."""


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


def begun(home: Path) -> bool:
    """Whether a record was begun in `home`, told by its files, with or without a key."""
    return any((home / each).is_file() for each in ("keys/log.pub", "keys/log.key", "high-water.json"))


def settings(home: Path) -> Settings:
    """The settings in force for `home`: environment over `config.toml` over defaults.

    Raises `NotReady` naming the setting that cannot be understood; never its value, which may be a secret.
    """
    said = _Said(_kept(home / "config.toml"))
    blank = Settings()
    return Settings(
        database_url=said.url(
            "database_url", _is_postgres, Message("an address such as postgres://name@host/database")
        ),
        unsynced_database=said.yes("unsynced_database"),
        max_upload=said.number("max_upload", blank.max_upload),
        address=said.url(
            "address", _is_address, Message("an address such as https://desk.example.org")
        ).rstrip("/"),
        behind_proxy=said.yes("behind_proxy"),
        time_zone=said.zone("time_zone"),
        workers=said.number("workers", blank.workers),
        publish_every=said.number("publish_every", blank.publish_every),
        verify_every=said.number("verify_every", blank.verify_every),
        backup_keep_days=said.number("backup_keep_days", blank.backup_keep_days),
        mail_url=said.url(
            "mail_url", _is_mail, Message("an address such as smtp://name@mail.example.org:587")
        ),
        mail_from=said.choice("mail_from", blank.mail_from),
        contact=said.choice("contact", blank.contact),
        log_signer=said.named("log_signer"),
        key_overlap_days=said.number("key_overlap_days", blank.key_overlap_days),
        review_hours=said.number("review_hours", blank.review_hours),
        certificate=said.choice("certificate", blank.certificate),
        certificate_key=said.choice("certificate_key", blank.certificate_key),
        trust=_trust(said.kept.get("trust", [])),
        checks=_checks(said.kept.get("checks", {})),
        oidc=_oidc(said.kept.get("oidc", {})),
        tsa=said.url("tsa", _is_web, Message("an address such as https://tsa.example.org/tsr")),
        tsa_root=said.choice("tsa_root", blank.tsa_root),
        own_network=said.listed("own_network", _is_network, Message("a list such as 10.0.4.7, 10.0.5.0/24")),
        own_ports=tuple(
            map(int, said.listed("own_ports", _is_port, Message("a list of ports such as 8080, 8443")))
        ),
        own_roots=said.choice("own_roots", blank.own_roots),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of each setting: in the environment, else in `config.toml`, here as `kept`."""

    kept: Mapping[str, Any]

    def choice(self, name: str, default: str) -> str:
        return os.environ.get(f"MASTHEAD_{name.upper()}") or str(self.kept.get(name, default))

    def number(self, name: str, default: int) -> int:
        said = self.choice(name, str(default)).replace("_", "")
        if not said.isascii() or not said.isdecimal() or int(said) == 0:
            raise _not_understood(name, Message("a whole number above zero"))
        return int(said)

    def named(self, name: str) -> str:
        said = self.choice(name, "")
        if said and not _CALLABLE.fullmatch(said):
            raise _not_understood(name, Message("a name such as package.module:callable"))
        return said

    def yes(self, name: str) -> bool:
        said = self.choice(name, "no").lower()
        if said not in (*_YES, *_NO):
            raise _not_understood(name, Message("true or false"))
        return said in _YES

    def zone(self, name: str) -> str:
        said = self.choice(name, "") or clock.of_machine()
        try:
            clock.zone_of(said)
        except ValueError as error:
            raise _not_understood(name, Message("the name of a time zone such as Europe/Paris")) from error
        return said

    def url(self, name: str, fits: Callable[[str], bool], wanted: Message) -> str:
        said = self.choice(name, "")
        if said and not fits(said):
            raise _not_understood(name, wanted)
        return said

    def listed(self, name: str, fits: Callable[[str], bool], wanted: Message) -> tuple[str, ...]:
        kept = self.kept.get(name, [])
        named = os.environ.get(f"MASTHEAD_{name.upper()}", "")
        said = [each.strip() for each in named.split(",")] if named else kept
        if not isinstance(said, list) or not all(fits(str(each)) for each in said):
            raise _not_understood(name, wanted)
        return tuple(map(str, said))


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


_OIDC = {"server": True, "client_id": True, "secret": True, "name": False}
# What the table `[oidc]` says, and whether it must.


def _oidc(kept: object) -> Mapping[str, str]:
    said: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {"": kept}
    for name in _OIDC:
        said[name] = os.environ.get(f"MASTHEAD_OIDC_{name.upper()}") or said.get(name, "")
    if not any(said.values()):
        return {}
    missing = [name for name, needed in _OIDC.items() if needed and not said[name]]
    strange = said.keys() - _OIDC.keys()
    if missing or strange or not all(isinstance(each, str) for each in said.values()):
        raise _not_understood("oidc", Message("a table with server, client_id and secret, and a name"))
    return said


def _is_postgres(url: str) -> bool:
    return _is_url(url, "postgres", "postgresql")


def _is_address(url: str) -> bool:
    """Whether `url` names a site: a scheme, a host, perhaps a port, and nothing more."""
    if not _is_url(url, "http", "https"):
        return False
    parts = urlsplit(url)
    return bool(parts.hostname) and "@" not in url and parts.path in ("", "/") and not parts.query


def _is_web(url: str) -> bool:
    return _is_url(url, "http", "https") and bool(urlsplit(url).hostname)


def _is_mail(url: str) -> bool:
    return _is_url(url, "smtp", "smtps") and bool(urlsplit(url).hostname)


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _is_port(text: str) -> bool:
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
