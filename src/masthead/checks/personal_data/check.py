"""The check `personal_data`: the pattern tier."""

from collections import Counter
from collections.abc import Iterable, Iterator

from masthead.checks.bounds import go_on
from masthead.checks.finding import Finding, Outcome
from masthead.checks.personal_data.account import cards, ibans
from masthead.checks.personal_data.email import emails
from masthead.checks.personal_data.fold import fold
from masthead.checks.personal_data.national import national_ids
from masthead.checks.personal_data.phone import phones
from masthead.checks.personal_data.place import Kind, Place, one_each
from masthead.checks.personal_data.scan import scan
from masthead.checks.subject import Subject
from masthead.language import Message
from masthead.reading.document import Link

_COUNTED = {
    Kind.EMAIL: "emails",
    Kind.PHONE: "phones",
    Kind.IBAN: "ibans",
    Kind.CARD: "cards",
    Kind.NATIONAL_ID: "national_ids",
}
_MESSAGES = {
    (Kind.EMAIL, ""): Message("An e-mail address stands in the text."),
    (Kind.EMAIL, "role"): Message("The e-mail address of a desk or an office stands in the text."),
    (Kind.PHONE, ""): Message("A phone number stands in the text."),
    (Kind.PHONE, "service"): Message("A service phone number stands in the text."),
    (Kind.PHONE, "unsure"): Message("What looks like a phone number stands in the text."),
    (Kind.IBAN, ""): Message("A bank account number (IBAN) stands in the text."),
    (Kind.CARD, ""): Message("A payment card number stands in the text."),
}


class PersonalData:
    """Looks in the words to be published for contact data, accounts, cards and national identity numbers.

    Private-looking data is an error, what only might be such data a warning, a role address or a service
    number a note. Messages name the kind and never repeat the value, which stands in `quote`. Targets of
    `mailto:` and `tel:` links and a title that is not in the text are looked at too. Sources are not: they
    are not published.

    Some national numbers hold a birth date that their validators compare with today's.
    """

    id = "personal_data"
    version = "1"

    def __call__(self, subject: Subject) -> Outcome:
        """Findings by place, and `emails`, `phones`, `ibans`, `cards`, `national_ids` counted."""
        document = subject.document
        text = document.text
        places = list(find(text, subject.language))
        findings = [
            _finding(place, _said(place), text[place.start : place.end], place.start, place.end)
            for place in places
        ]
        counts = Counter(place.kind for place in places)
        known = {(place.start, place.end) for place in places}
        for link, place in _in_links(document.links, subject.language):
            if (link.start, link.end) in known:
                continue  # the words that carry the link are the address itself
            quote = text[link.start : link.end]
            said = Message("The link on these words holds personal data. %(what)s", {"what": _said(place)})
            findings.append(_finding(place, said, quote, link.start, link.end))
            known.add((link.start, link.end))
            counts[place.kind] += 1
        if document.title and document.title not in text:
            for place in find(document.title, subject.language):
                said = Message("The title holds personal data. %(what)s", {"what": _said(place)})
                findings.append(_finding(place, said, document.title[place.start : place.end], None, None))
                counts[place.kind] += 1
        return Outcome(tuple(findings), tuple((name, counts[kind]) for kind, name in _COUNTED.items()))


def find(text: str, language: str) -> Iterator[Place]:
    """Every place of personal data in reading order; of overlapping ones the surest."""
    folded = fold(text)
    spots = scan(folded)
    found = list(emails(folded, spots.at))
    for stretch in spots.stretches:
        go_on()
        found += ibans(folded, stretch)
        found += cards(folded, stretch)
        found += national_ids(folded, stretch)
        found += phones(folded, stretch, language)
    return one_each(found)


def _in_links(links: Iterable[Link], language: str) -> Iterator[tuple[Link, Place]]:
    from urllib.parse import unquote

    for link in links:
        scheme, _, rest = link.target.partition(":")
        if scheme.lower() in ("mailto", "tel", "sms"):
            said = unquote(rest.partition("?")[0])
            prefix = "" if scheme.lower() == "mailto" else "tel: "
            yield from ((link, place) for place in find(prefix + said, language))


def _finding(place: Place, message: Message, quote: str, start: int | None, end: int | None) -> Finding:
    code = place.kind.name.lower()
    return Finding(PersonalData.id, code, place.level, message, quote, start, end)


def _said(place: Place) -> Message:
    if place.kind is not Kind.NATIONAL_ID:
        return _MESSAGES[place.kind, place.why]
    if place.why == "unsure":
        return Message(
            "What looks like a national identity number (%(kind)s) stands in the text.", {"kind": place.name}
        )
    return Message("A national identity number (%(kind)s) stands in the text.", {"kind": place.name})
