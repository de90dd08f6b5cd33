"""One language's catalogue: read, merged with what the source says now, written, compiled.

The same input gives the same bytes: no date, no version of a tool, no line numbers; templates in order.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileParser, write_po

from masthead.language import DOMAIN, LANGUAGES, LOCALE
from scripts.messages.wanted import Wanted

HEADERS = {
    "Project-Id-Version",
    "Language",
    "Plural-Forms",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}
COMMENT = (
    "# {language} catalogue of Masthead. Written with `make messages`; see docs/how-to/add-a-language.md."
)

type Translation = str | tuple[str, ...]


class Lasting(Catalog):
    """A catalogue whose header holds nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The headers that say how to read it."""
        return [(name, said) for name, said in self._get_mime_headers() if name in HEADERS]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        self._set_mime_headers(headers)


def translated() -> tuple[str, ...]:
    """The languages that have a catalogue: all but that of the templates."""
    return LANGUAGES[1:]


def path_of(language: str, folder: Path = LOCALE) -> Path:
    """Where a language's catalogue is; its compiled form lies beside it."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(file: Path, language: str) -> Catalog:
    """The catalogue in `file`; an empty one where there is none yet. Raises Babel's `PoFileError`."""
    catalogue = Lasting(locale=language, domain=DOMAIN)
    if file.is_file():
        with file.open(encoding="utf-8") as stream:
            PoFileParser(catalogue, abort_invalid=True).parse(stream)
    return catalogue


def merged(wanted: Sequence[Wanted], earlier: Catalog, language: str) -> Catalog:
    """What the source says, each with its earlier translation, empty where it has none; nothing else."""
    catalogue = Lasting(
        locale=language,
        domain=DOMAIN,
        project="Masthead",
        version="1",
        header_comment=COMMENT.format(language=language),
        fuzzy=False,
    )
    plurals = {one.template: one.plural for one in wanted if one.plural is not None}
    for one in wanted:
        plural = plurals.get(one.template)
        identity = one.template if plural is None else (one.template, plural)
        catalogue.add(identity, _kept(earlier, one.template, plural, language), locations=[(one.place, 0)])
    for message in catalogue:
        message.locations = sorted(set(message.locations))
    return catalogue


def _kept(earlier: Catalog, template: str, plural: str | None, language: str) -> Translation:
    """The earlier translation where it is still of the same kind, one text or one for each number."""
    known = earlier.get(template)
    if known is not None and not known.fuzzy:
        if plural is None and isinstance(known.string, str):
            return known.string
        if plural is not None and not isinstance(known.id, str) and known.id[1] == plural:
            return strings(known)
    return "" if plural is None else ("",) * get_plural(language).num_plurals


def strings(message: Message) -> tuple[str, ...]:
    """The translations of one template: one, or one for each number the language knows."""
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ())


def text(catalogue: Catalog) -> bytes:
    """The catalogue as translators read it."""
    stream = BytesIO()
    write_po(stream, catalogue, width=110, sort_output=True, include_lineno=False)
    return stream.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as programs read it."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """The templates that have no translation yet, or not for every number."""
    return [
        str(message.id if isinstance(message.id, str) else message.id[0])
        for message in catalogue
        if message.id and not all(strings(message))
    ]
