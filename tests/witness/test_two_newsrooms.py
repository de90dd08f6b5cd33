"""Two `masthead serve` witness each other, and a third that showed each of them another history is caught."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.databases import PostgreSQL, SQLite
from tests.serving import served as serving
from tests.serving.served import free_port, served
from tests.witness.newsrooms import PUBLISH, Newsroom

from masthead.tlog import cosignature, note
from masthead.tlog.cosignature import CosignerKey

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
RUN = ("witness", "run")


@pytest.fixture
def terminals() -> Iterator[ExitStack]:
    """What is kept open until the end."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def newsrooms(
    database: SQLite | PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[Newsroom]]:
    """Three newsrooms, of which two are served. The Herald has a terminal and no more."""
    if not isinstance(database, SQLite):
        pytest.skip("three newsrooms have three databases, each a file of its own")
    tables = tmp_path / "tables"
    tables.mkdir()
    with database.fresh(tables):
        pass
    ports = [free_port() for _ in range(2)]
    settings = {
        "MASTHEAD_DATABASE_URL": "",
        "MASTHEAD_OWN_NETWORK": "127.0.0.1",
        "MASTHEAD_OWN_PORTS": ",".join(map(str, (1, *ports))),
    }
    monkeypatch.setattr(serving, "free_port", iter(ports).__next__)
    made = [Newsroom(tmp_path, name, settings) for name in ("herald", "gazette", "tribune")]
    with ExitStack() as stack:
        for each in made:
            each.home.mkdir(mode=0o700, parents=True)
            shutil.copyfile(tables / "db.sqlite3", each.home / "db.sqlite3")
            stack.enter_context(each.terminal())
            begin = ("init", "--name", each.name, "--person", "Ada", "--origin", f"{each.name}.example/log")
            each.types(begin, PUBLISH)
        for each in made[1:]:
            each.server = stack.enter_context(served(each.home, **settings))
        yield made


def introduce(herald: Newsroom, *witnesses: Newsroom) -> None:
    """Both witness each other and the Herald; each of the three asks the others, and all goes well.

    Nobody serves the Herald, so that whoever looks at it itself is told so.
    """
    asked = {}
    for one, other in (witnesses, witnesses[::-1]):
        [*_, ours] = one.types(
            ("witness", "add", other.key, "--at", other.address),
            ("witness", "add", herald.key, "--at", "http://127.0.0.1:1/log"),
            ("witness", "key"),
        )
        asked[one.name] = ("witness", "add", ours["key"], "--at", f"{one.address}/witness")
    [*_, went] = herald.types(*asked.values(), PUBLISH, RUN)
    assert not any(done["trouble"] for done in went["done"])
    for one, other in (witnesses, witnesses[::-1]):
        [*_, went] = one.types(asked[other.name], PUBLISH, RUN, codes=(0, 0, 3))
        assert [done["name"] for done in went["done"] if done["trouble"]] == ["herald.example/log"]


@pytest.mark.long
def test_newsrooms_witness_each_other_and_catch_a_fork_that_each_is_shown_half_of(
    newsrooms, tmp_path, terminals, tally
):
    herald, gazette, tribune = newsrooms
    introduce(herald, gazette, tribune)
    for log, witness in ((gazette, tribune), (tribune, gazette)):
        key = CosignerKey.parse(witness.ask("/log/witness/key"))
        assert cosignature.cosigned(note.parse(log.ask("/log/checkpoint")), key) is not None

    # A second copy of the record, with the same key; each half is shown to one of the witnesses.
    fork = herald.copy(tmp_path, "fork")
    terminals.enter_context(fork.terminal())
    for copy, other, name in ((herald, "tribune", "Grace"), (fork, "gazette", "Mallory")):
        copy.types(
            ("witness", "end", f"{other}.example/log/witness"),
            ("person", "add", name, "--role", "editor", "--by", "Ada"),
            PUBLISH,
            RUN,
        )
    for witness in (gazette, tribune):
        caught, listed = witness.types(RUN, ("witness", "list"), codes=(1, 1))
        assert caught["alarms"] == listed["alarms"]
        [alarm] = caught["alarms"]
        assert (alarm["log"], alarm["fault"]) == ("herald.example/log", "fork")
        page = witness.ask("/log/")
        assert "neither is the beginning of the other" in page
        assert f"/log/witness/alarms/{alarm['id']}.json" in page
        heads = tmp_path / f"{witness.name}.json"
        heads.write_text(witness.ask(f"/log/witness/alarms/{alarm['id']}.json"))
    checks = [
        ("witness", "check", str(tmp_path / f"{each.name}.json"), "--key") for each in (gazette, tribune)
    ]
    keys = (herald.key, gazette.key)
    said = fork.types(*((*check, key) for check in checks for key in keys), codes=(0, 1, 0, 1))
    assert [each["shows"] for each in said] == ["fork", "nothing"] * 2
    assert all(each["keys"] == [herald.key] for each in said)
    assert [each["known_by"] + each["shown_by"] for each in said] == [[herald.key] * 2, []] * 2
    tally("      a fork of a served log, half of it shown to each of two witnesses: both raise the alarm")
