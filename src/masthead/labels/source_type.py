"""Where a version comes from, in the words of IPTC's Digital Source Type vocabulary.

Source: IPTC NewsCodes, Digital Source Type, <http://cv.iptc.org/newscodes/digitalsourcetype/>; members of
schema.org's enumeration: <https://schema.org/IPTCDigitalSourceEnumeration>.
"""

from masthead.labels.record import Record
from masthead.labels.tasks import UNWRITTEN, counts
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


def source_type(record: Record) -> str | None:
    """The IPTC URI that the record bears out, or None where AI left nothing in the version.

    That a picture came from a camera is never derived from silence: it has to be said by who knows.
    """
    return _of_picture(record) if record.medium is Medium.IMAGE else _of_text(record)


def _of_picture(record: Record) -> str | None:
    generated = [use for use in record.uses if use.task is Task.IMAGE_GENERATION]
    if any(use.part is None for use in generated):
        return MADE
    altering = (Task.IMAGE_EDITING, Task.OTHER)
    if generated or any(use.task in altering and counts(use) for use in record.uses):
        return MIXED
    return ENHANCED if any(use.task is Task.IMAGE_EDITING for use in record.uses) else None


def _of_text(record: Record) -> str | None:
    """AI text as such only where no person worked on it (T3); from T2 on a mixture of hands."""
    written = [use for use in record.uses if use.task in UNWRITTEN and use.tier.material]
    if any(use.task is Task.DRAFTING and use.tier is Tier.T3 and use.part is None for use in written):
        return MADE
    return MIXED if written else None
