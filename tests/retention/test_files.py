"""Each file of a home folder is in the list that says what it holds: no copy of anything is forgotten."""

import re
from fnmatch import fnmatch
from pathlib import Path

from tests.newsroom.logins import client_of
from tests.retention import planted

from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.watch import verify
from masthead.newsroom.items import leftovers
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Ground

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "personal-data.md"
KNOWN = {
    "db.sqlite3", "-wal", "-shm", "blobs/", "public/", "publish", "folders/", "erasures.jsonl",
    "counts.sqlite3", "keys/", "replaced/", "damage/", "config.toml", "high-water.json", "verified.json",
    "leftovers.json", "last-round", "witnessed/", "damage.json", "setup.code", "static/", "*.lock",
}  # fmt: skip


def listed() -> set[str]:
    """What the page names, a line of its table for each."""
    table = PAGE.read_text().partition("## Files in the home folder")[2].partition("## Columns")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall("`([^`]+)`", row)}


def covered(path: Path, names: set[str]) -> bool:
    first, *inner = path.parts
    if inner:
        return f"{first}/" in names
    return any(fnmatch(first, each) for each in names) or re.sub("-(wal|shm|journal)$", "", first) in names


def test_the_list_is_the_one_that_was_thought_through():
    assert listed() == KNOWN


def test_every_file_of_a_desk_at_work_is_on_it(small):
    item = planted.draft(small, planted.Words())
    gone = planted.leaver(small)
    planted.question(small, gone.items[0], planted.Words())
    client = client_of(small.editor)
    for page in ("/desk/", f"/desk/items/{item.public_id}/", "/", f"/items/{gone.items[0].public_id}/"):
        assert client.get(page).status_code == 200
    client.post("/desk/login/", {"login": "nobody@example.org", "password": "wrong"})
    publish_checkpoint()
    verify()
    leftovers.remember()
    commands.erase(small.steward, item_of(item.public_id), Ground.OBJECTED)
    go_round()
    files = [path.relative_to(small.home) for path in small.home.rglob("*") if path.is_file()]
    assert len(files) > 8
    assert [str(path) for path in files if not covered(path, KNOWN)] == []
