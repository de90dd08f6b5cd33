"""From saving an item of a thousand words to its findings on the page, as a browser that polls sees them.

A desk served by `masthead serve` with its worker: a form is sent, the page followed to, and asked after its
checks as often as the page itself does, until the findings are on it.
"""

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.figure import Figure, at_most
from bench.texts import story_and_sources

WORDS, ROUNDS = 1_000, 7
POLL = re.compile(r'hx-get="([^"]+)" hx-trigger="every (\d+)ms"')

FOUND = """
import django
django.setup()
from bench.outlet import session
from masthead.newsroom.accounts.actor import named
from masthead.newsroom.site.founding import found
from masthead.vocabulary import Profile
for _ in found("The Herald", "Herald Press Ltd", "Ada Steward", Profile.SOLO):
    pass
print(session(named("Ada Steward")))
"""


def figures() -> Iterator[Figure]:
    """The median of several, beside the first after the desk was started."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "MASTHEAD_HOME": f"{folder}/home",
            "MASTHEAD_SECRET_KEY": "for-figures-only",
            "DJANGO_SETTINGS_MODULE": "masthead.newsroom.site.web",
        }
        key = _run([sys.executable, "-c", FOUND], environment).split()[-1]
        with _served(environment) as port:
            desk = Desk(port, key)
            first, *times = (desk.seconds_to_findings(number) for number in range(ROUNDS + 1))
    yield Figure(
        "findings.visible",
        statistics.median(times),
        "s",
        "at most 1 s after saving",
        at_most(1),
        {"the slowest": max(times), "the first after the start": first},
    )


class Desk:
    """A browser with a login, as far as this needs one."""

    def __init__(self, port: int, key: str) -> None:
        self._port = port
        self._cookies = SimpleCookie({"masthead": key})
        self._line = HTTPConnection("127.0.0.1", port, timeout=60)

    def seconds_to_findings(self, number: int) -> float:
        """Save a story and its sources; how long until its findings are on the page."""
        story, sources = story_and_sources(WORDS)
        _, form = self._ask("GET", "/desk/items/new")
        given = {
            "csrfmiddlewaretoken": _value(form, "csrfmiddlewaretoken"),
            "once": _value(form, "once"),
            "text": f"{story}\n\nNumber {number}.",
            "notes": "\n\n".join(sources),
        }
        begun = time.perf_counter()
        answer, _ = self._ask("POST", "/desk/items/new", urlencode(given))
        address = answer.headers["Location"]
        _, page = self._ask("GET", address)
        while (poll := POLL.search(page)) is not None:
            time.sleep(int(poll[2]) / 1000)
            answer, _ = self._ask("GET", poll[1], **{"HX-Request": "true", "HX-Target": "work"})
            if answer.status == 303:
                _, page = self._ask(
                    "GET", answer.headers["Location"], **{"HX-Request": "true", "HX-Target": "div#work"}
                )
        taken = time.perf_counter() - begun
        if 'id="note-1"' not in page:
            raise SystemExit("no findings came")
        return taken

    def _ask(self, method: str, path: str, body: str = "", **more: str) -> tuple[HTTPResponse, str]:
        cookies = "; ".join(f"{name}={each.value}" for name, each in self._cookies.items())
        headers = {"Cookie": cookies, "Accept-Language": "en", **more}
        if body:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://127.0.0.1:{self._port}/desk/items/new",
            }
        self._line.request(method, path, body.encode() or None, headers)
        answer = self._line.getresponse()
        content = answer.read().decode()
        for given in answer.headers.get_all("Set-Cookie", ()):
            self._cookies.load(given)
        if answer.status not in (200, 204, 303):
            raise SystemExit(f"{method} {path} answered {answer.status}")
        return answer, content


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    if found is None:
        raise SystemExit(f"the form has no {name}")
    return found[1]


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "masthead.cli", "serve", "--port", str(port), "--json"]
    process = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        if not process.stdout.readline():
            raise SystemExit("the desk could not be served")
        yield port
    finally:
        process.terminate()
        process.wait()


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout
