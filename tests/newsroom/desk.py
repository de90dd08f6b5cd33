"""An organisation at work, for tests that go through the commands and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from tests.newsroom.recorded import recorded_as

from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.models import Entry, LogHead
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.given import Given, UseGiven
from masthead.newsroom.items.models import Version
from masthead.newsroom.register.commands import add_use_case, decide_on, register_system
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.review import commands
from masthead.newsroom.site.founding import found
from masthead.vocabulary import Profile, Role, SystemStatus, Task, Tier

ORIGIN = "herald.example/log"
TEXT = "The river's banks broke."


@dataclass(frozen=True)
class Desk:
    """One home and the people in it; each has one role, but the steward of *solo*, who has them all."""

    home: Path
    steward: Actor
    author: Actor
    editor: Actor
    other_editor: Actor


def founded(home: Path, profile: Profile) -> Desk:
    """An organisation in `home`, founded as `masthead init` does it."""
    for _ in found("The Herald", "Herald Press Ltd", "Ada Steward", profile, origin=ORIGIN):
        pass
    steward = Actor(named("Ada Steward").id)
    people = {
        name: Actor(add_person(steward, name, [role]).id)
        for name, role in (
            ("Ann Author", Role.CONTRIBUTOR),
            ("Ed Editor", Role.EDITOR),
            ("Eve Editor", Role.EDITOR),
        )
    }
    return Desk(home, steward, *people.values())


def text(words: str = TEXT, name: str = "story.md") -> Given:
    return Given(name, words.encode())


def use(system: str = "Ink", task: Task | None = Task.EDITING, tier: Tier = Tier.T2) -> UseGiven:
    return UseGiven(system, task, tier)


def approved(desk: Desk, name: str = "Ink", tier: Tier = Tier.T3) -> AISystem:
    """A system that may be used up to `tier`."""
    system = register_system(desk.steward, name, named("Ada Steward"))
    add_use_case(desk.steward, system, tier)
    decide_on(desk.steward, system, SystemStatus.APPROVED)
    return system


_numbers = count()


def ready(desk: Desk, *uses: UseGiven, words: str = "") -> Version:
    """A version that the gate clears: brought in by the author, checked, signed off by the editor."""
    words = words or f"{TEXT} {letters(next(_numbers))}"
    version = add_item(
        desk.author, text(words), sources=[text(words, "notes.md")], uses=uses, title="River", language="en"
    )
    commands.run_checks(desk.author, version)
    commands.sign_off(desk.editor, version)
    return version


def letters(number: int) -> str:
    """A made-up word for each number: no check takes it for a fact."""
    return "so" + "".join("abcdefghij"[int(digit)] for digit in str(number))


def left(person: Person, on: date) -> None:
    """Make a day the last of a person, past ones too: no command gives one before they were added."""
    recorded_as(Person.objects.filter(pk=person.pk), ends_on=on)
    person.refresh_from_db()


def size() -> int:
    """How many entries the log holds."""
    return LogHead.objects.get().size


def kinds(since: int = 0) -> Iterator[int]:
    """The kinds of the entries from `since` on, in order."""
    yield from Entry.objects.filter(place__gte=since).order_by("place").values_list("kind", flat=True)
