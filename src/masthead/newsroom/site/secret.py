"""The key that signs sessions and one-time links: made once for each home folder, read by nobody else."""

from pathlib import Path
from secrets import token_urlsafe

from masthead.newsroom import lasting

KEY = Path("keys") / "django.key"


def create(home: Path) -> None:
    """Make the key where there is none, readable by its owner alone. Of two at once, one makes it."""
    path = home / KEY
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    lasting.first(path, token_urlsafe(48).encode())
