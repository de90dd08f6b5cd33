"""A served organisation for the tests to visit: its people, their logins, and a process that answers."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from tests.newsroom.desk import Desk, founded

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.models import Account
from masthead.vocabulary import Profile

PASSWORD = "the-tide-is-out-at-noon"
MASTHEAD = str(Path(sys.executable).with_name("masthead"))
PEOPLE = ("steward", "author", "editor", "other_editor")


@dataclass(frozen=True)
class Site:
    """An organisation of four with a login each (`steward@herald.example`, …, all with `PASSWORD`), served.

    What a test does by commands (`tests.newsroom.desk`) the served pages show, for the database is the same.
    """

    url: str
    desk: Desk
    log: Path
    """What the serving process said."""

    def actor(self, person: str) -> Actor:
        """The one of `PEOPLE` by that name, to act by commands."""
        actor: Actor = getattr(self.desk, person)
        return actor

    def account(self, person: str) -> Account:
        """Their login."""
        return Account.objects.get(email=email(person))

    def broke(self) -> str:
        """What broke in the serving process: the kind of each error and where, as it logged them."""
        return "\n".join(line for line in self.log.read_text().splitlines() if '"error"' in line)

    def session(self, person: str) -> str:
        """The key of a fresh session of theirs."""
        client = Client()
        client.force_login(self.account(person))
        return client.cookies[settings.SESSION_COOKIE_NAME].value


def email(person: str) -> str:
    """The e-mail address of one of `PEOPLE`."""
    return f"{person.replace('_', '.')}@herald.example"


@contextmanager
def served(home: Path, static: Path) -> Iterator[Site]:
    """Found an organisation in `home`, whose database is there, and serve it until the block ends.

    `static` is a folder of style and scripts laid out before: `masthead serve` takes it as it is.
    """
    desk = founded(home, Profile.SMALL)
    password = make_password(PASSWORD)
    for person in PEOPLE:
        Account.objects.create(
            email=email(person), person_id=getattr(desk, person).person_id, password=password
        )
    with answering(home, static) as (url, log):
        yield Site(url, desk, log)


@contextmanager
def answering(home: Path, static: Path) -> Iterator[tuple[str, Path]]:
    """Serve `home` as it is, with an organisation or without; its address, and what the process says."""
    shutil.copytree(static, home / "static")
    port = free_port()
    log = home / "served.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [MASTHEAD, "serve", "--port", str(port)],
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, log)
        yield url, log
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """A port of this machine's own address that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _environment(home: Path) -> dict[str, str]:
    """The tests' own, with the key that signs their sessions."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MASTHEAD_", "DJANGO_"))}
    return kept | {
        "MASTHEAD_HOME": str(home),
        "MASTHEAD_DATABASE_URL": os.environ.get("MASTHEAD_DATABASE_URL", ""),
        "MASTHEAD_UNSYNCED_DATABASE": os.environ.get("MASTHEAD_UNSYNCED_DATABASE", ""),
        "MASTHEAD_SECRET_KEY": settings.SECRET_KEY,
    }


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once somebody answers at `url`, whatever they say."""
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{url}/health", timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text(errors="replace")) from None
            time.sleep(0.05)
        else:
            return
