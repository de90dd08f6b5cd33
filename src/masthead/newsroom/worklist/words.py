"""What words are found by: letters without case and accents."""

from unicodedata import combining, normalize

from masthead.newsroom.said import folded


def search_key(text: str) -> str:
    """`text` as it is searched: folded, without case, without accents, in compatible forms (UAX #15).

    At most 1,200 characters: what 300 can become in all but made-up cases.
    """
    plain = normalize("NFKD", normalize("NFKD", folded(text)).casefold())
    return "".join(each for each in plain if not combining(each))[:1200]


def search_words(text: str) -> list[str]:
    """The words of what a person looks for, each once: every one of them is to be found."""
    return list(dict.fromkeys(search_key(text).split()))[:12]
