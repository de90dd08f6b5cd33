import json
import os
import subprocess
from pathlib import Path
from signal import SIGINT, SIGKILL
from time import monotonic, sleep
from urllib.request import urlopen

import pytest
from tests.cli.terminal import MASTHEAD, process

from masthead import language
from masthead.cli import demo_folder, demo_steps
from masthead.cli.clearance import COMMANDS
from masthead.cli.demo_commands import Commands
from masthead.errors import Unavailable


@pytest.mark.long
def test_the_demo_plays_the_whole_job_and_is_kept_when_it_runs_again(tmp_path: Path) -> None:
    played = process(
        "demo", "--out", "show", cwd=tmp_path, MASTHEAD_DATABASE_URL="postgres://nobody@127.0.0.1:1/x"
    )
    assert played.code == 0, played
    for said in ("4.8 million euros", "[-but-] {+for work, and+}", "mira.halloran@home.example"):
        assert said in played.out, "the planted faults are found"
    assert "INTACT, as signed with the key" in played.out, "the independent verifier agrees"
    assert (
        str(tmp_path)
        not in played.out.split("Verified, with")[0].replace("Ready: ", "", 1).partition("/.masthead")[2]
    )
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "show" / "published").rglob("*")}
    again = _is_served_and_lets_its_people_in(tmp_path)
    assert "finished already" in again
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "show" / "published").rglob("*")} == kept
    for line in again.split("Look at:")[1].splitlines():
        if line.startswith("  show"):
            assert (tmp_path / line.strip()).exists()
    command = again.split("Serve it with:")[1].strip().splitlines()[0].removeprefix("$ ")
    assert subprocess.run(f"{command} --help", shell=True, cwd=tmp_path, capture_output=True).returncode == 0


def _is_served_and_lets_its_people_in(folder: Path) -> str:
    """Gives what the same command again says, which serves it at its end."""
    kept = folder / "show" / "logins.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    logins = json.loads(kept.read_text())
    assert [each["email"].split("@")[0] for each in logins] == ["sol", "noor", "edda"]
    said = folder / "said.txt"
    with said.open("wb") as out:
        serving = subprocess.Popen(
            [MASTHEAD, "demo", "--out", "show", "--serve"],
            cwd=folder,
            env=os.environ | {"MASTHEAD_LANGUAGE": "en"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    deadline = monotonic() + 120
    while "Ctrl-C" not in said.read_text() and serving.poll() is None and monotonic() < deadline:
        sleep(0.1)
    try:
        url = next(line.strip() for line in said.read_text().splitlines() if line.endswith("/desk/"))
        with urlopen(url) as page:
            assert "/account/login/" in page.url
    finally:
        serving.send_signal(SIGINT)
        assert serving.wait(60) == 0, said.read_text()
    assert logins[0]["password"] in said.read_text()
    return said.read_text()


def test_a_command_that_does_not_end_as_it_should_ends_the_demo(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Commands(tmp_path, demo_steps.environment(tmp_path)) as commands:
        stage = demo_steps._Stage(commands)
        with pytest.raises(Unavailable, match="ended with 2") as stopped:
            stage.run("person", "list")
        assert "See above what it said" in str(stopped.value.remedy)
        said = capsys.readouterr()
        assert said.out.splitlines()[-1] == "$ masthead person list"
        assert said.err.startswith("Not done. There is no record here yet.\nRun `masthead init`")
        assert commands(["check", "--help"]).out.count("Usage: masthead check") == 1
        assert "Usage: masthead" in commands(["person", "add"]).err, "what one said is not in the next"
        (tmp_path / ".masthead").mkdir()
        (tmp_path / ".masthead" / "config.toml").write_text("no = such setting")
        told = commands(["person", "list"])
        assert (told.code, told.out) == (2, "")
        assert commands._process
        commands._process.kill()
        assert commands(["--help"]).code == -SIGKILL
        commands.begin_anew()
        assert commands(["--help"]).code == 0


@pytest.mark.parametrize("tag", language.LANGUAGES)
def test_a_demo_never_touches_what_is_there(tmp_path: Path, tag: str) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "mine.txt").write_text("mine")
    (tmp_path / "demo-2").write_text("mine too")
    with language.using(tag):
        folder, finished = demo_folder.choose(tmp_path / "demo")
        assert (folder.name, finished) == ("demo-3", False)
        assert {"story.md", "story-mended.md", "story-corrected.md", "bridge.jpg"} <= {
            path.name for path in folder.iterdir()
        }
        assert demo_folder.choose(tmp_path / "demo")[0].name == "demo-4", "one that was cut off is left"
        demo_folder.finish(folder)
        assert demo_folder.choose(tmp_path / "demo") == (folder, True)
    assert [path.name for path in (tmp_path / "demo").iterdir()] == ["mine.txt"]
    assert json.loads((folder / "demo.json").read_text()) == {"language": tag}


def test_every_way_out_of_the_gate_is_a_command_or_a_person() -> None:
    """What the gate advises and what the terminal offers do not drift apart."""
    from masthead.gate import findings, floor, rules

    told = {way.template for ways in findings.WAYS_OUT.values() for way in ways}
    told |= {way.template for _, _, ways in rules.STATUSES.values() for way in ways}
    told |= {floor.ANY_SIGNER.template, floor.OTHER_SIGNER.template}
    assert told - COMMANDS.keys() == set()
    everywhere = "".join(Path(module.__file__ or "").read_text() for module in (findings, floor, rules))
    for template in COMMANDS:
        assert template in everywhere or template in told, f"the gate no longer says: {template}"
