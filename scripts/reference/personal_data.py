"""Where personal data can stand: from the inventory that erasing follows."""

from collections.abc import Iterator

HEAD = """# Where personal data can stand

<!-- Written by `make reference` from newsroom/retention/inventory.py; do not edit. -->

Every column of every table and every sealed field of the log that holds words, names or content, and how each
goes. A test goes through all tables and all kinds of entry: whoever adds one without saying what it holds
fails it. What is not here holds members of closed lists, random ids, counts, salted hashes, keys, and names of
tools and organisations. `masthead data inventory` prints the same. How to erase:
[erase a person](../how-to/erase-a-person.md).

| what | how it goes |
|---|---|
"""
# ruff: noqa: E501 - lines of tables cannot be broken
FILES = """
## Files in the home folder

| where | holds | how it goes |
|---|---|---|
| `db.sqlite3`, `-wal`, `-shm` | all of the tables below, where the database is SQLite | written anew after each erasure |
| `blobs/` | story: texts, pictures, sources, by their SHA-256 | deleted with the item; what nobody names after two days |
| `public/`, folders given to `publish` | told | written anew without what was erased |
| `folders/` | paths of folders that items were written to, and when one was said to be gone | stays: no words of ours |
| `erasures.jsonl` | nothing: random ids of what was erased | stays, so that an older backup brings nothing back |
| `counts.sqlite3` | nothing: keyed hashes and numbers, for hours | by itself |
| `keys/` | nothing | stays |
| `config.toml` | told: the contact address; the account that sends mail | by hand |
| `high-water.json`, `verified.json`, `leftovers.json`, `last-round`, `witnessed/`, `damage.json`, `setup.code` | nothing: times, counts, heads of logs, a code | stays, or by itself |
| `static/`, `*.lock` | nothing: files of the product, and whose turn it is | stays |
| `replaced/`, `damage/` | what a restore or a damage set aside, whole | by hand, once it is no longer needed |

The logs of the running software name routes, kinds and ids, never people, titles or addresses.
"""


def page() -> str:
    """The page, in Markdown."""
    return HEAD + "\n".join(_sorts()) + "\n" + FILES + "\n" + "\n".join(_places()) + "\n"


def _sorts() -> Iterator[str]:
    from masthead.newsroom.retention.inventory import HOW, Holds

    for sort in Holds:
        if sort is not Holds.NOTHING:
            yield f"| {sort.value} | {HOW[sort]} |"


def _places() -> Iterator[str]:
    from masthead.newsroom.retention.inventory import COLUMNS, FIELDS, Holds

    yield "## Columns\n\n| column | holds |\n|---|---|"
    for table, columns in sorted(COLUMNS.items()):
        for column, holds in columns.items():
            if holds is not Holds.NOTHING:
                yield f"| `{table}.{column}` | {holds.value} |"
    yield "\n## Sealed fields of the log\n\n| field | holds |\n|---|---|"
    for name, holds in sorted(FIELDS.items()):
        if holds is not Holds.NOTHING:
            yield f"| `{name}` | {holds.value} |"
