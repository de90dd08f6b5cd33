"""`masthead check`: look at a file before anyone else does. No record is needed and none is made."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.taking import Ai, Json, Lang, Sources

if TYPE_CHECKING:
    from masthead.checks import Source, Subject
    from masthead.checks.finding import Finding, Report
    from masthead.newsroom.site.home import Settings
    from masthead.reading import Document, Limits
    from masthead.vocabulary import Consequence

BLOCKED = 1


def check(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A story or a picture.")],
    source: Sources = None,
    ai: Ai = None,
    lang: Lang = "auto",
    json: Json = False,
) -> None:
    """Run the checks on a file and print what they find, at the exact words.

    Exit 0 where nothing is found that the default controls block, 1 where something is or a required check
    did not run, 2 where the file cannot be read.
    """
    from masthead import checks, declaration
    from masthead.cli.output import working
    from masthead.gate.findings import consequence_for
    from masthead.language import gettext
    from masthead.reading import Limits
    from masthead.vocabulary import Consequence, Profile

    here = _settings()
    subject = _subject(path, source or [], ai or [], lang, Limits(size=here.max_upload))
    controls = declaration.load().controls_for(Profile.SMALL)
    required = sorted({name for control in controls for name in control.checks})
    with working(gettext("Checking…")):
        report = checks.run(subject, required=required, allowed=here.checks)
    weighed = [(each, consequence_for(each.check, each.level, controls)) for each in report.findings]
    if json:
        from masthead.cli.output import as_json

        as_json(_json(path, subject.document, subject.language, weighed, report))
    else:
        _tell(subject.document, weighed, report)
    blocked = any(weight is Consequence.BLOCK for _, weight in weighed)
    failed = any(each.check in required for each in report.not_run)
    raise typer.Exit(BLOCKED if blocked or failed else 0)


def _subject(path: Path, sources: list[Path], ai: list[str], lang: str, limits: "Limits") -> "Subject":
    """What the checks look at. How AI was used is read first: who mistypes it waits for no file."""
    from masthead.checks import AIUse, Subject
    from masthead.cli.ai import parse_ai
    from masthead.cli.given import bytes_of
    from masthead.reading import read
    from masthead.reading.language import detect

    uses = tuple(AIUse(*parse_ai(each)) for each in ai)
    content = bytes_of(path, limits.size)
    document = read(content, name=path.name, limits=limits)
    return Subject(
        document=document,
        language=detect(document.text) if lang == "auto" else lang,
        sources=tuple(_source(each, limits) for each in sources),
        ai_uses=uses,
        content=content,
        trust=_trust(),
    )


def _settings() -> "Settings":
    from masthead.cli.desk import tell_of_mistyped
    from masthead.newsroom.site import home

    tell_of_mistyped(folder := home.find(Path.cwd()))
    return home.settings(folder)


def _trust() -> tuple[bytes, ...]:
    from masthead.cli.sealing import trusted

    return tuple(trusted([]))


def _source(path: Path, limits: "Limits") -> "Source":
    """A source given by its path. One that is not there is an error; one we cannot read is a finding."""
    from masthead.checks import Source
    from masthead.cli.given import bytes_of
    from masthead.errors import CannotRead
    from masthead.reading import read

    content = bytes_of(path, limits.size)
    try:
        return Source(path.name, read(content, name=path.name, limits=limits))
    except CannotRead as error:
        return Source(path.name, None, error.what)


def finding_json(found: "Finding", weight: "Consequence | None" = None) -> dict[str, Any]:
    """A finding in the form of the contract: offsets are code points of the text, null without a place."""
    nearest = found.nearest
    told: dict[str, Any] = {"check": found.check, "level": found.level.value}
    if weight is not None:
        told["consequence"] = weight.value
    return told | {
        "code": found.code,
        "message": str(found.message),
        "quote": found.quote,
        "start": found.start,
        "end": found.end,
        "nearest": nearest
        and {
            "source": nearest.source,
            "quote": nearest.quote,
            "start": nearest.start,
            "end": nearest.end,
            "difference": [list(part) for part in nearest.difference],
        },
    }


def _json(
    path: Path,
    document: "Document",
    language: str,
    weighed: "list[tuple[Finding, Consequence]]",
    report: "Report",
) -> dict[str, Any]:
    return {
        "path": str(path),
        "sha256": document.sha256,
        "language": language,
        "text": document.text,
        "findings": [finding_json(found, weight) for found, weight in weighed],
        "not_run": [{"check": each.check, "why": str(each.why)} for each in report.not_run],
    }


def _tell(document: "Document", weighed: "list[tuple[Finding, Consequence]]", report: "Report") -> None:
    from masthead.cli.findings import finding_lines
    from masthead.cli.output import say
    from masthead.language import Message, gettext

    for found, weight in weighed:
        for line, style in finding_lines(document.text, found, weight):
            say(line, style)
    for each in report.not_run:
        say(Message("could not check: %(check)s. %(why)s", {"check": each.check, "why": each.why}), "red")
    looked = {name.split(".")[-1]: n for name, n in report.counts if not name.endswith("_found")}
    total = sum(
        n for name, n in looked.items() if name in ("numbers", "dates", "quotations", "names", "links")
    )
    if total:
        say(
            Message(
                "Looked for %(n)d thing in the sources.",
                {"n": total},
                "Looked for %(n)d things in the sources.",
            )
        )
    if not weighed and not report.not_run:
        say(gettext("Nothing found."), "green")
