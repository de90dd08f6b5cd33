"""The reference in `docs/reference/`, written from what it describes: `python -m scripts.reference`."""

from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.reference import api, cli, permissions, personal_data, settings, vectors

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": settings.page,
    "cli.md": cli.page,
    "permissions.md": permissions.page,
    "personal-data.md": personal_data.page,
    "api.md": api.page,
    "openapi.json": api.openapi,
    "log-vectors.json": vectors.page,
}
"""Each page by its name, and what writes it."""
