"""Records as a newsroom could have them, hostile words included."""

from datetime import date

from hypothesis import strategies as st

from masthead.labels.record import Change, EarlierCheck, Record, Use
from masthead.labels.stayed import SAID
from masthead.vocabulary import Medium, Task, Tier

words = st.sampled_from(
    ("Scribe 3", "Depict", "100 % sûr %(did)s", "<script>alert(1)</script>", "نظام", "W" * 80, "“x”")
)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
uses = st.builds(
    Use,
    system=words,
    task=st.sampled_from(Task),
    tier=st.sampled_from(Tier),
    provider=st.none() | words,
    part=st.none() | words,
)
changes = st.builds(Change, on=days, note=words)
maybe = st.none() | st.booleans()
counts = st.integers(0, 50)
records = st.builds(
    Record,
    outlet=words,
    medium=st.sampled_from(Medium),
    language=st.sampled_from(("en", "fr", "ar", "und")),
    title=words | st.just(""),
    uses=st.lists(uses, max_size=5).map(tuple),
    reviewed=st.booleans(),
    responsible=st.none() | words | st.just(""),
    public_interest=maybe,
    realistic=maybe,
    self_signed=st.booleans(),
    break_glass=st.booleans(),
    second_review=maybe,
    sources=counts,
    looked_for=counts,
    found=counts,
    waived=counts,
    unwaived=counts,
    stayed=st.dictionaries(st.sampled_from([*SAID, "acme.odd"]), st.integers(1, 9)).map(
        lambda found: tuple(sorted(found.items()))
    ),
    checked=st.booleans(),
    checked_since=st.booleans(),
    checked_earlier=st.none() | st.builds(EarlierCheck, days, days, st.integers(1, 3), st.booleans()),
    ungated=st.booleans(),
    published_on=st.none() | days,
    corrections=st.lists(changes, max_size=2).map(tuple),
    withdrawn=st.none() | changes,
    content_sha256=st.none() | st.just("c" * 64),
)


def story(*uses: Use, **changes: object) -> Record:
    """A reviewed English text with somebody who answers for it, changed as a test needs."""
    fields: dict[str, object] = {
        "outlet": "The Harbour Post",
        "medium": Medium.TEXT,
        "language": "en",
        "title": "Flood repairs to cost three times the first estimate",
        "reviewed": True,
        "responsible": "the duty editor",
        "sources": 4,
        "looked_for": 31,
        "found": 30,
        "waived": 1,
        "published_on": date(2026, 11, 12),
    }
    return Record(uses=uses, **(fields | changes))  # type: ignore[arg-type]  # a test may hand in any field


def photo(*uses: Use, **changes: object) -> Record:
    """The same, of a picture."""
    return story(*uses, **({"medium": Medium.IMAGE, "title": "The quay under water"} | changes))


def use(task: Task = Task.SUMMARY, tier: Tier = Tier.T2, **changes: str) -> Use:
    """One use of Scribe 3."""
    return Use("Scribe 3", task, tier, **changes)
