"""The desk with a hundred thousand items: pages a second, what each costs, what travels.

Beside each page stands the bare limit: the same server, settings and middleware around an empty view.
"""

import gzip
import http.client
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figure import Figure, at_least, at_most, same_as
from bench.served import Rate, rate, server

ROOT = Path(__file__).parents[1]
MANY, FEW = 100_000, 100
GOALS = {"my_work": 150, "item": 150}
"""Requests a second; of other pages none are promised."""
BARE = "an empty view behind the same middleware"


def figures() -> Iterator[Figure]:
    """Requests a second of each page, the bytes of a visit, and the queries at few items and at many."""
    few, many = _outlet(FEW), _outlet(MANY)
    environment = _environment(MANY)
    prepare = [sys.executable, "-m", "masthead.cli", "serve", "--prepare"]
    subprocess.run(prepare, env=os.environ | environment, check=True, capture_output=True)
    environment["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"
    cookies = {who: f"masthead={key}" for who, key in many["cookies"].items()}
    with server("masthead.newsroom.site.wsgi:application", environment) as port:
        bare = rate(port, "/desk/nothing", cookie=cookies["author"])
        for name, (who, path) in _pages(many).items():
            found = rate(port, path, seconds=8, cookie=cookies[who])
            yield Figure(
                f"desk.{name}_requests",
                found.by_clock,
                "1/s",
                f"at least {GOALS[name]} a worker" if name in GOALS else "none is named",
                at_least(GOALS.get(name, 0)),
                {
                    "of a CPU second": found.by_cpu,
                    BARE: bare.by_clock,
                    f"{BARE}, of a CPU second": bare.by_cpu,
                },
            )
        anew = _anew(port, many, cookies["author"])
        yield Figure(
            "desk.item_anew_requests",
            anew.by_clock,
            "1/s",
            f"at least {GOALS['item']} a worker",
            at_least(GOALS["item"]),
            {
                "of a CPU second": anew.by_cpu,
                BARE: bare.by_clock,
                f"{BARE}, of a CPU second": bare.by_cpu,
            },
        )
        first, after = _bytes(port, cookies["author"])
    yield Figure("desk.first_visit", first, "kB", "at most 60 kB compressed", at_most(60))
    yield Figure("desk.next_visit", after, "kB", "at most 15 kB compressed", at_most(15))
    for name, count in many["queries"].items():
        label = f"{FEW} items"
        against: dict[str, float | None] = {label: few["queries"][name]}
        yield Figure(
            f"desk.{name}_queries", count, "queries", f"as many as at {label}", same_as(label), against
        )


def _anew(port: int, told: dict[str, Any], cookie: str) -> Rate:
    """Pages that nobody opened since anything changed: more of them in turn than are kept."""
    shows = ("all", "stops", "warns", "waived")
    paths = [f"/desk/items/{item}/?show={show}" for show in shows for item in told["others"]]
    return rate(port, ",".join(paths), seconds=8, cookie=cookie)


def _pages(told: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        "my_work": ("author", "/desk/"),
        "waiting": ("editor", "/desk/waiting/"),
        "search": ("editor", "/desk/search/?q=flood"),
        "item": ("author", f"/desk/items/{told['item']}/"),
    }


def _environment(items: int) -> dict[str, str]:
    home = ROOT / "build" / f"bench-{items}"
    return {
        "MASTHEAD_HOME": str(home),
        "MASTHEAD_SECRET_KEY": "for-figures-only",
        "DJANGO_SETTINGS_MODULE": "masthead.newsroom.site.web",
    }


def _outlet(items: int) -> dict[str, Any]:
    """The organisation of so many items, made where it is not there yet: minutes, for the many."""
    environment = _environment(items)
    done = subprocess.run(
        [sys.executable, "-m", "bench.outlet", str(items)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    if done.returncode:
        home = environment["MASTHEAD_HOME"]
        raise SystemExit(f"{items} items could not be made: throw {home} away and try again")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _bytes(port: int, cookie: str) -> tuple[float, float]:
    """What my work brings with it on a first visit, style and scripts included, and what the next page does.

    As a browser with nothing kept asks, and as one that keeps what it was told to keep for ever.
    """
    page, size, _ = _get(port, "/desk/", cookie)
    files = re.findall(r'<(?:link|script)[^>]+(?:href|src)="(/static/[^"]+)"', page.decode())
    first, kept = size, 0
    for file in dict.fromkeys(files):
        _, weight, headers = _get(port, file, cookie)
        first += weight
        kept += weight if "immutable" in headers.get("cache-control", "") else 0
    return first / 1000, (first - kept) / 1000


def _get(port: int, path: str, cookie: str) -> tuple[bytes, int, dict[str, str]]:
    """The content, how many bytes of it and its headers travelled, and the headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "br, gzip"})
    answer = connection.getresponse()
    content = answer.read()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    travelled = len(content) + sum(len(name) + len(value) + 4 for name, value in headers.items())
    if headers.get("content-encoding") == "gzip":
        content = gzip.decompress(content)
    return content, travelled, headers
