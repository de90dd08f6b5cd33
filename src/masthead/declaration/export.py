"""The catalogue as JSON, in one language.

The whole:

    {"language", "review", "translators",
     "principles": [{"id", "title", "text"}],
     "commitments": [{"id", "principle", "title", "text",
                      "reference": {"text", "title", "locales", "principle", "part", "position",
                                    "caveat": {"locales", "note"} | null},
                      "readings": {"duty_bearer", "watchdog"} | null,
                      "controls": [id],
                      "question": {"id", "text", "evidence", "asked", "cadence_days"} | null,
                      "status"}],
     "controls": [{"id", "title", "guidance", "commitments", "moment", "method", "evidence", "consequence",
                   "checks", "rule" | null, "tiers", "stages", "cadence_days" | null, "profiles",
                   "rests_on": [id], "answered_by": [id]}]}

`text` of a principle or reference is the id of the source text, whose sentences are not in the product.
"""

from collections.abc import Mapping

from masthead.declaration.catalogue import Catalogue
from masthead.declaration.commitment import Commitment
from masthead.declaration.control import Control
from masthead.declaration.status import Status
from masthead.declaration.words import Words

type Json = str | int | list[Json] | dict[str, Json] | None


def catalogue_json(catalogue: Catalogue, words: Words, statuses: Mapping[str, Status]) -> dict[str, Json]:
    """The whole catalogue, in source order; `statuses` says where each commitment stands."""
    return {
        "language": words.tag,
        "review": words.review,
        "translators": list(words.translators),
        "principles": [
            {"id": one.id, "title": words.sections[one.id], "text": one.source} for one in catalogue.sections
        ],
        "commitments": [
            commitment_json(catalogue, words, one, statuses[one.id]) for one in catalogue.commitments
        ],
        "controls": [control_json(words, one) for one in catalogue.controls],
    }


def commitment_json(catalogue: Catalogue, words: Words, one: Commitment, status: Status) -> dict[str, Json]:
    """One commitment, and where it stands."""
    said = words.commitments[one.id]
    readings = said.readings
    return {
        "id": one.id,
        "principle": one.section,
        "title": said.title,
        "text": said.text,
        "reference": _reference(catalogue, words, one),
        "readings": {"duty_bearer": readings.duty_bearer, "watchdog": readings.watchdog}
        if readings
        else None,
        "controls": [control.id for control in catalogue.controls_of(one.id)],
        "question": _question(catalogue, words, one),
        "status": status,
    }


def control_json(words: Words, one: Control) -> dict[str, Json]:
    """One control, in full."""
    said = words.controls[one.id]
    return {
        "id": one.id,
        "title": said.title,
        "guidance": said.guidance,
        "commitments": list(one.commitments),
        "moment": one.moment,
        "method": one.method,
        "evidence": one.evidence,
        "consequence": one.consequence,
        "checks": list(one.checks),
        "rule": one.rule,
        "tiers": list(one.tiers),
        "stages": list(one.stages),
        "cadence_days": one.cadence_days,
        "profiles": list(one.profiles),
        "rests_on": list(one.rests_on),
        "answered_by": list(one.answered_by),
    }


def _reference(catalogue: Catalogue, words: Words, one: Commitment) -> dict[str, Json]:
    source = next(source for source in catalogue.sources if source.id == one.source)
    note = words.commitments[one.id].caveat
    return {
        "text": source.id,
        "title": words.sources[source.id],
        "locales": list(source.locales),
        "principle": one.principle,
        "part": one.part,
        "position": one.position,
        "caveat": {"locales": list(one.caveat_locales), "note": note} if note else None,
    }


def _question(catalogue: Catalogue, words: Words, one: Commitment) -> dict[str, Json] | None:
    question = catalogue.question_of(one.id)
    if question is None:
        return None
    return {
        "id": question.id,
        "text": words.questions[question.id],
        "evidence": question.evidence,
        "asked": question.asked,
        "cadence_days": question.cadence_days,
    }
