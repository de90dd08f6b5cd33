"""All checks on an item with three sources as long as itself, warm."""

from collections.abc import Iterator

from bench.clock import cost
from bench.figure import Figure, at_most, at_most_times
from bench.texts import story_and_sources
from masthead import checks
from masthead.checks import AIUse, Source, Subject
from masthead.reading import Document, read
from masthead.vocabulary import Task, Tier


def figures() -> Iterator[Figure]:
    """The item of 1,000 words, and the one of ten times its length."""
    small, extraction = _measure(1_000, rounds=60)
    yield Figure(
        "checks.item_1000_words",
        small,
        "ms CPU",
        "at most 50 ms",
        at_most(50),
        {"extraction of the four files, apart": extraction},
    )
    large, extraction = _measure(10_000, rounds=12)
    yield Figure(
        "checks.item_10000_words",
        large,
        "ms CPU",
        "at most 15 times the item of 1,000 words",
        at_most_times(15, "item of 1,000 words"),
        {"item of 1,000 words": small, "extraction of the four files, apart": extraction},
    )


def _measure(words: int, *, rounds: int) -> tuple[float, float]:
    story, sources = story_and_sources(words)
    files = [content.encode() for content in (story, *sources)]

    def extract() -> list[Document]:
        return [read(content, media_type="text/markdown") for content in files]

    document, *others = extract()
    subject = Subject(
        document=document,
        language="en",
        sources=tuple(Source(f"source {n}", other) for n, other in enumerate(others)),
        ai_uses=(AIUse("Scribe 3", Task.SUMMARY, Tier.T2),),
        content=files[0],
    )
    report = checks.run(subject)
    if report.not_run:
        raise SystemExit(f"a check did not run: {report.not_run}")
    return cost(lambda: checks.run(subject), rounds=rounds), cost(extract, rounds=rounds)
