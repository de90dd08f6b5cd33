"""The steps of the demo: each is a command a person would type."""

import json
import os
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from masthead import clock
from masthead.cli import demo_folder
from masthead.cli.demo_commands import Commands
from masthead.cli.demo_folder import PICTURE, STORY, Login
from masthead.cli.output import complain, say
from masthead.errors import Unavailable
from masthead.language import Message, active, gettext

STEWARD, AUTHOR, EDITOR = "Sol Adeyemi", "Noor Castellan", "Edda Virtanen"
WRITER, RETOUCHER = "Quill Drafter 3", "Brightroom 2"
SOURCES = ("--source", "council-minutes.txt", "--source", "interview.txt")


def play(folder: Path, commands: Commands) -> None:
    """Play every step in `folder` by `commands`; raises `Unavailable` where one does not end as it should."""
    stage = _Stage(commands)
    stage.heading(gettext("A newsroom of three: a steward, an author, an editor"))
    _set_up(stage, folder)
    stage.heading(gettext("Two AI systems enter the register, and the steward approves them"))
    _register(stage)
    stage.heading(
        gettext("The author brings in a story that AI helped to draft; the checks find four things")
    )
    story = _bring_in_story(stage)
    stage.heading(gettext("Three are mended; the editor lets the fourth stand, reads it and signs off"))
    _clear_story(stage, story)
    stage.heading(gettext("A picture that AI retouched takes the same way"))
    _picture(stage)
    stage.heading(gettext("A correction waits for no gate and is shown as one; this one was read first"))
    _correct(stage, story)
    stage.heading(gettext("Two more are left for you: one waits for its sign-off, one has findings"))
    _leave_work(stage)
    stage.heading(gettext("Everyone gets a login to the desk"))
    _give_logins(stage, folder)


class _Stage:
    """Where commands are shown and run."""

    def __init__(self, commands: Commands) -> None:
        self._call = commands
        self.begin_anew = commands.begin_anew
        self._number = 0

    def heading(self, text: str) -> None:
        self._number += 1
        say()
        say(f"{self._number}. {text}", "bold")

    def show(self, *words: str, by: str = "") -> tuple[str, ...]:
        """Show a command; gives its words."""
        command = (*words, *(("--by", by) if by else ()))
        say()
        say(f"$ {shlex.join(('masthead', *command))}", "cyan")
        return command

    def run(self, *words: str, by: str = "") -> None:
        """Show a command, run it, show what it says."""
        done = self._call(self.show(*words, by=by))
        for line in done.out.splitlines():
            say(f"  {line}" if line else "")
        if done.code != 0:
            complain(done.err)
            raise Unavailable(
                Message("The demo stopped: this command ended with %(code)d.", {"code": done.code}),
                Message("See above what it said. What was made so far is left for you to look at."),
            )

    def ask(self, *words: str) -> dict[str, Any]:
        """What a command answers in JSON, unseen."""
        answer: dict[str, Any] = json.loads(self._call((*words, "--json")).out)
        return answer


def environment(folder: Path) -> dict[str, str]:
    """This environment, but for what would lead to the record of somebody else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")}
    return kept | {
        "MASTHEAD_HOME": str(folder.absolute() / ".masthead"),
        "MASTHEAD_LANGUAGE": active(),
        "PYTHONIOENCODING": "utf-8",
    }


def _tell_utc(folder: Path) -> None:
    """Have the demo tell UTC wherever it is played, and show where that is changed."""
    config = folder / ".masthead" / "config.toml"
    config.write_text(f'time_zone = "{clock.NO_ZONE}"\n', encoding="utf-8")


def _set_up(stage: _Stage, folder: Path) -> None:
    outlet = gettext("The Aldermouth Courier")
    publisher = gettext("Aldermouth Press Cooperative")
    stage.run("init", "--name", outlet, "--person", STEWARD, "--publisher", publisher, "--profile", "small")
    _tell_utc(folder)
    stage.begin_anew()
    stage.run("person", "add", AUTHOR, "--role", "contributor", by=STEWARD)
    stage.run("person", "add", EDITOR, "--role", "editor", by=STEWARD)


def _register(stage: _Stage) -> None:
    today = datetime.now(UTC).date().isoformat()
    for name, maker in ((WRITER, "Quill Works"), (RETOUCHER, "Brightroom Studio")):
        terms = ("--terms", "https://terms.example/data", "--terms-checked", today, "--opt-out")
        stage.run("register", "add", name, "--provider", maker, "--accountable", STEWARD, *terms, by=STEWARD)
        stage.run("register", "approve", name, by=STEWARD)


def _bring_in_story(stage: _Stage) -> str:
    use = f"{WRITER}, drafting, T2"
    stage.run("item", "add", "story.md", *SOURCES, "--ai", use, "--public-interest", by=AUTHOR)
    return _newest(stage)


def _newest(stage: _Stage) -> str:
    newest = stage.ask("item", "list")["items"][0]["item"]
    return str(newest)[:8]


def _clear_story(stage: _Stage, story: str) -> None:
    stage.run("item", "add", "story-mended.md", "--version-of", story, by=AUTHOR)
    left = [each["finding"] for each in stage.ask("item", "show", story)["obstacles"] if each["finding"]]
    for finding in left:
        note = gettext("Timed it on the road this morning.")
        stage.run("waive", story, finding[:8], "--reason", "witnessed", "--note", note, by=EDITOR)
    stage.run("signoff", story, "--yes", by=EDITOR)
    stage.run("publish", story, "--out", str(STORY), by=AUTHOR)


def _picture(stage: _Stage) -> None:
    title = gettext("The bridge over the Alder, at dusk")
    use = f"{RETOUCHER}, image editing, T2"
    stage.run("item", "add", "bridge.jpg", "--title", title, "--ai", use, "--realistic", by=AUTHOR)
    picture = _newest(stage)
    stage.run("signoff", picture, "--yes", by=EDITOR)
    stage.run("publish", picture, "--out", str(PICTURE), by=AUTHOR)


def _correct(stage: _Stage, story: str) -> None:
    stage.run("item", "add", "story-corrected.md", "--version-of", story, by=AUTHOR)
    stage.run("signoff", story, "--yes", by=EDITOR)
    note = gettext("Said which cables are rusty, and from when the ferry runs.")
    stage.run("correct", story, "story-corrected.md", "--note", note, "--out", str(STORY), by=STEWARD)


def _leave_work(stage: _Stage) -> None:
    use = f"{WRITER}, drafting, T2"
    for name, source in (("ferry.md", "ferry-timetable.txt"), ("school-bus.md", "school-letter.txt")):
        stage.run("item", "add", name, "--source", source, "--ai", use, "--public-interest", by=AUTHOR)


def _give_logins(stage: _Stage, folder: Path) -> None:
    """Every demo has passwords of its own; they stand in a file that its owner alone reads."""
    logins = []
    for person in (STEWARD, AUTHOR, EDITOR):
        email = f"{person.split()[0].lower()}@demo.invalid"
        stage.show("person", "login", person, "--email", email, by=STEWARD)
        said = stage.ask("person", "login", person, "--email", email, "--by", STEWARD)
        logins.append(Login(person, said["email"], said["password"]))
    demo_folder.keep_logins(folder, logins)
