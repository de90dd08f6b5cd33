"""Several processes append while publishers are killed and others take over; copies are killed at each step.

What a single command leaves when it is killed at a statement, a COMMIT or a file is tried in
`tests/evidence/test_crash.py` and `tests/newsroom/test_kills.py`; here they are many, on both databases.
"""

import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests import databases
from tests.evidence import test_crash
from tests.newsroom.desk import ready, size

from masthead.language import Message
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import damage, high_water, tree
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.site.backup import restoring
from masthead.newsroom.site.backup.restoring import newest_in, restore
from masthead.newsroom.site.backup.taking import take
from masthead.tlog.proofs import verify_consistency

WORKERS, EACH, KILLS = 3, 15, 8

WORK = """
import os, sys
from tests.faults import setting_up
setting_up.go()
from tests.evidence.desk import add_person
for number in range(int(sys.argv[2])):
    _, receipt = add_person(f"{sys.argv[1]} {number}")
    os.write(1, f"{receipt.place} {sys.argv[1]} {number}\\n".encode())
"""
PUBLISH = """
import os
from tests.faults import setting_up
setting_up.go()
from masthead.newsroom.evidence.publish import publish_checkpoint
while True:
    row = publish_checkpoint()
    os.write(1, f"{row.size} {bytes(row.root).hex()}\\n".encode())
"""


def begin(script, *words):
    return subprocess.Popen([sys.executable, "-c", script, *words], stdout=subprocess.PIPE, text=True)


def test_no_acknowledged_entry_is_lost_and_no_published_head_contradicted(log):
    """Workers append; the publisher is killed again and again at a moment of chance; another takes over."""
    databases.close()
    workers = [begin(WORK, f"Worker{number}", str(EACH)) for number in range(WORKERS)]
    chance, shown = random.Random(4), []
    for _ in range(KILLS):
        with begin(PUBLISH) as publisher:
            # Killed after so many of its checkpoints, at whatever step it then is.
            shown += [publisher.stdout.readline() for _ in range(chance.randrange(1, 4))]
            publisher.send_signal(signal.SIGKILL)
            shown += publisher.stdout.readlines()
    said = []
    for worker in workers:
        out, _ = worker.communicate(timeout=120)
        assert worker.returncode == 0
        said += [line.split() for line in out.splitlines()]
    # No acknowledged entry lost or doubled, none that nobody was told of: no worker was killed.
    places = sorted(int(place) for place, _, _ in said)
    assert places == list(range(WORKERS * EACH))
    assert Person.objects.count() == WORKERS * EACH
    for place, who, number in said:
        assert Person.objects.get(name=f"{who} {number}").entry.place == int(place)
    # Every head that anyone was shown is the beginning of every later one, and stands on record as shown.
    publish_checkpoint()
    lines = {line for line in shown if line.endswith("\n")}
    heads = sorted((int(at), root) for at, root in (line.split() for line in lines))
    assert len({at for at, _ in heads}) == len(heads)
    whole = tree.at(size())
    for at, root in heads:
        assert bytes(Checkpoint.objects.get(size=at).root).hex() == root
        assert verify_consistency(at, size(), bytes.fromhex(root), whole.root(), tree.consistency(at, size()))
    assert high_water.read(log).size == size()
    assert verify_log().intact


def test_a_finding_killed_anywhere_is_kept_whole_or_not_at_all(log):
    def work(acknowledge):
        damage.note(log, damage.Found(Message("x"), 1, "schedule"))
        acknowledge("kept")

    steps = counted(work)
    for last in range(steps):
        (log / damage.FILE).unlink(missing_ok=True)
        _, said = test_crash.in_child(work, last)
        if damage.is_there(log):
            assert damage.known(log)[0].why == Message("x")
        else:
            assert said == []
    (log / damage.FILE).unlink(missing_ok=True)


def counted(work):
    steps, _ = test_crash.in_child(work, test_crash.NEVER)
    return steps


def test_a_copy_that_was_killed_is_none_and_the_next_run_takes_it_away(small, tmp_path):
    """Killed as the first files of the copy stand there; what is left has no name and no list."""
    ready(small)
    copies = tmp_path / "copies"
    script = """
import os, signal
from tests.faults import setting_up
setting_up.go()
from pathlib import Path
from masthead.newsroom.site.backup import taking
def die(*a, **k): os.kill(os.getpid(), signal.SIGKILL)
setattr(taking, os.environ["DIE_AT"], die)
taking.take(Path(os.environ["COPIES"]))
"""
    for step in ("_database", "_verified", "check", "_named"):
        databases.close()
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"DIE_AT": step, "COPIES": str(copies)},
            check=False,
        )
        assert done.returncode == -signal.SIGKILL
        assert [path for path in copies.iterdir() if not path.name.startswith(".")] == []
        assert newest_in(copies) == copies
    assert take(copies).manifest.size == size()
    assert sorted(path.name[:1] for path in copies.iterdir()) == [".", "2"]


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_restore_that_was_killed_while_it_moved_files_goes_on_where_it_was(
    small, tmp_path, elsewhere, after, monkeypatch
):
    ready(small)
    before, copies = size(), tmp_path / "copies"
    take(copies, with_keys=True)
    there = elsewhere()
    real, moved = os.rename, []

    def rename(*words, **more):
        if len(moved) == after and (there / restoring.MARKER).exists():
            raise KeyboardInterrupt
        if (there / restoring.MARKER).exists():
            moved.append(words)
        return real(*words, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", rename)
        with pytest.raises(KeyboardInterrupt):
            restore(newest_in(copies))
    assert damage.is_there(there)
    assert restore(newest_in(copies)).manifest.size == before
    assert size() == before
    assert verify_log().intact
    assert not (there / restoring.STAGED).exists()


@pytest.mark.parametrize("whole", [False, True])
def test_a_restore_that_was_killed_while_it_filled_the_database_goes_on(
    small, tmp_path, elsewhere, whole, monkeypatch
):
    """Before the COMMIT the database is as empty as it was, after it the rows are not put there twice."""
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite file is moved whole")
    before, copies = size(), tmp_path / "copies"
    take(copies, with_keys=True)
    elsewhere()

    def cut(*words):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_must_be_the_same" if whole else "carry", cut)
        with pytest.raises(KeyboardInterrupt):
            restore(newest_in(copies))
    assert bool(connection.introspection.table_names()) is whole
    assert restore(newest_in(copies)).manifest.size == before
    assert size() == before
    assert verify_log().intact


def test_a_copy_killed_while_it_was_taken_away_is_taken_away_by_the_next_run(small, tmp_path):
    """Killed with its name gone, and some of its files: what was erased since must not stay in it."""
    copies, first = tmp_path / "copies", datetime(2026, 1, 1, tzinfo=UTC)
    script = """
import os, shutil, signal
from datetime import datetime
from tests.faults import setting_up
setting_up.go()
from pathlib import Path
from masthead.newsroom.site.backup import taking
real = shutil.rmtree
def half(path, *a, **k):
    if not Path(path, "home", "db.sqlite3").exists():
        return real(path, *a, **k)
    if Path(path).name.startswith(os.environ["FIRST"]):
        Path(path, os.environ["GONE"]).unlink()
        os.kill(os.getpid(), signal.SIGKILL)
taking.shutil.rmtree = half
taking.take(Path(os.environ["COPIES"]), keep_days=30, now=datetime.fromisoformat(os.environ["NOW"]))
"""
    for at, gone in enumerate(("manifest.json", "home/high-water.json")):
        old = take(copies, now=first + timedelta(days=100 * at)).folder
        databases.close()
        now = (first + timedelta(days=100 * at + 40)).isoformat()
        told = {"COPIES": str(copies), "NOW": now, "FIRST": f".{old.name}", "GONE": gone}
        done = subprocess.run([sys.executable, "-c", script], env=os.environ | told, check=False)
        assert done.returncode == -signal.SIGKILL
        assert not old.exists()
        left = copies / f".{old.name}.part"
        assert (left / "home" / "db.sqlite3").exists()
        take(copies, now=first + timedelta(days=100 * at + 41))
        assert not left.exists()
