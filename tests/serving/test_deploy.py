"""The files for a server are ones its programs take; where a program is not here, its file is not tried."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.terminal import process
from tests.newsroom.desk import Desk, ready
from tests.serving.test_the_whole import ADDRESS

from masthead.newsroom.evidence.publish import publish_checkpoint

DEPLOY = Path(__file__).parents[2] / "docs" / "how-to" / "deploy"


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
        # The program is not installed where this runs.
        unit = unit.replace("ExecStart=/opt/masthead/bin/masthead", "ExecStart=/bin/true")
        (tmp_path / name).write_text(unit)
    assert run("systemd-analyze", "verify", *sorted(tmp_path.iterdir())).stderr == ""


def test_the_timer_runs_the_backup_that_verifies(small: Desk, tmp_path: Path) -> None:
    ready(small)
    publish_checkpoint()
    unit = (DEPLOY / "masthead-backup.service").read_text()
    (line,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    program, *words, into = line.removeprefix("ExecStart=").split()
    assert (program, into) == ("/opt/masthead/bin/masthead", "/var/backups/masthead")
    place = {name: os.environ.get(name, "") for name in ("MASTHEAD_HOME", "MASTHEAD_DATABASE_URL")}
    said = process(*words, str(tmp_path / "kept"), cwd=tmp_path, **place)
    assert said.code == 0, said
    (copy,) = (path for path in (tmp_path / "kept").iterdir() if not path.name.startswith("."))
    assert (copy / "manifest.json").is_file()


def test_all_of_them_speak_of_the_same_address() -> None:
    host = ADDRESS.removeprefix("https://")
    for name in ("Caddyfile", "nginx.conf"):
        assert host in (DEPLOY / name).read_text()
