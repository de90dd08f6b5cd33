"""How much of a file we are willing to take in."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Each is the most that is taken; what is larger is refused, never cut."""

    size: int = 50_000_000
    """Bytes of the file; an organisation sets it as `MASTHEAD_MAX_UPLOAD`."""
    characters: int = 1_000_000
    """Code points of text: a long novel."""
    blocks: int = 50_000
    """Paragraphs, headings, items of lists and cells of tables; of Markdown, also lines as typed."""
    pages: int = 2_000
    """Pages of a PDF."""
    unpacked: int = 300_000_000
    """Bytes that a zipped document may unpack to."""
    entries: int = 5_000
    """Files inside a zipped document."""
    pixels: int = 150_000_000
    """Pixels of an image, all its frames together."""
    seconds: float = 30.0
    memory: int = 1_500_000_000
    """Bytes a parser may use."""

    def to_json(self) -> dict[str, int | float]:
        """The limits as a JSON object, keys as above."""
        return asdict(self)


USUAL = Limits()
"""What holds where nobody set anything else."""
