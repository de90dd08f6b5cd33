"""What was found and stayed, in words: the findings that nobody mended or waived before it went out."""

from collections.abc import Iterable, Iterator, Mapping

from masthead.language import Message

_NUMBER = Message(
    "%(n)s number is in no source as it stands here.",
    plural="%(n)s numbers are in no source as they stand here.",
)
_DATE = Message(
    "%(n)s date is in no source as it stands here.",
    plural="%(n)s dates are in no source as they stand here.",
)
_QUOTATION = Message(
    "%(n)s quotation is in no source as it stands here.",
    plural="%(n)s quotations are in no source as they stand here.",
)
_NAME = Message(
    "%(n)s name is in no source as it stands here.",
    plural="%(n)s names are in no source as they stand here.",
)
_LINK = Message("%(n)s link is in no source.", plural="%(n)s links are in no source.")
_UNREAD = Message(
    "%(n)s source could not be read, so nothing was looked for in it.",
    plural="%(n)s sources could not be read, so nothing was looked for in them.",
)
_LEFTOVER = Message(
    "%(n)s passage looks like something that an AI assistant left in the text.",
    plural="%(n)s passages look like something that an AI assistant left in the text.",
)
_TIER = Message(
    "%(n)s use of AI is on record as mattering less than is usual for its task.",
    plural="%(n)s uses of AI are on record as mattering less than is usual for their tasks.",
)
_UNRECORDED = Message(
    "%(n)s use of AI that the file itself tells of is not on record.",
    plural="%(n)s uses of AI that the file itself tells of are not on record.",
)

SAID: Mapping[str, Message] = {
    **dict.fromkeys(
        [f"traceability.{code}" for code in ("number", "number_rounded", "number_kind", "number_currency")],
        _NUMBER,
    ),
    **dict.fromkeys([f"traceability.{code}" for code in ("date", "date_part", "date_weekday")], _DATE),
    **dict.fromkeys(
        [f"traceability.{code}" for code in ("quotation", "quotation_altered", "quotation_cut")], _QUOTATION
    ),
    **dict.fromkeys([f"traceability.{code}" for code in ("name", "name_apart")], _NAME),
    "traceability.link": _LINK,
    "traceability.no_source": Message(
        "AI had a material part in the text, and there was no source to trace it to."
    ),
    "traceability.source_not_read": _UNREAD,
    **dict.fromkeys(
        [
            f"declared_use.{code}"
            for code in ("assistant_talk", "citation_mark", "assistant_link", "placeholder")
        ],
        _LEFTOVER,
    ),
    "declared_use.tier_low": _TIER,
    "credentials_on_arrival.invalid": Message("The credential that the file came with was not intact."),
    "credentials_on_arrival.unrecorded": _UNRECORDED,
}
"""By check and code, in the order they are told.

Personal data is not among them, nor what a check of others found: to tell readers that there is some would
point at whoever it is of.
"""


def stayed(counts: Iterable[tuple[str, int]]) -> Iterator[Message]:
    """A sentence on each sort of finding that stayed; findings that are not told in words are left out."""
    found = dict(counts)
    totals: dict[str, int] = {}
    for code, said in SAID.items():
        if found.get(code):
            totals[said.template] = totals.get(said.template, 0) + found[code]
    for said in {message.template: message for message in SAID.values()}.values():
        if said.template in totals:
            yield Message(said.template, {"n": totals[said.template]} if said.plural else {}, said.plural)
