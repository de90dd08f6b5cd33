"""No other room opens a connection to the network."""

import ast
from pathlib import Path

import masthead

SOURCE = Path(masthead.__file__).parent
ROADS = {
    "http.client",
    "urllib.request",
    "urllib3",
    "requests",
    "httpx",
    "aiohttp",
    "socket",
    "ftplib",
    "smtplib",
}

ELSEWHERE = {
    "desk/people/adapters.py": "asks the provider of logins that the settings name, through allauth",
    "newsroom/site/mail.py": "hands mail to the server that the settings name, through Django",
    "newsroom/site/serving/by_name.py": "asks this machine where `localhost` leads, and looks there",
    "newsroom/site/serving/supervisor.py": "asks the desk it started whether it is up, and tells systemd",
    "newsroom/site/serving/taking.py": "listens, and asks nobody",
}
"""Who else knows a road, and why nobody's address leads them anywhere."""


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{each.name}" for each in node.names}
    return found


def test_only_the_exchange_knows_the_roads_out():
    known = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if SOURCE / "exchange" not in path.parents and imported(path) & ROADS
    }
    assert known <= ELSEWHERE.keys()
