"""`masthead item uses`: AI uses from a file of JSON lines."""

import json as stdlib_json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from masthead.cli.output import as_json, say
from masthead.errors import CannotRead, Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.items.given import UseGiven
from masthead.newsroom.items.importing import Imported, Told, import_uses
from masthead.vocabulary import Task, Tier

LONGEST_LINE = 10_000
"""Characters; a name has 200 at most."""
NAMES = {"item", "system", "task", "tier"}


def import_from(actor: Actor, path: Path, *, json: bool) -> None:
    """Record what the file says, line by line, and say what became of it; exit 1 where a line was refused."""
    whole = Imported()
    try:
        with path.open(encoding="utf-8") as lines:
            for part in import_uses(actor, _told(lines, whole)):
                whole.recorded += part.recorded
                whole.known += part.known
                whole.refused += part.refused
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRead(
            Message("%(path)s cannot be read.", {"path": str(path)}),
            Message("Give a text file in UTF-8; what was recorded from it so far stands."),
        ) from error
    refused = sorted(whole.refused, key=lambda each: each[0])
    if json:
        listed = [{"line": number, "why": str(why)} for number, why in refused]
        as_json({"recorded": whole.recorded, "known": whole.known, "refused": listed})
    else:
        _say(whole, refused)
    if refused:
        raise typer.Exit(1)


def _say(whole: Imported, refused: list[tuple[int, Message]]) -> None:
    n = whole.recorded
    say(str(Message("%(n)d AI use recorded.", {"n": n}, "%(n)d AI uses recorded.")))
    if n := whole.known:
        say(str(Message("%(n)d was on record already.", {"n": n}, "%(n)d were on record already.")))
    for number, why in refused:
        say(str(Message("Line %(number)d: %(why)s", {"number": number, "why": why})))


def _told(lines: Any, whole: Imported) -> Iterator[Told]:
    number = 0
    while line := lines.readline(LONGEST_LINE):
        number += 1
        if line.isspace():
            continue
        try:
            yield _use(number, line)
        except Refused as refusal:
            whole.refused.append((number, refusal.what))
        except (ValueError, TypeError, RecursionError):
            whole.refused.append((number, Message("This is not an AI use: item, system, task and tier.")))


def _use(number: int, line: str) -> Told:
    said = stdlib_json.loads(line)
    if not isinstance(said, dict) or not NAMES - {"task"} <= said.keys() <= NAMES:
        raise ValueError
    if not all(isinstance(each, str) for each in said.values()):
        raise TypeError
    task = Task(said["task"]) if said.get("task") else None
    return Told(number, said["item"], UseGiven(said["system"], task, Tier(said["tier"])))
