"""Templates in Django's pages: `{% translate %}` and `{% blocktranslate %}`."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from scripts.messages.wanted import SOURCE, NotLiteral, Wanted, place_of

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

_FILTERED = re.compile(r"%\([^)]*\|")


def in_pages(folder: Path = SOURCE) -> Iterator[Wanted]:
    """Everything said by the pages under `folder`."""
    for file in sorted(folder.rglob("templates/**/*.*")):
        if file.is_file():
            yield from in_page(file.read_text(encoding="utf-8"), place_of(file))


def in_page(text: str, place: str) -> Iterator[Wanted]:
    """Everything said by one page. `NotLiteral` for a context, which `Message` lacks, and a filter inside."""
    # Between the calls it leaves blanked words; their indentation would mean something to Python.
    lines = (line.strip() for line in templatize(text, origin=place).split("\n"))
    python = BytesIO("\n".join(lines).encode())
    for line, said, _, context in extract("python", python, KEYWORDS, options={"encoding": "utf-8"}):
        if context is not None:
            raise NotLiteral(f"{place}:{line}: a template with a context; word it so that it needs none")
        template, plural = (said, None) if isinstance(said, str) else (said[0], said[1])
        if _FILTERED.search(f"{template}{plural}"):
            # Django looks for a variable of that name, finds none and shows nothing.
            raise NotLiteral(f"{place}:{line}: a filter in a translated block; put it behind `with`")
        yield Wanted(str(template), plural, place)
