"""Go through the tutorial in a browser and take the pictures: `make pictures`.

A demo of its own is played in a folder that goes away afterwards, and served. The walk follows
docs/tutorial/first-story.md with the very texts that stand there: a tutorial that no longer holds stops it.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.chromium import opened

from scripts.pictures.camera import FOLDER
from scripts.pictures.people import People
from scripts.pictures.walk import Texts, walk

TUTORIAL = FOLDER.parent / "tutorial" / "first-story.md"
MASTHEAD = [sys.executable, "-m", "masthead.cli"]


def main() -> None:
    """Play, serve, walk; say how large each picture is."""
    with tempfile.TemporaryDirectory() as temporary:
        demo = Path(temporary) / "demo"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MASTHEAD_", "DJANGO_"))}
        environment = kept | {"MASTHEAD_LANGUAGE": "en"}
        played = [*MASTHEAD, "demo", "--out", str(demo), "--no-serve"]
        subprocess.run(  # noqa: S603 - our own command
            played, env=environment, stdout=subprocess.DEVNULL, check=True
        )
        logins = json.loads((demo / "logins.json").read_text())
        served = _served(
            environment | {"MASTHEAD_HOME": str(demo / ".masthead")}, Path(temporary) / "said.txt"
        )
        with served as url, opened() as browser:
            walk(People(browser, url, logins), _texts(), demo)
    for picture in sorted(FOLDER.glob("*.png")):
        sys.stdout.write(f"{picture.name}: {picture.stat().st_size // 1000} kB\n")


def _texts() -> Texts:
    """The story and the notes that the tutorial gives to paste."""
    story, notes = re.findall(
        r"^```(?:markdown|text)\n(.+?)\n```$", TUTORIAL.read_text(), re.MULTILINE | re.DOTALL
    )
    return Texts(story, notes)


@contextmanager
def _served(environment: dict[str, str], said: Path) -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with said.open("wb") as out:
        serving = subprocess.Popen(  # noqa: S603 - our own command
            [*MASTHEAD, "serve", "--port", str(port)], env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait(f"{url}/health", serving, said)
        yield url
    finally:
        serving.terminate()
        serving.wait(60)


def _wait(url: str, serving: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(url, timeout=10).close()  # noqa: S310 - our own address
        except OSError:
            if serving.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(said.read_text()) from None
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()
