"""Files that are there whole or not at all, whoever else writes them."""

import threading
from time import time

import pytest
from tests.newsroom.at_once import at_once

from masthead.newsroom import lasting

MANY = 8


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("_", range(20))
def test_of_many_that_make_one_file_at_once_one_does_and_all_find_it(tmp_path, _):
    path = tmp_path / "key"

    def make(content):
        lasting.first(path, content)
        return path.read_bytes()

    read = at_once(*(lambda n=n: make(b"%d" % n * 9) for n in range(MANY)))
    assert set(read) == {path.read_bytes()}
    assert contents(tmp_path) == {"key": read[0]}


@pytest.mark.parametrize("_", range(20))
def test_of_many_that_replace_one_file_at_once_each_may_be_last_and_none_fails(tmp_path, _):
    path = tmp_path / "said"
    given = [b"%d" % n * 9 for n in range(MANY)]
    assert at_once(*(lambda said=said: lasting.replace(path, said) for said in given)) == [None] * MANY
    assert list(contents(tmp_path)) == ["said"]
    assert path.read_bytes() in given


def test_what_a_kill_left_is_written_over_by_whoever_writes_alone(tmp_path):
    (tmp_path / "said.new").write_bytes(b"half")
    lasting.replace(tmp_path / "said", b"whole", alone=True)
    assert contents(tmp_path) == {"said": b"whole"}


def test_what_cannot_be_written_leaves_what_was_there(tmp_path):
    (tmp_path / "said").mkdir()
    with pytest.raises(OSError, match="said"):
        lasting.replace(tmp_path / "said", b"other")
    assert [path.name for path in tmp_path.iterdir()] == ["said"]


def test_a_file_that_comes_to_its_name_while_it_is_swept_ends_no_round(tmp_path):
    """One writes without a pause; the other sweeps what is young, and what is old by any measure."""
    done = threading.Event()

    def write():
        try:
            for number in range(3000):
                lasting.replace(tmp_path / "said", b"%d" % number)
        finally:
            done.set()

    writer = threading.Thread(target=write)
    writer.start()
    sweeps = 0
    while not done.is_set() or not sweeps:
        assert lasting.swept(tmp_path, before=0) == 0
        sweeps += 1
    writer.join()
    assert contents(tmp_path) == {"said": b"2999"}


def test_a_link_and_a_folder_with_the_name_of_a_half_written_file_stay(tmp_path):
    name = f".{'0f' * 8}"
    (tmp_path / f"{name}.part").symlink_to(tmp_path / "nowhere")
    (tmp_path / f".{'0e' * 8}.part").mkdir()
    assert lasting.swept(tmp_path, before=time() + 60) == 0
    assert len(list(tmp_path.iterdir())) == 2
