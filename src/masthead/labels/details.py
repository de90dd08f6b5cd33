"""The details, one click away: every use of every tier, every count, and what is not known."""

from collections.abc import Iterator

from masthead.labels.dates import spoken
from masthead.labels.line import opening
from masthead.labels.record import Change, Record, Use
from masthead.labels.stayed import stayed
from masthead.labels.tasks import touches_pictures, touches_words, written_by_a_person
from masthead.labels.unchecked import unchecked
from masthead.language import Message, Value
from masthead.vocabulary import LABELS, MEANINGS, Medium

WITHDRAWN = Message("Withdrawn")
RESPONSIBLE = Message("Who stands behind it")
DID = Message("What AI did")
CHECKED = Message("What was checked")
EMERGENCY = Message("Published by emergency decision")
CHANGED = Message("Changed since")
SOURCES = Message("Sources")
UNKNOWN = Message("What is not known")

type Pair = tuple[Message, Message]


def details(record: Record) -> tuple[tuple[str, str], ...]:
    """Term and description in the active language; a term that stands several times in a row has several."""
    return tuple((str(term), str(said)) for term, said in _pairs(record))


def _pairs(record: Record) -> Iterator[Pair]:
    if record.withdrawn is not None:
        yield WITHDRAWN, _dated(record.withdrawn)
    yield RESPONSIBLE, _responsible(record)
    for said in _did(record):
        yield DID, said
    for said in _checked(record):
        yield CHECKED, said
    if record.break_glass:
        yield EMERGENCY, _second_review(record)
    for change in sorted(record.corrections, key=lambda c: c.on):
        yield CHANGED, _dated(change)
    yield SOURCES, _sources(record)
    for said in _unknown(record):
        yield UNKNOWN, said


def _dated(change: Change) -> Message:
    return Message("%(date)s: %(note)s", {"date": spoken(change.on), "note": change.note})


def _responsible(record: Record) -> Message:
    if not record.responsible:
        return Message("Nobody is on record as holding editorial responsibility.")
    if record.responsible == record.outlet:
        return Message(
            "%(responsible)s holds editorial responsibility.", {"responsible": opening(record.responsible)}
        )
    return Message(
        "%(responsible)s holds editorial responsibility, for %(outlet)s.",
        {"responsible": opening(record.responsible), "outlet": record.outlet},
    )


def _did(record: Record) -> Iterator[Message]:
    if not record.uses:
        yield Message("No use of AI is on record.")
        return
    for use in record.uses:
        yield _use(use)
    if record.medium is Medium.IMAGE:
        if not any(touches_pictures(record, use) for use in record.uses):
            yield Message("Nothing you see in the picture is on record as made or changed by AI.")
    elif written_by_a_person(record):
        yield Message("No sentence of the text is on record as written by AI.")


def _use(use: Use) -> Message:
    values: dict[str, Value] = {"system": use.system, "task": LABELS[use.task], "tier": MEANINGS[use.tier]}
    if use.provider:
        named = Message("%(system)s by %(provider)s", {"system": use.system, "provider": use.provider})
        values["system"] = named
    if use.part is None:
        return Message("%(system)s: %(task)s. %(tier)s", values)
    return Message("%(system)s: %(task)s, only in “%(part)s”. %(tier)s", {**values, "part": use.part})


def _checked(record: Record) -> Iterator[Message]:
    if record.reviewed and record.self_signed:
        yield Message("The person who made it checked this version and signed it off; nobody else did.")
    elif record.reviewed and record.office:
        yield Message("Checked and signed off by: %(office)s.", {"office": record.office})
    elif record.reviewed:
        yield Message("An editor checked this version and signed it off.")
    else:
        yield unchecked(record)
    if record.checked:
        yield from _found(record)
    elif record.checked_since:
        yield Message("It went out before the checks had looked at it. This is what they found afterwards.")
        yield from _found(record)
    else:
        yield Message("The checks have not looked at this version yet.")


def _found(record: Record) -> Iterator[Message]:
    if record.sources_erased:
        yield Message(
            "Sources it was made from are no longer on record: numbers, names, dates and quotations were not"
            " looked for again."
        )
    elif record.looked_for:
        yield Message(
            "%(n)s number, name, date or quotation was looked for in the sources; %(found)s was found.",
            {"n": record.looked_for, "found": record.found},
            plural="%(n)s numbers, names, dates and quotations were looked for in the sources; "
            "%(found)s were found.",
        )
    elif record.medium is Medium.TEXT:
        yield Message("No number, name, date or quotation was looked for in sources.")
    if record.waived:
        yield Message(
            "%(n)s finding was waived, with a reason on record.",
            {"n": record.waived},
            plural="%(n)s findings were waived, each with a reason on record.",
        )
    # Where the gate was asked and answered, no finding that it would have stopped at stands.
    if record.unwaived and (record.break_glass or record.ungated or not record.checked):
        yield Message(
            "%(n)s finding stands: it was neither mended nor waived.",
            {"n": record.unwaived},
            plural="%(n)s findings stand: they were neither mended nor waived.",
        )
    yield from stayed(record.stayed)


def _second_review(record: Record) -> Message:
    if record.second_review:
        return Message("An editor published it past the usual checks; a second person has reviewed it since.")
    if record.second_review is None:
        return Message("An editor published it past the usual checks; a second person is still to review it.")
    return Message("An editor published it past the usual checks; the review by a second person is overdue.")


def _sources(record: Record) -> Message:
    if record.sources_erased and not record.sources:
        return Message("The sources it was made from are no longer on record.")
    if not record.sources:
        return Message("No source is on record.")
    return Message(
        "Made from %(n)s source, which is not named here.",
        {"n": record.sources},
        plural="Made from %(n)s sources, which are not named here.",
    )


def _unknown(record: Record) -> Iterator[Message]:
    for system in sorted({use.system for use in record.uses if not use.provider}):
        yield Message("Who provides %(system)s is not on record.", {"system": system})
    if record.realistic is None and any(touches_pictures(record, use) for use in record.uses):
        yield Message("Whether it could pass for real was not answered; it is treated as if it could.")
    if record.public_interest is None and any(touches_words(record, use) for use in record.uses):
        yield Message("Whether it is of public interest was not answered; it is treated as if it were.")
    yield Message("AI use that nobody recorded is not in this account.")
