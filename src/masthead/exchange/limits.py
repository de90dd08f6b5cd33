"""How much one exchange may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so many bytes (as they come, and unpacked), seconds from first to last, and redirects."""

    size: int = 20_000_000
    seconds: float = 20.0
    redirects: int = 5
