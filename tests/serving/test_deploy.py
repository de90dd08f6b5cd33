"""The files for a server are ones its programs take; where a program is not here, its file is not tried."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import count, cycle
from pathlib import Path

import pytest
from django.db import connection
from tests.cli.terminal import process
from tests.newsroom.desk import Desk, ready
from tests.newsroom.test_leftovers import age
from tests.serving.test_the_whole import ADDRESS

from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.items import blobs
from masthead.newsroom.items.models import Version

DEPLOY = Path(__file__).parents[2] / "docs" / "how-to" / "deploy"
BACKUP = DEPLOY / "masthead-backup"


def run(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(each) for each in words], env=environment or None, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def needs(program: str) -> pytest.MarkDecorator:
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/bin:/sbin")
    return pytest.mark.skipif(found is None, reason=f"{program} is not here")


@needs("caddy")
def test_caddy_takes_its_file(tmp_path: Path) -> None:
    run("caddy", "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile", HOME=str(tmp_path))


@needs("nginx")
@needs("openssl")
def test_nginx_takes_its_file(tmp_path: Path) -> None:
    key, chain = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", key, "-out", chain, "-subj", "/CN=desk.example.org")  # fmt: skip
    server = (DEPLOY / "nginx.conf").read_text()
    server = server.replace("/etc/letsencrypt/live/desk.example.org", str(tmp_path))
    server = server.replace("/var/log/nginx", str(tmp_path))
    # Ports that anyone may bind: nginx binds them to test.
    server = server.replace(" 443 ", " 28443 ").replace(":443 ", ":28443 ")
    server = server.replace("listen 80;", "listen 28080;").replace(":80;", ":28080;")
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ {server} }}")
    run("nginx", "-t", "-c", whole)


@needs("systemd-analyze")
def test_systemd_takes_its_units(tmp_path: Path) -> None:
    for name in ("masthead.service", "masthead-backup.service", "masthead-backup.timer"):
        unit = (DEPLOY / name).read_text()
        # The programs are not installed where this runs.
        for program in ("/opt/masthead/bin/masthead", "/usr/local/bin/masthead-backup"):
            unit = unit.replace(f"ExecStart={program}", "ExecStart=/bin/true")
        (tmp_path / name).write_text(unit)
    assert run("systemd-analyze", "verify", *sorted(tmp_path.iterdir())).stderr == ""


@needs("sqlite3")
def test_a_copy_made_while_in_use_is_intact(small: Desk, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the database of PostgreSQL is copied by its own program")
    ready(small)
    publish_checkpoint()
    kept = {"PATH": os.environ["PATH"], "MASTHEAD_HOME": str(small.home), "BACKUPS": str(tmp_path / "kept")}
    copy = Path(run("sh", BACKUP, **kept).stdout.strip())
    assert copy.stat().st_mode & 0o077 == 0
    said = process("log", "verify", cwd=tmp_path, MASTHEAD_HOME=str(copy))
    assert (said.code, said.out.split(":")[0]) == (0, "Intact"), said


@contextmanager
def coming_and_going(left: list[str]) -> Iterator[None]:
    """Files are kept and taken away all the while."""
    through = threading.Event()

    def keep() -> None:
        for number in count():
            if through.is_set():
                return
            blobs.keep(f"Just handed in {number}.".encode())

    def clean() -> None:
        for digest in cycle(left):
            if through.is_set():
                return
            with suppress(BlockingIOError):
                blobs.take_away(blobs.folder() / digest[:2] / digest, before=time.time() - 60)

    others = [threading.Thread(target=each) for each in (keep, clean)]
    for each in others:
        each.start()
    try:
        yield
    finally:
        through.set()
        for each in others:
            each.join()


@needs("sqlite3")
@needs("flock")
def test_a_copy_is_whole_while_files_come_and_go(small: Desk, tmp_path: Path) -> None:
    """What is named is there; what is being written, or is taken away meanwhile, is no reason to give up."""
    if connection.vendor != "sqlite":
        pytest.skip("the database of PostgreSQL is copied by its own program")
    ready(small)
    publish_checkpoint()
    left = [blobs.keep(f"Never sent {number}.".encode()) for number in range(500)]
    age()
    kept = {"PATH": os.environ["PATH"], "MASTHEAD_HOME": str(small.home), "BACKUPS": str(tmp_path / "kept")}
    with coming_and_going(left):
        copy = Path(run("sh", BACKUP, **kept).stdout.strip())
    said = process("log", "verify", cwd=tmp_path, MASTHEAD_HOME=str(copy))
    assert (said.code, said.out.split(":")[0]) == (0, "Intact"), said
    for digest in Version.objects.values_list("sha256", flat=True):
        assert sha256((copy / "blobs" / digest[:2] / digest).read_bytes()).hexdigest() == digest
    assert not list((copy / "blobs").rglob("*.part"))


def test_all_of_them_speak_of_the_same_address() -> None:
    host = ADDRESS.removeprefix("https://")
    for name in ("Caddyfile", "nginx.conf"):
        assert host in (DEPLOY / name).read_text()
