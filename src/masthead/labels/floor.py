"""The legal floor of disclosure, which no setting lowers: Regulation (EU) 2024/1689, Art. 50(4).

Pictures and sound that AI made or changed and that could pass for real are marked visibly whoever reviewed
them. Text of public interest that AI made or changed is labelled, unless a person reviewed it *and* someone
holds editorial responsibility. Asked and unanswered, a picture is realistic and a text of public interest.
"""

from masthead.labels.record import Record
from masthead.labels.tasks import touches_pictures, touches_words

VISIBLE_MARK = "visible_mark"
"""A mark where the picture is first seen."""

TEXT_LABEL = "text_label"
"""A label on the text."""


def required_marks(record: Record) -> frozenset[str]:
    """The marks that the law asks for on this version."""
    required = set()
    if record.realistic is not False and any(touches_pictures(record, use) for use in record.uses):
        required.add(VISIBLE_MARK)
    exempt = record.reviewed and bool(record.responsible)
    of_interest = record.public_interest is not False
    if of_interest and not exempt and any(touches_words(record, use) for use in record.uses):
        required.add(TEXT_LABEL)
    return frozenset(required)
