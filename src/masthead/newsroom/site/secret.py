"""The key that signs sessions and one-time links: made once for each home folder, read by nobody else."""

import os
from pathlib import Path
from secrets import token_urlsafe

KEY = Path("keys") / "django.key"


def create(home: Path) -> None:
    """Make the key where there is none, readable by its owner alone. Of two at once, one makes it."""
    path = home / KEY
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    # Linked under its name when it is whole: nobody ever reads half a key, and nobody's is replaced.
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
