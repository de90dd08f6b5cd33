"""The folder that publishing writes: what is in it, and that nothing of others is."""

import json
import os
from pathlib import Path

from masthead.errors import NotReady, Refused
from masthead.language import Message

WHAT = {
    "bundle.json": Message("the proof; anyone verifies it offline"),
    "index.html": Message("the public page: open it in a browser"),
    "item.jsonld": Message("the same for machines"),
    "disclosure.json": Message("the record as it was when this went out; its hash stands in the proof"),
}


def must_be_ours(folder: Path | None) -> None:
    """Refuse a folder that cannot be written, or that holds somebody else's files.

    Asked before anything is recorded, so that nothing goes out with nowhere to go.
    """
    chosen = folder or Path("published")
    existing = next(each for each in (chosen.absolute(), *chosen.absolute().parents) if each.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise NotReady(
            Message("%(folder)s is not a folder we may write to.", {"folder": str(existing)}),
            Message("Give another with `--out DIR`, or change its permissions."),
        )
    if folder is not None and folder.is_dir():
        from masthead.newsroom.public.files import OURS

        there = {each.name for each in folder.iterdir()}
        strange = next((name for name in sorted(there) if not OURS.fullmatch(name) and name[0] != "."), None)
        if "index.html" in there and "page.en.html" not in there:
            strange = "index.html"  # somebody's own: ours never stands without its pages
        if strange is not None:
            raise Refused(
                Message(
                    "%(folder)s holds other files, such as %(name)s.",
                    {"folder": str(folder), "name": strange},
                ),
                Message("Give a folder of its own with `--out DIR`."),
            )


def folder_for(public_id: str, chosen: Path | None) -> Path:
    """The folder to write an item into; `Refused` where another item is published there."""
    folder = chosen or Path("published") / public_id
    if _published_in(folder / "bundle.json") - {public_id}:
        raise Refused(
            Message("Another item is published in %(folder)s.", {"folder": str(folder)}),
            Message("Give a folder of its own with `--out DIR`."),
        )
    return folder


def _published_in(bundle: Path) -> set[str]:
    """The items whose entries a bundle holds; none where there is no bundle that can be read."""
    try:
        said = json.loads(bundle.read_text(encoding="utf-8"))
        opened = [field for entry in said["entries"] for field in entry["opened"]]
        return {str(field["value"]) for field in opened if field["name"] == "item"}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def files_in(folder: Path) -> list[tuple[str, str]]:
    """Each file by name, with what it is."""
    return [(path.name, str(_what(path.name))) for path in sorted(folder.iterdir()) if path.is_file()]


def _what(name: str) -> Message | str:
    if name in WHAT:
        return WHAT[name]
    if name.endswith(".c2pa"):
        return Message("its Content Credential")
    if name.startswith("content."):
        return Message("the item as published")
    if name.startswith("disclosure."):
        return Message("what the audience is told, to copy (%(language)s)", {"language": name.split(".")[1]})
    if name.startswith("page."):
        return Message("the public page (%(language)s)", {"language": name.split(".")[1]})
    return ""
