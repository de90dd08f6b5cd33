"""News-like texts of any length, with the density of figures, names, dates and quotations of a report."""

import random

PEOPLE = (
    "Mara Oyelaran",
    "Idris Vanterpool",
    "Chloé Delacroix-Baptiste",
    "Tomasz Wrzesniewski",
    "Aiko Hanamura",
)
BODIES = ("Lagoon Trust", "Harbour Authority", "Northgate Council", "River Commission", "Institute of Tides")
MONTHS = ("January", "March", "May", "June", "September", "November")
PLAIN = (
    "The report was read aloud before anyone had finished counting the chairs in the hall.",
    "Nobody in the room could say why the earlier plan had been set aside without a vote.",
    "Residents asked whether the pumps would be tested before the winter and were told they would.",
    "It is the kind of question that a committee answers by forming another committee.",
)


def sentences(seed: int) -> list[str]:
    """Every sentence the generator knows, filled in from `seed`."""
    rng = random.Random(seed)
    person, other = rng.sample(PEOPLE, 2)
    body = rng.choice(BODIES)
    day, month, year = rng.randint(1, 28), rng.choice(MONTHS), rng.randint(2019, 2026)
    homes, share, cost = rng.randint(200, 9000), rng.randint(3, 97), rng.randint(2, 90)
    return [
        f"{person}, who chairs the {body}, said the work would cost £{cost}.{rng.randint(1, 9)} million.",
        f"Officers counted {homes:,} homes on {day} {month} {year} and found {share}% of them empty.",
        f"“We have waited {rng.randint(2, 19)} years for an answer from the {body},” {other} said.",
        f"The first phase covers {rng.randint(3, 60)} streets and ends in {month} {year + 1}.",
        *PLAIN,
    ]


def text(words: int, seed: int = 1) -> str:
    """A text of about `words` words, the same for the same arguments."""
    paragraphs: list[str] = []
    count = 0
    while count < words:
        paragraph = " ".join(sentences(seed * 1000 + len(paragraphs)))
        count += len(paragraph.split())
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + "\n"


def story_and_sources(words: int) -> tuple[str, list[str]]:
    """A story of about `words` words and three sources as long: two hold most of its facts, one none."""
    paragraphs = text(words).split("\n\n")
    first = "\n\n".join(paragraphs[: len(paragraphs) * 2 // 3])
    second = "\n\n".join(paragraphs[len(paragraphs) // 3 : -1] or paragraphs)
    filler = text(words, seed=7)
    return text(words), [first + text(words // 3, seed=3), second + text(words // 3, seed=4), filler]
