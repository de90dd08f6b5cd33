"""What the audience reads, in each of our languages, for whoever is about to decide that it will."""

from dataclasses import dataclass

from masthead import labels
from masthead.labels.disclosure import Disclosure
from masthead.labels.record import Record
from masthead.language import LANGUAGES, NAMES, active, using


@dataclass(frozen=True, slots=True)
class Told:
    """The disclosure in one language; `name` is the language's own name for itself."""

    language: str
    name: str
    disclosure: Disclosure


def told(record: Record) -> tuple[Told, ...]:
    """The disclosure in every language of ours, that of the person who looks first."""
    found = []
    for language in sorted(LANGUAGES, key=lambda each: each != active()):
        with using(language):
            found.append(Told(language, NAMES[language], labels.disclose(record)))
    return tuple(found)
