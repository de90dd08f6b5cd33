"""Loading the catalogue, or refusing it with file, key and remedy."""

from functools import cache
from pathlib import Path

from masthead.declaration.catalogue import Catalogue
from masthead.declaration.facts import read_facts
from masthead.declaration.words import Wanted, read_packs
from masthead.language import LANGUAGES

DATA = Path(__file__).parent / "data"


def load(folder: Path | None = None) -> Catalogue:
    """The catalogue in `folder`; without one, ours, which is read once per process.

    Raises `CatalogueError` where a file, a key, a type, a reference or a text is missing or wrong.
    """
    return _ours() if folder is None else _read(folder)


@cache
def _ours() -> Catalogue:
    return _read(DATA)


def _read(folder: Path) -> Catalogue:
    facts = read_facts(folder)
    wanted = Wanted(
        sources=tuple(one.id for one in facts.sources),
        sections=tuple(one.id for one in facts.sections),
        commitments=facts.commitments,
        controls=tuple(one.id for one in facts.controls),
        questions=tuple(one.id for one in facts.questions),
    )
    return Catalogue(
        sources=facts.sources,
        sections=facts.sections,
        commitments=facts.commitments,
        controls=facts.controls,
        questions=facts.questions,
        languages=read_packs(folder / "languages", wanted, LANGUAGES),
    )
