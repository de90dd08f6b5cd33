"""What a deployment may choose, and what follows from it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from masthead.errors import NotReady
from masthead.newsroom.site import home
from masthead.newsroom.site.mail import mailers

SHOWN = """
import json
from masthead.newsroom.site import web
names = ["ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS", "SECURE_HSTS_SECONDS", "DEBUG",
         "DEFAULT_FROM_EMAIL", "CSRF_COOKIE_SECURE"]
print(json.dumps({name: getattr(web, name) for name in names} | {"key": len(web.SECRET_KEY)}))
"""


def web(folder: Path, **said: str) -> dict[str, Any]:
    """The settings of the served desk in an environment."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MASTHEAD_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", SHOWN],
        env=kept | {"MASTHEAD_HOME": str(folder)} | said,
        capture_output=True,
        text=True,
        check=True,
    )
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown


def test_an_https_address_encrypts_cookies_and_names_the_host(tmp_path: Path) -> None:
    shown = web(tmp_path, MASTHEAD_ADDRESS="https://desk.example.org:8443/", DEBUG="1", DJANGO_DEBUG="1")
    assert shown["ALLOWED_HOSTS"] == ["desk.example.org"]
    assert shown["CSRF_TRUSTED_ORIGINS"] == ["https://desk.example.org:8443"]
    assert shown["SESSION_COOKIE_SECURE"]
    assert shown["CSRF_COOKIE_SECURE"]
    assert shown["SECURE_HSTS_SECONDS"] > 0
    assert shown["DEFAULT_FROM_EMAIL"] == "masthead@desk.example.org"
    assert shown["DEBUG"] is False
    assert shown["key"] >= 50


def test_without_an_address_it_is_this_machine_alone(tmp_path: Path) -> None:
    shown = web(tmp_path)
    assert shown["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert not shown["SESSION_COOKIE_SECURE"]
    assert shown["SECURE_HSTS_SECONDS"] == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("address", "desk.example.org"),
        ("address", "https://desk.example.org/desk"),
        ("address", "https://name:word@desk.example.org"),
        ("address", "ftp://desk.example.org"),
        ("address", "https:///"),
        ("address", "https://desk.example.org:99999"),
        ("behind_proxy", "perhaps"),
        ("workers", "0"),
        ("publish_every", "-1"),
        ("mail_url", "post.example.org"),
        ("mail_url", "smtp:///"),
    ],
)
def test_what_cannot_be_understood_is_named_and_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setenv(f"MASTHEAD_{name.upper()}", said)
    with pytest.raises(NotReady) as refused:
        home.settings(tmp_path)
    assert name in str(refused.value)
    assert said not in str(refused.value).replace("such as https://desk.example.org", "")


def test_the_file_says_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text('behind_proxy = true\naddress = "http://desk.test"\nworkers = 3\n')
    for name in ("ADDRESS", "BEHIND_PROXY", "WORKERS"):
        monkeypatch.delenv(f"MASTHEAD_{name}", raising=False)
    chosen = home.settings(tmp_path)
    assert (chosen.behind_proxy, chosen.address, chosen.workers) == (True, "http://desk.test", 3)
    monkeypatch.setenv("MASTHEAD_BEHIND_PROXY", "no")
    assert home.settings(tmp_path).behind_proxy is False


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", (587, True, False)),
        ("smtp://localhost", (25, False, False)),
        ("smtp://127.0.0.1:2525", (2525, False, False)),
        ("smtps://mail.example.org", (465, False, True)),
    ],
)
def test_mail_is_encrypted_but_on_this_machine(url: str, expected: tuple[int, bool, bool]) -> None:
    options = mailers(url)["default"]["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"]) == expected


def test_names_and_passwords_of_mail_are_taken_out_of_the_address() -> None:
    options = mailers("smtp://desk%40example.org:p%2Fw@mail.example.org")["default"]["OPTIONS"]
    assert (options["username"], options["password"]) == ("desk@example.org", "p/w")
