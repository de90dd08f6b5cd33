"""A folder of files that somebody sent, in which a command of ours is called: nothing there is run."""

import subprocess
import sys

import pytest
from tests.faults.standing import rows
from tests.serving.served import served

from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.site.serving.clock import Verifying

RAN = "ran"
HOSTILE = f"open({RAN!r}, 'a').close(); raise SystemExit(3)"
NAMES = ("json", "subprocess", "django", "masthead", "typer", "granian", "threading")


@pytest.fixture
def sent(tmp_path, monkeypatch):
    """The folder we stand in, with modules that would be taken for Python's, others' and ours."""
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text(HOSTILE)
    monkeypatch.chdir(tmp_path)
    done = subprocess.run([sys.executable, "-m", "json.tool"], check=False, capture_output=True)
    assert (done.returncode, (tmp_path / RAN).exists()) == (3, True)  # it would be, were it looked at
    (tmp_path / RAN).unlink()
    return tmp_path


def two(size):
    return 2


def test_verifying_and_copying_run_nothing_of_it(small, sent):
    publish_checkpoint()
    before = rows()
    assert verify_log(processes=two).intact
    verifying = Verifying()
    verifying()
    assert verifying.process.wait(60) == 0
    take(sent / "copies")
    assert not (sent / RAN).exists()
    assert rows() == before


def test_serving_runs_nothing_of_it(small, sent):
    with served(small.home) as here:  # which stands there too
        here.until(lambda: here.ask("/ready").status == 200)
    assert not (sent / RAN).exists()
