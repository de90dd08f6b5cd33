"""What a person came to mend: the finding, quoted, and its words in the field where the text is edited."""

from dataclasses import dataclass

from masthead.desk.item.editing import Editable
from masthead.desk.item.finding_words import Spot, sentence_of
from masthead.desk.item.reading import LONG, words_of
from masthead.desk.item.written import place_in
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.items.models import Version
from masthead.newsroom.review.commands.deciding import finding_called


@dataclass(frozen=True, slots=True)
class Mending:
    """A finding as it stands above the text. `place` is that of its words in the field, None for nowhere.

    A place is two code points of the words in the field.
    """

    message: Message
    sentence: Spot | None
    place: tuple[int, int] | None


def mending(version: Version, fingerprint: str, shown: Editable) -> Mending | None:
    """The finding of that fingerprint for whoever edits the words `shown`; None where it is gone by now."""
    try:
        finding = finding_called(version, fingerprint)
    except NotFound:
        return None
    message = Message.from_json(finding.message)
    if finding.start is None or finding.end is None or not shown.words or version.size > LONG:
        return Mending(message, None, None)
    read = words_of(version)
    return Mending(
        message,
        sentence_of(read, finding.start, finding.end),
        place_in(shown.words, read.text, finding.start, finding.end),
    )
