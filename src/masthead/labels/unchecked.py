"""What is said where no editor has checked what is out: nobody ever did, or it was corrected since."""

from masthead.labels.dates import spoken
from masthead.labels.record import EarlierCheck, Record
from masthead.language import Message, Value


def unchecked(record: Record) -> Message:
    """One sentence on a record that is not reviewed."""
    earlier = record.checked_earlier
    if earlier is None:
        return Message("No editor’s check is on record.")
    if earlier.self_signed:
        return Message(
            "The person who made it checked it as published on %(date)s; nobody has checked the correction "
            "of %(corrected)s yet.",
            _told(earlier),
            plural="The person who made it checked it as published on %(date)s; nobody has checked the "
            "%(n)s corrections since, the newest of %(corrected)s.",
        )
    return Message(
        "An editor checked it as published on %(date)s; nobody has checked the correction "
        "of %(corrected)s yet.",
        _told(earlier),
        plural="An editor checked it as published on %(date)s; nobody has checked the %(n)s corrections "
        "since, the newest of %(corrected)s.",
    )


def _told(earlier: EarlierCheck) -> dict[str, Value]:
    return {
        "date": spoken(earlier.published_on),
        "corrected": spoken(earlier.corrected_on),
        "n": earlier.corrections,
    }
