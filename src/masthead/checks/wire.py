"""Subjects and outcomes as JSON and bytes, for a check that runs in another process.

What comes back is read strictly: another's code wrote it. Every `read_*` raises `ValueError`, naming the
kind of fault and never a value.
"""

from typing import Any

from masthead.checks.finding import Finding, Nearest, Outcome
from masthead.checks.subject import AIUse, Source, Subject
from masthead.language import Message
from masthead.reading.document import Block, BlockKind, Document, Link, Picture
from masthead.vocabulary import Level, Medium, Task, Tier

type JSONObject = dict[str, Any]

MOST_FINDINGS = 100_000
"""More than this is no answer a person can use: read as rubbish."""


def write_subject(subject: Subject) -> tuple[JSONObject, list[bytes]]:
    """A header and the blobs: the content first, then each certificate."""
    header: JSONObject = {
        "document": _document(subject.document),
        "language": subject.language,
        "sources": [
            {
                "label": source.label,
                "document": None if source.document is None else _document(source.document),
                "problem": None if source.problem is None else source.problem.to_json(),
            }
            for source in subject.sources
        ],
        "ai_uses": [
            {"system": use.system, "task": use.task, "tier": use.tier, "part": use.part}
            for use in subject.ai_uses
        ],
    }
    return header, [subject.content, *subject.trust]


def read_subject(header: JSONObject, blobs: list[bytes]) -> Subject:
    """The subject that `write_subject` wrote."""
    content, *trust = blobs
    return Subject(
        document=_read_document(header["document"]),
        language=header["language"],
        sources=tuple(
            Source(
                label=source["label"],
                document=None if source["document"] is None else _read_document(source["document"]),
                problem=None if source["problem"] is None else Message.from_json(source["problem"]),
            )
            for source in header["sources"]
        ),
        ai_uses=tuple(
            AIUse(
                system=use["system"],
                task=None if use["task"] is None else Task(use["task"]),
                tier=Tier(use["tier"]),
                part=None if use["part"] is None else (use["part"][0], use["part"][1]),
            )
            for use in header["ai_uses"]
        ),
        content=content,
        trust=tuple(trust),
    )


def write_outcome(outcome: Outcome) -> JSONObject:
    """An outcome as JSON. Raises `ValueError` for anything that is not an outcome through and through."""
    if not isinstance(outcome, Outcome):
        raise ValueError("not an outcome")
    try:
        answer: JSONObject = {
            "findings": [_finding(finding) for finding in outcome.findings],
            "counts": [[name, count] for name, count in outcome.counts],
        }
    except (AttributeError, TypeError) as fault:
        raise ValueError("an outcome with foreign parts") from fault
    read_outcome(answer)
    return answer


def read_outcome(data: object) -> Outcome:
    """The outcome that `write_outcome` wrote; `ValueError` where it is none."""
    try:
        return _read_outcome(data)
    except (AttributeError, IndexError, KeyError, TypeError) as fault:
        raise ValueError("an outcome of the wrong shape") from fault


def _read_outcome(data: Any) -> Outcome:
    if len(data["findings"]) > MOST_FINDINGS:
        raise ValueError("too many findings")
    return Outcome(
        findings=tuple(_read_finding(finding) for finding in data["findings"]),
        counts=tuple((_text(name), _number(count)) for name, count in data["counts"]),
    )


_NESTED = ("medium", "blocks", "links", "pictures")


def _document(document: Document) -> JSONObject:
    return {
        "medium": document.medium,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "canonical_sha256": document.canonical_sha256,
        "size": document.size,
        "text": document.text,
        "title": document.title,
        "blocks": [[block.kind, block.start, block.end] for block in document.blocks],
        "links": [[link.target, link.start, link.end] for link in document.links],
        "pictures": [[each.address, each.alternative, each.block] for each in document.pictures],
        "width": document.width,
        "height": document.height,
    }


def _read_document(data: JSONObject) -> Document:
    plain = {name: value for name, value in data.items() if name not in _NESTED}
    return Document(
        medium=Medium(data["medium"]),
        blocks=tuple(Block(BlockKind(kind), start, end) for kind, start, end in data["blocks"]),
        links=tuple(Link(target, start, end) for target, start, end in data["links"]),
        pictures=tuple(Picture(*each) for each in data.get("pictures", ())),
        **plain,
    )


def _finding(finding: Finding) -> JSONObject:
    nearest = finding.nearest
    return {
        "check": finding.check,
        "code": finding.code,
        "level": finding.level,
        "message": finding.message.to_json(),
        "quote": finding.quote,
        "start": finding.start,
        "end": finding.end,
        "nearest": nearest
        and {
            "source": nearest.source,
            "quote": nearest.quote,
            "start": nearest.start,
            "end": nearest.end,
            "difference": [list(pair) for pair in nearest.difference],
        },
    }


def _read_finding(data: Any) -> Finding:
    nearest = data["nearest"]
    return Finding(
        check=_text(data["check"]),
        code=_text(data["code"]),
        level=Level(data["level"]),
        message=_message(data["message"]),
        quote=None if data["quote"] is None else _text(data["quote"]),
        start=None if data["start"] is None else _number(data["start"]),
        end=None if data["end"] is None else _number(data["end"]),
        nearest=None
        if nearest is None
        else Nearest(
            source=_text(nearest["source"]),
            quote=_text(nearest["quote"]),
            start=_number(nearest["start"]),
            end=_number(nearest["end"]),
            difference=tuple((_text(kind), _text(words)) for kind, words in nearest["difference"]),
        ),
    )


def _message(data: Any) -> Message:
    """A message that can be shown: template, values and plural of the right types, and they fit together."""
    _text(data["template"])
    if data["plural"] is not None:
        _text(data["plural"])
    for name, value in data["values"].items():
        _text(name)
        if isinstance(value, dict):
            _message(value)
        elif not isinstance(value, str | int | float):
            raise ValueError("a message with foreign values")
    return Message.from_json(data)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("not a whole number")
    return value
