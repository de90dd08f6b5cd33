"""One text against its sources: read both, look for each thing, say what is missing."""

from collections.abc import Callable, Iterable, Iterator

from masthead.checks.bounds import go_on
from masthead.checks.finding import Finding
from masthead.checks.subject import Subject
from masthead.checks.traceability import tongues
from masthead.checks.traceability.amounts import Amount, amounts
from masthead.checks.traceability.calendar_names import Named, named
from masthead.checks.traceability.dates import Date, dates
from masthead.checks.traceability.links import TextLink, links
from masthead.checks.traceability.names import Name, names, words_without_case
from masthead.checks.traceability.quotations import Quotation, quotations
from masthead.checks.traceability.rough import Rough, rough
from masthead.checks.traceability.saying import Answers, Said
from masthead.checks.traceability.scope import Scope
from masthead.checks.traceability.shelf import Book, Shelf
from masthead.checks.traceability.tokens import tokenise
from masthead.checks.traceability.tracing import Index


class Trace:
    """The work of one call of the check."""

    def __init__(self, subject: Subject, scope: Scope, check: str) -> None:
        self._document, self._scope, self._check = subject.document, scope, check
        self._tokens = tokenise(subject.document.text)
        self._tongue = tongues.tongue_of_text(subject.language, tongues.guess(self._tokens))
        books = [
            Book(source.label, source.document, tokenise(source.document.text))
            for source in subject.sources
            if source.document is not None
        ]
        index = Index()
        for number, book in enumerate(books):
            self._take_in(index, number, book)
        self._answers = Answers(self._tokens, Shelf(books), index, tongues.primary(subject.language))
        self.counts: dict[str, int] = {}

    def _take_in(self, index: Index, number: int, book: Book) -> None:
        tongue = tongues.tongue_of_source(tongues.guess(book.tokens), self._tongue.languages)
        found = dates(book.tokens, tongue.languages)
        index.add_dates(number, found.found)
        index.add_named(number, named(book.tokens, found, tongue.languages))
        index.add_amounts(number, book.document, amounts(book.tokens, tongue, found.taken))
        index.rough.update(found.word for found in rough(book.tokens))
        index.add_links(number, links(book.document, book.tokens))

    def findings(self) -> Iterator[Finding]:
        """What is in no source; `counts` is complete once all are taken."""
        tokens, document, answers = self._tokens, self._document, self._answers
        found = dates(tokens, self._tongue.languages)
        days: list[Date | Named] = [*found.found, *named(tokens, found, self._tongue.languages)]
        figures = list(_apart(amounts(tokens, self._tongue, found.taken)))
        taken = found.taken.union(*(range(figure.first, figure.after) for figure in figures))
        inside = {tokens.starts[index] for index in taken}
        numbers: list[Amount | Rough] = [
            *figures,
            *(found for found in rough(tokens) if found.start not in inside),
        ]
        yield from self._look("numbers", numbers, answers.number)
        yield from self._look("dates", days, answers.date)
        yield from self._look("quotations", quotations(document, tokens), answers.quotation)
        yield from self._look("names", names(document, tokens, self._tongue.languages, taken), answers.name)
        yield from self._look("links", links(document, tokens), answers.link)
        uncased = words_without_case(tokens)
        if uncased:
            self.counts["words_without_case"] = uncased

    def _look[T: Amount | Rough | Date | Named | Quotation | Name | TextLink](
        self, kind: str, things: Iterable[T], answer: Callable[[T], Said | None]
    ) -> Iterator[Finding]:
        looked = missing = 0
        for thing in things:
            if (thing.start, thing.end) not in self._scope:
                continue
            go_on()
            looked += 1
            said = answer(thing)
            if said is None:
                continue
            missing += 1
            quote = self._document.text[thing.start : thing.end]
            start, end = (thing.start, thing.end) if quote else (None, None)
            yield Finding(
                self._check, said.code, said.level, said.message, quote or None, start, end, said.nearest
            )
        self.counts[kind], self.counts[f"{kind}_found"] = looked, looked - missing


def _apart(figures: Iterable[Amount]) -> Iterator[Amount]:
    """The amounts without those inside another, as two readings of one stretch may be."""
    reached = 0
    for amount in figures:
        if amount.start >= reached:
            yield amount
            reached = amount.end
