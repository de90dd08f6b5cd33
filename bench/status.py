"""Where a checklist of 150 controls stands on 100,000 pieces of evidence: all of it, and after one more."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from bench.figure import Figure, at_most

BARE = "the same rows fetched bare"
LIMIT, CHANGED = 2.0, 50.0


def figures() -> Iterator[Figure]:
    """CPU of the whole, beside the bare rows; then of one piece more, and where its control stands then."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "MASTHEAD_HOME": f"{folder}/home",
            "MASTHEAD_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "masthead.newsroom.site.web",
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.status_rows"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    told = json.loads(done.stdout.splitlines()[-1])
    beside: dict[str, float | None] = {BARE: told["bare"], "rows": told["rows"], "controls": told["controls"]}
    yield Figure("status.all", told["all"], "s CPU", f"at most {LIMIT:g} s", at_most(LIMIT), beside)
    yield Figure(
        "status.one_changed",
        told["one"],
        "ms CPU",
        f"one piece given, its action looked at, its control's status again: at most {CHANGED:g} ms",
        at_most(CHANGED),
        {"the status alone": told["alone"]},
    )
