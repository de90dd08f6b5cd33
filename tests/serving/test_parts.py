"""The pieces of serving that need no whole desk."""

import json
import os
import socket
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from tests.newsroom.desk import Desk, ready, size

from masthead.errors import NotReady
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.site import secret
from masthead.newsroom.site.serving import clock, static
from masthead.newsroom.site.serving.child import Child, pause
from masthead.newsroom.site.serving.supervisor import notify
from masthead.newsroom.site.serving.taking import must_be_free, taken


def test_the_key_is_made_once(tmp_path: Path) -> None:
    secret.create(tmp_path)
    first = (tmp_path / secret.KEY).read_text()
    secret.create(tmp_path)
    assert (tmp_path / secret.KEY).read_text() == first
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["django.key"]
    assert (tmp_path / secret.KEY).stat().st_mode & 0o077 == 0


def test_a_home_is_held_by_one_and_a_kill_is_noticed(tmp_path: Path) -> None:
    with taken(tmp_path) as killed:
        assert not killed
        with pytest.raises(NotReady), taken(tmp_path):
            pass
    with taken(tmp_path) as killed:
        assert not killed
    (tmp_path / "serving.lock").write_text("4711")
    with taken(tmp_path) as killed:
        assert killed


def test_a_port_that_another_listens_at_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(NotReady, match="in use"):
            must_be_free("127.0.0.1", port)
    must_be_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(NotReady, match="no address"):
        must_be_free("192.0.2.1", 8000)


def test_what_dies_again_and_again_is_started_later_and_later() -> None:
    assert [pause(deaths) for deaths in (1, 2, 3, 6, 7, 1000)] == [0.5, 1, 2, 16, 30, 30]
    child = Child("nothing", ("masthead.no_such_module",), grace=5)
    for death in (1, 2):
        child.start({**os.environ, "PYTHONWARNINGS": "ignore"})
        assert child.process is not None
        child.process.wait()
        child.look()
        assert (child.process, child.deaths) == (None, death)
        assert child.due - monotonic() <= pause(death)


def test_systemd_is_told_where_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(where))
        monkeypatch.setenv("NOTIFY_SOCKET", str(where))
        notify("READY=1")
        assert heard.recv(100) == b"READY=1"
    notify("nobody listens any more")
    monkeypatch.delenv("NOTIFY_SOCKET")
    notify("READY=1")


def test_no_wait_of_the_publisher_is_like_another() -> None:
    each = clock.Round("checkpoint", lambda: None, 600, spread=0.5)
    waits = [each.wait() for _ in range(200)]
    assert all(300 <= wait <= 900 for wait in waits)
    assert len(set(waits)) > 190


def test_a_round_publishes_what_was_recorded(small: Desk) -> None:
    ready(small)
    clock.go(clock.Round("checkpoint", publish_checkpoint, 600))
    newest = Checkpoint.objects.order_by("-size").first()
    assert newest is not None
    assert newest.size == size()


def test_a_round_that_fails_is_told_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> None:
        raise ValueError("Ann Author")

    clock.go(clock.Round("checkpoint", fails, 600))
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["round"]) == ("a round failed", "checkpoint")
    assert "Ann" not in json.dumps(line)


def test_files_are_laid_out_anew_only_where_they_changed(tmp_path: Path, settings: Any) -> None:
    """Two folders bring a file of the same path: the first is taken."""
    first, second, home = (tmp_path / name for name in ("first", "second", "home"))
    for folder in (first, second, home):
        folder.mkdir()
    (first / "a.css").write_text("a { color: red }" * 100)
    (second / "a.css").write_text("b {}")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [first, second]
    assert static.lay_out(home)
    name = json.loads((home / "static" / "staticfiles.json").read_text())["paths"]["a.css"]
    kept = home / "static" / name
    assert kept.read_text().startswith("a {")
    assert all(kept.with_name(f"{name}.{coding}").is_file() for coding in ("br", "gz"))
    assert not static.lay_out(home)
    (first / "a.css").write_text("a { color: blue }" * 100)
    assert static.lay_out(home)
    assert not kept.exists()
    assert [path.name for path in home.iterdir()] == ["static"]


def test_of_what_others_bring_only_what_a_page_asks_for_is_laid_out(tmp_path: Path) -> None:
    static.lay_out(tmp_path)
    paths = json.loads((tmp_path / "static" / "staticfiles.json").read_text())["paths"]
    assert [path for path in paths if path.startswith("django_htmx/")] == ["django_htmx/htmx-4.min.js"]
