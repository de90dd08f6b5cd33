"""What a publication or a check counted, in words: by what was counted, and not by its name in code."""

from collections.abc import Iterable, Iterator, Mapping

from masthead.gate.floor import CHECK_NAMES
from masthead.language import Message
from masthead.newsroom.said import counted

PUBLISHED = {
    "sources": Message("sources: %(n)s"),
    "looked_for": Message("numbers, names, dates and quotations looked for in them: %(n)s"),
    "found": Message("found in them: %(n)s"),
    "waived": Message("findings waived: %(n)s"),
}
"""What a publication counts."""
CHECKED = {
    "declared_use.uses": Message("AI uses on record: %(n)s"),
    "declared_use.leftovers": Message("signs of AI use that were left in the text: %(n)s"),
    "credentials_on_arrival.credentials": Message("files that came with a credential: %(n)s"),
    "credentials_on_arrival.declared": Message("AI uses that such a credential declares: %(n)s"),
    "personal_data.emails": Message("addresses of mail: %(n)s"),
    "personal_data.phones": Message("telephone numbers: %(n)s"),
    "personal_data.ibans": Message("numbers of bank accounts: %(n)s"),
    "personal_data.cards": Message("numbers of payment cards: %(n)s"),
    "personal_data.national_ids": Message("identity numbers of persons: %(n)s"),
    "traceability.words_without_case": Message(
        "words in a script without capitals, where names are not seen: %(n)s"
    ),
}
"""What a check of ours counts."""
LOOKED_FOR = {
    "traceability.numbers": Message("numbers found in the sources: %(found)s of %(n)s"),
    "traceability.dates": Message("dates found in the sources: %(found)s of %(n)s"),
    "traceability.quotations": Message("quotations found in the sources: %(found)s of %(n)s"),
    "traceability.names": Message("names found in the sources: %(found)s of %(n)s"),
    "traceability.links": Message("links found in the sources: %(found)s of %(n)s"),
}
"""What a check of ours looks for: beside each stands, with `_found`, how many of those were there."""
LEVELS = {
    "error": Message("%(n)s error", plural="%(n)s errors"),
    "warning": Message("%(n)s warning", plural="%(n)s warnings"),
    "note": Message("%(n)s note", plural="%(n)s notes"),
}
"""Findings by their weight."""
_FOUND = "_found"
_WORDS = PUBLISHED | CHECKED
_ORDER = {name: place for place, name in enumerate((*PUBLISHED, *LOOKED_FOR, *CHECKED))}


def checks_said(names: Iterable[str]) -> list[str]:
    """Checks by what they look at, and somebody else's by its name."""
    return [str(CHECK_NAMES.get(name, name)) for name in sorted(names)]


def levels_said(levels: Mapping[str, int]) -> Iterator[str]:
    """How many findings there were of each weight, the gravest first; one we know not goes by its name."""
    for level in sorted(levels, key=[*LEVELS, *levels].index):
        if level in LEVELS:
            said = LEVELS[level]
            yield str(Message(said.template, {"n": levels[level]}, said.plural))
        else:
            yield f"{level} {counted(levels[level])}"


def counts_said(counts: Mapping[str, int]) -> Iterator[str]:
    """Each count in words, and of somebody else's check by the name it has."""
    for name in sorted(counts, key=lambda name: (_ORDER.get(name, len(_ORDER)), name)):
        number = counted(counts[name])
        if name in _WORDS:
            yield str(Message(_WORDS[name].template, {"n": number}))
        elif name in LOOKED_FOR and f"{name}{_FOUND}" in counts:
            found = counted(counts[f"{name}{_FOUND}"])
            yield str(Message(LOOKED_FOR[name].template, {"n": number, "found": found}))
        elif not (name.endswith(_FOUND) and _beside(name) in LOOKED_FOR.keys() & counts.keys()):
            yield f"{name} {number}"


def _beside(name: str) -> str:
    return name.removesuffix(_FOUND)
