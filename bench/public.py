"""How many public item pages a worker shows, kept in memory, beside what the server itself could at most."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

from bench.figure import Figure
from bench.served import rate, server

FOUND = """
import sys, django
django.setup()
from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.given import Given, UseGiven
from masthead.newsroom.public.commands import publish, site_folder
from masthead.newsroom.review import commands
from masthead.newsroom.site.founding import found
from masthead.vocabulary import Profile, Task, Tier
for _ in found("The Herald", "Herald Press Ltd", "Ada Steward", Profile.SOLO):
    pass
ada = Actor(named("Ada Steward").id)
words = sys.stdin.read()
uses = [UseGiven("Ink", Task.TRANSCRIPTION, Tier.T1)]
version = add_item(ada, Given("a.txt", words.encode()), uses=uses, title="A page", language="en")
commands.run_checks(ada, version)
commands.sign_off(ada, version)
publish(ada, version, site_folder(version.item))
print(version.item.public_id)
"""

BARE = """
from pathlib import Path
BODY = Path(__file__).with_name("page").read_bytes()
HEADERS = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", str(len(BODY)))]
def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
"""


def figures() -> Iterator[Figure]:
    """The page of an item, and of the house, each asked for by a reader who was never here."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "MASTHEAD_HOME": f"{folder}/home",
            "MASTHEAD_SECRET_KEY": "for-figures-only",
            "DJANGO_SETTINGS_MODULE": "masthead.newsroom.site.web",
        }
        done = subprocess.run(
            [sys.executable, "-c", FOUND],
            input="The river's banks broke.",
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        path = f"/items/{done.stdout.split()[-1]}/"
        with server("masthead.newsroom.site.wsgi:application", environment) as port:
            item, home = rate(port, path), rate(port, "/")
            page = _packed(port, path)
        Path(folder, "page").write_bytes(page)
        Path(folder, "bare.py").write_text(BARE, encoding="utf-8")
        with server("bare:application", {"PYTHONPATH": folder}) as port:
            bare = rate(port, "/")
    for name, found in (("public.item_page", item), ("public.home", home)):
        yield Figure(
            f"{name}_requests",
            found.by_clock,
            "1/s",
            "at least 500 a worker",
            lambda value, _: value >= 500,
            {
                "of a CPU second": found.by_cpu,
                "bare server, same bytes": bare.by_clock,
                "bare, of a CPU second": bare.by_cpu,
            },
        )
    yield Figure(
        "public.item_page_packed", len(page) / 1000, "kB", "at most 15 kB", lambda value, _: value <= 15
    )


def _packed(port: int, path: str) -> bytes:
    """The page as it crosses the line."""
    line = HTTPConnection("127.0.0.1", port)
    line.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept-Language": "en"})
    return line.getresponse().read()
