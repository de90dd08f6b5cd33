"""The kit of a release: the verifier, its SHA-256, and how to use it. `python -m scripts.kit [FOLDER]`.

It is published with the release and not with what it verifies: who is audited hands out neither the verifier
nor the key. The same source gives the same bytes, so that anybody can make it and compare.
"""

import sys
import tomllib
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERIFIER, README, SUMS = "verify_masthead.py", "README.txt", "SHA256SUMS"

TEXT = """\
The verifier of Masthead {version}

verify_masthead.py says, without a network and with none of Masthead's other code, whether the record of a
published item, or a whole exported log, is intact; as of when, by whose signatures, and what that does not
prove. It is one file, meant to be read. It needs Python 3.9 or later and the package `cryptography`.

1. See that you have it as it was released. The sums should come another way than the file: from somebody who
   fetched them before, or from the source of the release, out of which `make release-kit` makes the same.

       sha256sum -c SHA256SUMS

2. Have the key of the log from somebody other than the newsroom's pages: a witness of the log, the printed
   imprint, a colleague, your own file from last year. Compare it with the one that the newsroom publishes
   at /log/keys. A witness's key you have from the witness.

3. Fetch bundle.json, disclosure.json and the content from the page of the item, and run

       python verify_masthead.py bundle.json --key log.pub --content content.md \\
           --disclosure disclosure.json --witness witness.pub

   or, for all of a log that was exported or mirrored into a folder, with a checkpoint you kept earlier,

       python verify_masthead.py log --key log.pub --since head.txt

Exit: 0 intact; 1 not intact; 2 unreadable; 3 consistent with itself, but no key was given.
"""


def files(root: Path = ROOT) -> dict[str, bytes]:
    """The files of the kit by name."""
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    made = {README: TEXT.format(version=version).encode(), VERIFIER: (root / VERIFIER).read_bytes()}
    sums = "".join(f"{sha256(made[name]).hexdigest()}  {name}\n" for name in sorted(made))
    return {**made, SUMS: sums.encode()}


def write(folder: Path) -> None:
    """Write the kit, and nothing else, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = files()
    for each in folder.iterdir():
        if each.name not in made:
            sys.exit(f"{folder} holds something else: {each.name}")
    for name, content in made.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "kit")
