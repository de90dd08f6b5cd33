"""Long texts at the desk: pasted, opened, opened again and checked, beside the bare extraction of the same.

In a process of its own with an organisation of its own. What the web server does and what the child that
parses does are both counted; the network is not.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from django.test import Client

from bench.clock import cost, cpu
from bench.figure import Figure, at_most, at_most_times
from bench.texts import sentences

if TYPE_CHECKING:
    from masthead.newsroom.accounts.actor import Actor

EXTRACTION = "extraction of the text"
POST_TIMES, OPEN_TIMES, AGAIN, CHECK = 4, 4, 100, 10_000
"""Multiples of the extraction, then milliseconds."""
AGAINS = 20


def texts() -> dict[str, str]:
    """As many paragraphs as may be, one paragraph full of things to find, and a long story."""
    # Of 17 words and a quarter each, together 19,000 of them.
    words = (" ".join(" ".join(sentences(number)) for number in range(400))).split()[:19_000]
    ends = [number * len(words) // 1_100 for number in range(1_101)]
    story = [" ".join(words[start:end]) for start, end in pairwise(ends)]
    return {
        "paragraphs": "a 5\n\n" * 49_000,
        "one_paragraph": "4.8 million euros on 4 May. " * 20_000,
        "story": "\n\n".join(story) + "\n",
    }


def figures() -> Iterator[Figure]:
    """CPU milliseconds of all processes for each step with each text."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "MASTHEAD_HOME": f"{folder}/home",
            "MASTHEAD_SECRET_KEY": "for-figures-only",
            "DJANGO_SETTINGS_MODULE": "masthead.newsroom.site.web",
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.longtext"],
            cwd=Path(__file__).parents[1],
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    measured: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    for name, spent in measured.items():
        beside: dict[str, float | None] = {EXTRACTION: spent["extraction"]}
        times = "at most %d times its extraction"
        for step, goal, meets in (
            ("post", times % POST_TIMES, at_most_times(POST_TIMES, EXTRACTION)),
            ("first_get", times % OPEN_TIMES, at_most_times(OPEN_TIMES, EXTRACTION)),
            ("next_get", f"at most {AGAIN} ms", at_most(AGAIN)),
            ("check", f"at most {CHECK} ms", at_most(CHECK)),
        ):
            yield Figure(f"longtext.{name}_{step}", spent[step], "ms CPU", goal, meets, beside)


def _spent(work: Callable[[], object]) -> float:
    before = cpu()
    work()
    return (cpu() - before) * 1000


def _measured() -> dict[str, dict[str, float]]:
    from django.conf import settings

    from bench.outlet import session
    from masthead.newsroom.accounts.actor import Actor, named
    from masthead.newsroom.site.founding import found
    from masthead.vocabulary import Profile

    for _ in found("The Herald", "Herald Press Ltd", "Ada Steward", Profile.SOLO):
        pass
    ada = named("Ada Steward")
    client = Client(headers={"Host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session(ada)
    # Once through with a short text: what is loaded at first use is no cost of a long one.
    _steps(client, Actor(ada.id), "It cost 5 florins.")
    return {name: _steps(client, Actor(ada.id), text) for name, text in texts().items()}


def _steps(client: Client, actor: "Actor", text: str) -> dict[str, float]:
    from masthead.newsroom.items.models import Version
    from masthead.newsroom.review.commands import run_checks
    from masthead.reading import read

    content = text.encode()
    extraction = cost(lambda: read(content, media_type="text/markdown"), rounds=3)
    told: dict[str, float] = {"extraction": extraction}
    places: list[str] = []

    def paste() -> None:
        sent = {"text": text, "title": "A long text", "language": "en"}
        answer = client.post("/desk/items/new", sent)
        if answer.status_code != 303:
            raise SystemExit(f"the text was not taken: {answer.status_code} {answer.content[:2000]!r}")
        places.append(str(answer["Location"]))

    def open_it() -> None:
        answer = client.get(places[0])
        if answer.status_code != 200:
            raise SystemExit(f"the page answered {answer.status_code}")

    told["post"] = _spent(paste)
    told["first_get"] = _spent(open_it)
    told["next_get"] = cost(open_it, rounds=AGAINS)
    version = Version.objects.order_by("-added_at")[0]
    told["check"] = _spent(lambda: run_checks(actor, version))
    return told


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(_measured()))
