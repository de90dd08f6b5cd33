"""`masthead serve` as a process: begun, asked, hurt, ended."""

import json
import os
import re
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.cli.terminal import process
from tests.serving.served import Answer, Served, alive, free_port, served

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
ADDRESS = "https://desk.example.org"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An empty home folder, served behind a proxy at an address of its own."""
    home = tmp_path_factory.mktemp("serve") / "home"
    environment = {"MASTHEAD_ADDRESS": ADDRESS, "MASTHEAD_BEHIND_PROXY": "true", "MASTHEAD_DATABASE_URL": ""}
    with served(home, **environment) as found:
        yield found


def test_the_first_run_says_where_to_begin_and_with_which_code(desk: Served) -> None:
    assert f"{ADDRESS}/setup" in desk.said
    code = (desk.home / "setup.code").read_text().strip()
    assert f"with the code {code}" in desk.said
    assert code not in desk.log
    assert desk.ask("/setup", Host="desk.example.org").status == 200


def test_the_key_of_sessions_is_its_owners_alone(desk: Served) -> None:
    key = desk.home / "keys" / "django.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_text()) >= 50


def test_it_is_well_and_becomes_ready(desk: Served) -> None:
    assert desk.ask("/health").json == {"ok": True}
    desk.until(lambda: desk.ask("/ready").status == 200)
    assert all(desk.ask("/ready").json["checks"].values())


def test_the_address_is_answered_and_no_other_name(desk: Served) -> None:
    for host, status in (
        ("desk.example.org", 200),
        ("localhost", 400),
        ("127.0.0.1", 400),
        ("evil.example", 400),
    ):
        assert {desk.ask(path, Host=host).status for path in ("/account/login/", "/api/v1/")} == {status}, (
            host
        )


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_who_looks_after_it_may_ask_by_number(desk: Served, path: str) -> None:
    desk.until(lambda: desk.ask("/ready").status == 200)
    numbers = ("127.0.0.1", "127.0.0.1:8000", "localhost:8000", "[::1]:8000", "desk.example.org")
    answers = [desk.ask(path, Host=host) for host in numbers]
    assert {(each.status, each.json["ok"]) for each in answers} == {(200, True)}
    assert "no-store" in answers[0].headers["Cache-Control"]
    assert [desk.ask(path, Host=host).status for host in ("evil.example", "127.0.0.1.evil.example")] == [
        400,
        400,
    ]
    assert desk.ask(path, method="POST", body=b"", Host="localhost").status in (403, 405)


def test_behind_the_proxy_a_request_was_encrypted_as_it_says(desk: Served) -> None:
    said = {"Host": "desk.example.org"}
    assert "Strict-Transport-Security" not in desk.ask("/account/login/", **said).headers
    plain = desk.ask("/account/login/", X_Forwarded_Proto="https", **said)
    assert plain.headers["Strict-Transport-Security"] == "max-age=31536000"
    for cookie in plain.headers.get_all("Set-Cookie", []):
        assert "Secure" in cookie
        assert "HttpOnly" in cookie


def test_style_and_scripts_are_compressed_and_kept_for_ever(desk: Served) -> None:
    laid_out = json.loads((desk.home / "static" / "staticfiles.json").read_text())["paths"]
    name = laid_out["public/masthead.css"]
    for coding in ("br", "gzip"):
        answer = desk.ask(f"/static/{name}", Accept_Encoding=coding)
        assert answer.headers["Content-Encoding"] == coding
        assert "immutable" in answer.headers["Cache-Control"]
        assert len(answer.body) < 15_000
    assert f"/static/{name}" in desk.ask("/account/login/").body.decode()


def test_what_is_too_large_is_refused_before_it_is_sent(desk: Served) -> None:
    answer = desk.ask("/account/login/", method="POST", body=b"x", Content_Length="99999999999")
    assert answer.status == 413
    assert b"larger than this desk takes" in answer.body


def test_a_second_one_on_the_same_home_is_refused(desk: Served) -> None:
    again = process("serve", "--port", str(free_port()), cwd=desk.home.parent, MASTHEAD_HOME=str(desk.home))
    assert again.code == 2
    assert "served already" in again.err


def test_a_port_in_use_is_refused_before_anything_is_made(desk: Served, tmp_path: Path) -> None:
    other = tmp_path / "other"
    said = process("serve", "--port", str(desk.port), cwd=tmp_path, MASTHEAD_HOME=str(other))
    assert said.code == 2
    assert f"Port {desk.port} of 127.0.0.1 is in use" in said.err
    assert not (other / "db.sqlite3").exists()


def test_what_is_mistyped_is_told_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text('adress = "https://desk.example.org"\n')
    with served(home, MASTHEAD_DATABASE_URL="") as found:
        assert "Ctrl-C" in found.said
        assert found.log.count("There is no setting adress") == 1


def test_the_network_needs_an_address(tmp_path: Path) -> None:
    said = process("serve", "--host", "0.0.0.0", cwd=tmp_path)
    assert said.code == 2
    assert "MASTHEAD_ADDRESS" in said.err


@pytest.mark.parametrize("part", ["worker", "clock", "answering", "web"])
def test_what_died_is_started_again(desk: Served, part: str) -> None:
    before = desk.parts()
    os.kill(before[part], signal.SIGKILL)
    desk.until(lambda: not alive(before[part]) and desk.parts().get(part, 0) not in (0, before[part]))
    desk.until(lambda: _answers(desk))
    others = {"worker", "clock"} - {part}
    assert {name: desk.parts()[name] for name in others} == {name: before[name] for name in others}


def _answers(desk: Served) -> bool:
    try:
        return desk.ask("/health").status == 200
    except OSError:
        return False


ESTABLISHED, LISTENING = ("2", "01"), ("1", "0A")
"""In a line of /proc/net/tcp: the column of the address that is ours, and the state (proc(5))."""


def _there_is(kind: tuple[str, str], desk: Served) -> bool:
    """Whether there is a connection to the desk, or someone who listens for one."""
    column, state = int(kind[0]), kind[1]
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(line[column].endswith(f":{desk.port:04X}") and line[3] == state for line in lines)


def test_a_request_under_way_is_answered_before_the_end(desk: Served) -> None:
    """A step of the first run waits for the database's one write lock; meanwhile the desk must end."""
    step = _first_step(desk)
    lock = sqlite3.connect(desk.home / "db.sqlite3", isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN IMMEDIATE")
    answers: list[Answer] = []
    asking = threading.Thread(target=lambda: answers.append(step()))
    asking.start()
    desk.until(lambda: _there_is(ESTABLISHED, desk))
    assert _answers(desk), "what came before this was taken in before it"
    parts = desk.parts()
    desk.process.send_signal(signal.SIGTERM)
    desk.until(lambda: not _there_is(LISTENING, desk))
    assert not answers, "it did not wait for the lock"
    lock.rollback()
    lock.close()
    assert desk.process.wait(60) == 0
    asking.join()
    assert [(each.status, each.headers["Location"]) for each in answers] == [(302, "/setup/outlet")]
    assert not any(map(alive, parts.values()))
    assert "Stopped." in desk.said
    assert (desk.home / "serving.lock").read_text() == ""


def _first_step(desk: Served) -> Callable[[], Answer]:
    """The first step of the first run, ready to be sent: what it says is kept in a session."""
    page = desk.ask("/setup", Host="desk.example.org")
    mark = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body.decode())
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    assert mark
    code = (desk.home / "setup.code").read_text().strip()
    said = {
        "Host": "desk.example.org",
        "Cookie": cookie,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"csrfmiddlewaretoken": mark[1], "code": code}).encode()
    return lambda: desk.ask("/setup", method="POST", body=body, **said)


def test_nothing_outlives_one_who_is_killed(desk: Served) -> None:
    desk.end()
    with served(desk.home, MASTHEAD_DATABASE_URL="") as doomed:
        parts = doomed.parts()
        assert parts.keys() == {"web", "answering", "worker", "clock"}
        doomed.end(signal.SIGKILL)
        doomed.until(lambda: not any(map(alive, parts.values())))
    with served(desk.home, MASTHEAD_DATABASE_URL="") as again:
        assert again.ask("/health").status == 200
        assert again.end(signal.SIGINT) == 0
