"""Where one organisation's record lives: the home folder and its few settings.

The home is `MASTHEAD_HOME`, else the nearest `.masthead` folder here or above, as git looks for `.git`.
`config.toml` in it is optional; each setting has an environment variable that wins.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from masthead.language import Message
from masthead.newsroom.site.chosen import (
    Said,
    checks,
    is_address,
    is_mail,
    is_network,
    is_port,
    is_postgres,
    is_web,
    oidc,
    read,
    trust,
)

FOLDER = ".masthead"


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
    """Days after which `masthead backup` deletes older backups: what was erased is gone only then."""
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
    """PEM files whose Content Credentials are believed besides our own."""
    certificate: str = ""
    """A PEM chain of the organisation's own to sign Content Credentials with, instead of the local one."""
    certificate_key: str = ""
    """The private key of that certificate, a PEM file."""
    checks: Mapping[str, str] = field(default_factory=dict)
    """Others' checks that may run, by id, each at the version of its distribution."""
    oidc: Mapping[str, str] = field(default_factory=dict)
    """A provider of logins of the organisation's own, by OpenID Connect: the table `[oidc]` with `server`,
    `client_id`, `secret` and `name`; empty for none."""

    tsa: str = ""
    """An authority that is asked for a time stamp of the log (RFC 3161), such as https://tsa.example.org/tsr;
    empty for none. With it goes `tsa_root`.

    While the desk is served it is asked about once an hour, where something new was published; after
    trouble, a restore or `masthead witness run` sooner."""
    tsa_root: str = ""
    """A PEM file with the root certificate of that authority, as it gives it out itself; where it does not
    send the certificates between that and its own, those too, one after the other."""

    own_network: tuple[str, ...] = ()
    """Addresses of your own servers on a private network that may be asked and told: 10.0.4.7, 10.0.5.0/24.

    Everything else that is not public is refused."""
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
    said = Said(read(home / "config.toml"))
    blank = Settings()
    return Settings(
        database_url=said.url(
            "database_url", is_postgres, Message("an address such as postgres://name@host/database")
        ),
        unsynced_database=said.yes("unsynced_database"),
        max_upload=said.number("max_upload", blank.max_upload),
        address=said.url(
            "address", is_address, Message("an address such as https://desk.example.org")
        ).rstrip("/"),
        behind_proxy=said.yes("behind_proxy"),
        time_zone=said.zone("time_zone"),
        workers=said.number("workers", blank.workers),
        publish_every=said.number("publish_every", blank.publish_every),
        verify_every=said.number("verify_every", blank.verify_every),
        backup_keep_days=said.number("backup_keep_days", blank.backup_keep_days),
        mail_url=said.url(
            "mail_url", is_mail, Message("an address such as smtp://name@mail.example.org:587")
        ),
        mail_from=said.choice("mail_from", blank.mail_from),
        contact=said.choice("contact", blank.contact),
        log_signer=said.named("log_signer"),
        key_overlap_days=said.number("key_overlap_days", blank.key_overlap_days),
        review_hours=said.number("review_hours", blank.review_hours),
        certificate=said.choice("certificate", blank.certificate),
        certificate_key=said.choice("certificate_key", blank.certificate_key),
        trust=trust(said.kept.get("trust", [])),
        checks=checks(said.kept.get("checks", {})),
        oidc=oidc(said.kept.get("oidc", {})),
        tsa=said.url("tsa", is_web, Message("an address such as https://tsa.example.org/tsr")),
        tsa_root=said.choice("tsa_root", blank.tsa_root),
        own_network=said.listed("own_network", is_network, Message("a list such as 10.0.4.7, 10.0.5.0/24")),
        own_ports=tuple(
            map(int, said.listed("own_ports", is_port, Message("a list of ports such as 8080, 8443")))
        ),
        own_roots=said.choice("own_roots", blank.own_roots),
    )
