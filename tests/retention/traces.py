"""Look for what should be gone in every byte that is kept: files, database, its log of writes ahead."""

from pathlib import Path

from django.db import connection


def traces(home: Path, *words: str) -> list[str]:
    """The files under `home`, and of the database, that hold any of these words: each with the word."""
    folders = [home]
    if connection.vendor == "postgresql":
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
            (oid,) = cursor.fetchone()
            cursor.execute("SHOW data_directory")
            folders.append(Path(cursor.fetchone()[0]) / "base" / str(oid))
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                found += [
                    f"{path.relative_to(folder)}: {word}"
                    for word in words
                    if any(form in content for form in _forms(word))
                ]
    return found


def _forms(word: str) -> list[bytes]:
    """A word as it may be kept: as it is, in JSON, folded for a search."""
    plain = [word, word.casefold(), word.encode("unicode_escape").decode()]
    return [each.encode() for each in dict.fromkeys(plain)]
