"""`masthead data finish` on a record that was found damaged: nothing is done, and it says why."""

from pathlib import Path

from tests.cli.terminal import Desk
from tests.cli.test_data import EDITOR, STEWARD, brought_in
from tests.faults.hurting import rename_somebody


def test_a_read_only_record_is_said_to_be_what_keeps_it_from_being_done(small: Desk, tmp_path: Path) -> None:
    item, disk = brought_in(small), tmp_path / "disk"
    assert small("signoff", item, "--yes", *EDITOR).code == 0
    assert small("publish", item, "--out", str(disk / "web"), *EDITOR).code == 0
    off = disk.rename(tmp_path / "off")
    small("withdraw", item, "--reason", "Wrong.", *EDITOR)
    off.rename(disk)
    rename_somebody("Noor Author")
    assert small("log", "verify").code == 1
    told = small.json("data", "finish", code=3)
    assert (told["left_to_do"], told["away"], told["read_only"]) == (1, [], True)
    assert "puts back a backup that verifies" in told["remedy"]
    said = small("data", "finish")
    assert said.code == 3
    assert "Still to be done: 1." in said.out
    assert "The record is read-only: nothing of this is done before that ends." in said.out
    assert "`masthead log acknowledge`" in said.out
    rename_somebody("Eve Author", "Noor Author")
    assert small("log", "acknowledge", *STEWARD).code == 0
    told = small.json("data", "finish")
    assert (told["left_to_do"], told["read_only"], told["remedy"]) == (0, False, None)
