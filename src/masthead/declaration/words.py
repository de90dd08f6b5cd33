"""What the catalogue says in one language: a pack of data, added without touching the code."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from masthead.declaration.commitment import Addressee, Commitment
from masthead.declaration.refusal import CatalogueError
from masthead.declaration.table import Table, read
from masthead.language import Message


class Review(StrEnum):
    """Who has read a language pack through."""

    DRAFT = "draft"
    """Nobody but its writers."""
    REVIEWED = "reviewed"
    """A second person who knows the language as newsrooms use it."""


class Direction(StrEnum):
    """Which way the language is written."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


@dataclass(frozen=True, slots=True)
class Readings:
    """What a duty of states comes down to for a public body, and for everyone who watches it."""

    duty_bearer: str
    watchdog: str


@dataclass(frozen=True, slots=True)
class CommitmentWords:
    """A commitment in our own words; `caveat` says what was done about a fault of the source text."""

    title: str
    text: str
    readings: Readings | None
    caveat: str | None


@dataclass(frozen=True, slots=True)
class ControlWords:
    """A control in words: its title says what is met, its guidance what to do and what counts."""

    title: str
    guidance: str


@dataclass(frozen=True, slots=True)
class Words:
    """One language pack, complete; the mappings are by id. `tag` is BCP 47."""

    tag: str
    name: str
    direction: Direction
    review: Review
    translators: tuple[str, ...]
    sources: Mapping[str, str]
    sections: Mapping[str, str]
    commitments: Mapping[str, CommitmentWords]
    controls: Mapping[str, ControlWords]
    questions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a language pack has to put into words."""

    sources: tuple[str, ...]
    sections: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    controls: tuple[str, ...]
    questions: tuple[str, ...]


def read_pack(folder: Path, wanted: Wanted) -> Words:
    """The language pack in `folder`, which is named by its tag; raises `CatalogueError`."""
    called = f"languages/{folder.name}"
    about = read(folder, "language.toml", f"{called}/language.toml")
    tag = about.text("tag")
    if tag != folder.name:
        about.refuse(
            "tag",
            Message("it differs from the name of its folder, %(folder)s.", {"folder": folder.name}),
            Message("Give both the same BCP 47 tag."),
        )
    caveats = _texts(about, "caveats", tuple(one.id for one in wanted.commitments if one.caveat_locales))
    words = Words(
        tag=tag,
        name=about.text("name"),
        direction=about.member("direction", Direction),
        review=about.member("review", Review),
        translators=about.texts("translators"),
        sources=_texts(about, "sources", wanted.sources),
        sections=_texts(about, "sections", wanted.sections),
        commitments=_commitments(folder, called, wanted.commitments, caveats),
        controls=_controls(folder, called, wanted.controls),
        questions=_questions(folder, called, wanted.questions),
    )
    about.end()
    return words


def _texts(about: Table, key: str, ids: tuple[str, ...]) -> dict[str, str]:
    table = about.table(key)
    texts = {one: table.text(one) for one in ids}
    table.end()
    return texts


def _commitments(
    folder: Path, called: str, commitments: tuple[Commitment, ...], caveats: Mapping[str, str]
) -> dict[str, CommitmentWords]:
    file = read(folder, "commitments.toml", f"{called}/commitments.toml")
    words = {}
    for one in commitments:
        table = file.table(one.id)
        readings = None
        if one.addressed_to is Addressee.STATES:
            readings = Readings(table.text("duty_bearer"), table.text("watchdog"))
        words[one.id] = CommitmentWords(
            table.text("title"), table.text("text"), readings, caveats.get(one.id)
        )
        table.end()
    file.end()
    return words


def _controls(folder: Path, called: str, ids: tuple[str, ...]) -> dict[str, ControlWords]:
    file = read(folder, "controls.toml", f"{called}/controls.toml")
    words = {}
    for one in ids:
        table = file.table(one)
        words[one] = ControlWords(table.text("title"), table.text("guidance"))
        table.end()
    file.end()
    return words


def _questions(folder: Path, called: str, ids: tuple[str, ...]) -> dict[str, str]:
    file = read(folder, "questions.toml", f"{called}/questions.toml")
    words = {one: file.text(one) for one in ids}
    file.end()
    return words


def read_packs(folder: Path, wanted: Wanted, required: tuple[str, ...]) -> dict[str, Words]:
    """Every language pack in `folder`, by tag, the `required` ones first; raises `CatalogueError`."""
    found = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    for tag in required:
        if tag not in found:
            raise CatalogueError(
                f"languages/{tag}",
                "",
                Message("the language pack is missing."),
                Message("Put its folder back; English and French are always there."),
            )
    others = [tag for tag in found if tag not in required]
    return {tag: read_pack(folder / tag, wanted) for tag in (*required, *others)}
