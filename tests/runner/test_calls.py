"""What a caller may rely on, whatever the child meets."""

import inspect
import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.runner import functions

from masthead import runner
from masthead.errors import CannotRead
from masthead.runner import Failed, Reason

for _name, _function in inspect.getmembers(functions, inspect.isfunction):
    if not _name.startswith("_") and _function.__module__ == functions.__name__:
        runner.register(f"tests.{_name}", f"tests.runner.functions:{_name}")


def works() -> bool:
    return runner.call("tests.echo", {"is": "well"}, b"\0\xff") == ({"is": "well"}, [b"\0\xff"])


def reason(name: str, header: dict | None = None, **limits) -> Reason:
    with pytest.raises(Failed) as caught:
        runner.call(f"tests.{name}", header or {}, **limits)
    assert str(caught.value)
    return caught.value.reason


def test_it_gives_back_header_and_blobs_as_they_were():
    blobs = [b"", b"\0" * 3_000_000, "é".encode()]
    assert runner.call("tests.echo", {"a": ["é", None, 1.5]}, *blobs) == ({"a": ["é", None, 1.5]}, blobs)


def test_it_keeps_one_child_warm():
    first, second = (runner.call("tests.process", {})[0]["pid"] for _ in range(2))
    assert first == second != os.getpid()


def test_memory_that_the_caller_holds_is_not_counted_as_the_childs():
    runner.close()
    held = b"\1" * 400_000_000
    pids = {runner.call("tests.process", {}, memory=400_000_000)[0]["pid"] for _ in range(3)}
    assert len(pids) == 1
    del held


def test_it_replaces_a_child_that_died_between_two_calls():
    pid = runner.call("tests.process", {})[0]["pid"]
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert works()


def test_the_child_has_no_secrets_no_files_and_no_terminal(monkeypatch, tmp_path):
    monkeypatch.setenv("MASTHEAD_DATABASE_URL", "postgres://secret")
    runner.close()
    with (tmp_path / "open").open("wb") as ours:
        os.set_inheritable(ours.fileno(), True)
        seen = runner.call("tests.process", {})[0]
    assert "MASTHEAD_DATABASE_URL" not in seen["environment"]
    shared = hasattr(os, "memfd_create")
    assert len(seen["files"]) == 5 + shared  # three to nowhere, two pipes, the memory it shares
    assert seen["interrupts_ignored"]
    assert seen["leads_its_session"]


def test_an_error_of_ours_arrives_as_it_was_raised():
    with pytest.raises(CannotRead, match=r"It broke at 7\. Mend it\."):
        runner.call("tests.refuse", {})
    assert works()


def test_an_unexpected_error_says_nothing_of_the_content():
    with pytest.raises(Failed) as caught:
        runner.call("tests.stumble", {})
    assert caught.value.reason is Reason.ERROR
    assert "secret" not in str(caught.value)
    assert works()


@pytest.mark.parametrize("name", ["sleep", "spin"])
def test_what_takes_too_long_is_ended(name):
    assert reason(name, seconds=0.3) is Reason.TIME
    assert works()


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit address space")
def test_what_asks_for_too_much_memory_is_stopped():
    assert reason("hoard", {"bytes": 300_000_000}, memory=200_000_000) is Reason.MEMORY
    assert works()


def test_it_takes_as_much_memory_as_it_is_allowed():
    assert runner.call("tests.hoard", {"bytes": 100_000_000}, memory=200_000_000)[0]["kept"] == 100_000_000
    assert works()


def test_a_crash_is_told_apart():
    assert reason("crash") is Reason.ENDED
    assert works()


@pytest.mark.parametrize("name", ["babble", "wrong", "deep"])
def test_an_answer_that_makes_no_sense_is_refused(name):
    assert reason(name) is Reason.REPLY
    assert works()


def test_an_answer_that_is_not_json_is_an_error():
    assert reason("unspeakable") in (Reason.ERROR, Reason.ENDED)
    assert works()


def test_an_answer_that_is_too_large_is_refused():
    assert reason("swell", {"bytes": 2_000_000}, largest=1_000_000) is Reason.SIZE
    assert works()


def test_what_a_function_prints_goes_nowhere(capfd):
    runner.close()
    assert runner.call("tests.chatter", {}) == ({"read": ""}, [])
    assert capfd.readouterr() == ("", "")


def test_it_cannot_fill_the_disk(tmp_path):
    assert reason("fill", {"path": str(tmp_path / "file")}) is Reason.ERROR
    assert (tmp_path / "file").stat().st_size < 70_000_000


def test_many_threads_share_the_child():
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: runner.call("tests.echo", {"n": n}, bytes([n])), range(64)))
    assert answers == [({"n": n}, [bytes([n])]) for n in range(64)]


def test_a_child_outlives_the_thread_that_started_it():
    runner.close()
    started = []
    thread = threading.Thread(target=lambda: started.append(runner.call("tests.process", {})[0]["pid"]))
    thread.start()
    thread.join()
    assert runner.call("tests.process", {})[0]["pid"] == started[0]


def test_only_registered_functions_run():
    with pytest.raises(KeyError):
        runner.call("os:system", {})


def test_a_name_cannot_be_taken_twice():
    runner.register("tests.echo", "tests.runner.functions:echo")
    with pytest.raises(ValueError, match="already"):
        runner.register("tests.echo", "os:system")


@pytest.mark.parametrize("target", ["os", "os:", ":system", "os:system()", "os.path:join.x", "os system:x"])
def test_a_target_is_a_module_and_a_function(target):
    with pytest.raises(ValueError, match="package"):
        runner.register("tests.never", target)


def test_a_function_that_is_not_there_is_an_error():
    runner.register("tests.missing", "tests.runner.functions:missing")
    assert reason("missing") is Reason.ERROR


PARENT = """
import sys, threading
from masthead import runner
runner.register("process", "tests.runner.functions:process")
runner.register("spin", "tests.runner.functions:spin")
print(runner.call("process", {})[0]["pid"], flush=True)
threading.Thread(target=lambda: runner.call("spin", {}), daemon=True).start()
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs a handle on a process (Linux)")
def test_the_child_ends_with_its_parent_even_while_it_works():
    path = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    ) as parent:
        child = int(parent.stdout.readline())
        watched = os.pidfd_open(child)
        parent.kill()
    try:
        assert select.select([watched], [], [], 20)[0], "the child lives on"
    finally:
        os.close(watched)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_starts_a_child_of_its_own():
    mine = runner.call("tests.process", {})[0]["pid"]
    source, answer = os.pipe()
    forked = os.fork()
    if forked == 0:
        os.write(answer, str(runner.call("tests.process", {})[0]["pid"]).encode())
        runner.close()
        os._exit(0)
    os.close(answer)
    theirs = int(os.read(source, 100))
    os.close(source)
    os.waitpid(forked, 0)
    assert theirs != mine
    assert runner.call("tests.process", {})[0]["pid"] == mine
