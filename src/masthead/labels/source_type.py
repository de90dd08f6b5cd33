"""Where a version comes from, in the words of IPTC's Digital Source Type vocabulary.

Source: IPTC NewsCodes, Digital Source Type, <http://cv.iptc.org/newscodes/digitalsourcetype/>; members of
schema.org's enumeration: <https://schema.org/IPTCDigitalSourceEnumeration>.
"""

from collections.abc import Iterable

from masthead.labels.record import Record
from masthead.vocabulary import Medium, Task, Tier

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MADE = IPTC + "trainedAlgorithmicMedia"
MIXED = IPTC + "compositeWithTrainedAlgorithmicMedia"
ENHANCED = IPTC + "algorithmicallyEnhanced"

SCHEMA_ORG = {
    MADE: "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
    MIXED: "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
    ENHANCED: "https://schema.org/AlgorithmicallyEnhancedDigitalSource",
}
"""schema.org's member for each term that we derive; it has one for all three."""


STRONGEST = (MADE, MIXED, ENHANCED)

ALTERING = frozenset({Task.IMAGE_EDITING, Task.OTHER})
IN_THE_WORDS = frozenset(
    {Task.DRAFTING, Task.TRANSLATION, Task.HEADLINE, Task.EDITING, Task.CAPTIONING, Task.OTHER}
)
"""Tasks whose words stand in the text by what they are. A summary or a transcript was worked from."""


def source_type(record: Record) -> str | None:
    """The IPTC URI that the record bears out, or None where AI left nothing in the version.

    That a picture came from a camera is never derived from silence: it has to be said by who knows.
    """
    return strongest(
        left_by(record.medium, use.task, use.tier, whole=use.part is None) for use in record.uses
    )


def strongest(terms: Iterable[str | None]) -> str | None:
    """The term for a work in which uses left these, the strongest of them; None where none left anything."""
    left = set(terms)
    return next((term for term in STRONGEST if term in left), None)


def left_by(medium: Medium, task: Task, tier: Tier, *, whole: bool = True) -> str | None:
    """The IPTC URI for what one use left in a version, or None. `whole` is whether all of it was touched.

    The one rule for labels, JSON-LD and credentials, so that they cannot disagree.
    """
    return _in_picture(task, tier, whole) if medium is Medium.IMAGE else _in_text(task, tier, whole)


def _in_picture(task: Task, tier: Tier, whole: bool) -> str | None:
    if task is Task.IMAGE_GENERATION:
        return MADE if whole else MIXED
    if task in ALTERING and tier is not Tier.T0:
        return MIXED
    return ENHANCED if task is Task.IMAGE_EDITING else None


def _in_text(task: Task, tier: Tier, whole: bool) -> str | None:
    """AI text as such only where no person worked on it (T3); from T2 on a mixture of hands."""
    if task is Task.DRAFTING and tier is Tier.T3 and whole:
        return MADE
    return MIXED if task in IN_THE_WORDS and tier.material else None
