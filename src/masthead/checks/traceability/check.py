"""The check: what a text says that none of its sources does."""

from collections.abc import Iterator

from masthead.checks.finding import Finding, Outcome, in_reading_order
from masthead.checks.subject import Subject
from masthead.checks.traceability.scope import scope_of
from masthead.checks.traceability.trace import Trace
from masthead.language import Message
from masthead.vocabulary import Level, Medium

ID = "traceability"


class Traceability:
    """Every number, date, quotation, name and link of a text, looked for in its sources.

    It says that something is in no source, never that it is false; and that it is in a source, never that
    the source is right or means the same. The same input always gives the same findings.
    """

    id = ID
    version = "1"

    def __call__(self, subject: Subject) -> Outcome:
        """What of `subject` is in no source. Nothing is looked for without a source or a material AI use.

        For each of `numbers`, `dates`, `quotations`, `names` and `links` the counts say how many were looked
        for and, under the name with `_found`, how many are in a source. `words_without_case` counts words of
        scripts without capitals, in which no names are looked for.
        """
        scope = scope_of(subject)
        findings = [*_about_sources(subject)]
        if scope is None:
            return Outcome(in_reading_order(findings))
        trace = Trace(subject, scope, ID)
        findings.extend(trace.findings())
        return Outcome(in_reading_order(findings), tuple(trace.counts.items()))


def _about_sources(subject: Subject) -> Iterator[Finding]:
    """Findings without a place: a material AI use without a source, sources that could not be read."""
    if subject.document.medium is not Medium.TEXT:
        return
    material = sorted({use.system for use in subject.ai_uses if use.tier.material})
    if material and not any(source.document for source in subject.sources):
        said = Message(
            "AI had a material part in this text (%(systems)s), and there is no source to trace it to.",
            {"systems": ", ".join(material)},
        )
        yield Finding(ID, "no_source", Level.ERROR, said)
    for source in subject.sources:
        if source.document is None:
            why = source.problem or Message("no reason is known")
            said = Message(
                "The source %(source)s could not be read, so nothing was looked for in it: %(why)s",
                {"source": source.label, "why": why},
            )
            yield Finding(ID, "source_not_read", Level.WARNING, said)
