"""Several processes append while publishers are killed and others take over; a finding killed at each step.

What a single command leaves when it is killed at a statement, a COMMIT or a file is tried in
`tests/evidence/test_crash.py` and `tests/newsroom/test_kills.py`, copies in `test_copies_killed.py`; here
they are many, on both databases.
"""

import random
import signal
import subprocess
import sys

from tests import databases
from tests.evidence import test_crash
from tests.newsroom.desk import size

from masthead.language import Message
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import damage, high_water, tree
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
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


def test_no_acknowledged_entry_is_lost_and_no_published_head_contradicted(log, tally):
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
    tally(f"{KILLS:5} publishers killed while {WORKERS} workers append: nothing lost or contradicted")


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
