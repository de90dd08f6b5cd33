"""`masthead serve`: the desk and the public pages in a browser, with all that works behind them."""

import json as to_json
import os
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.output import as_json, complain, say
from masthead.cli.taking import Json
from masthead.errors import NotReady
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.site.serving.preparing import Prepared

HOST, PORT = "127.0.0.1", 8000


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="The address of this machine to answer on.")
    ] = HOST,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=1, max=65535, help="The port to answer on.")
    ] = PORT,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="Processes that answer; PostgreSQL only."),
    ] = None,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Only bring tables and files up to date, and end.")
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open a browser on it.")] = False,
    json: Json = False,
) -> None:
    """Serve the desk and the public pages until Ctrl-C, with the worker and the log's publisher.

    Tables, style and scripts are brought up to date first. Where no organisation is begun yet, the address to
    begin one at is printed. `docs/how-to/deploy.md` tells how to put it on a server.
    """
    if prepare:
        ready = _prepare()
        said = str(ready.said) if ready.said else ""
        as_json({"code": ready.code, "read_only": ready.read_only, "said": said})
        return
    _serve(host, port, workers, open_browser=open_browser, json=json)
    if not json:
        say(gettext("Stopped. What was recorded stands."))


def _serve(host: str, port: int, workers: int | None, *, open_browser: bool, json: bool) -> None:
    """Serve until somebody stops it. `NotReady` where the port is taken, or this folder is served already."""
    from masthead.newsroom.site import home
    from masthead.newsroom.site.serving.supervisor import Supervisor
    from masthead.newsroom.site.serving.taking import AFTER_A_KILL, must_be_free, taken

    folder = home.find(Path.cwd())
    chosen = home.settings(folder)
    desk.tell_of_mistyped(folder)
    _must_be_reachable(host, chosen.address)
    desk.must_be_writable(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    desk.tell_if_open(folder)
    environment = _environment(folder, workers)
    with taken(folder) as killed:
        must_be_free(host, port, patience=AFTER_A_KILL if killed else 0.0)
        code, mind = _prepared(environment)

        def up() -> None:
            local = f"http://{_name(host, port)}:{port}"
            _say_where(local, chosen.address, code, json=json)
            if mind:
                complain(mind)
            if open_browser:
                _open(f"{chosen.address or local}/{'setup' if code else 'desk/'}")

        Supervisor(host, port, environment, up).run()


def _open(address: str) -> None:
    import webbrowser

    webbrowser.open(address)


def _prepare() -> "Prepared":
    """Make the home folder ready, and look at the log as far as a start can wait for it."""
    from masthead.newsroom.site import home, secret

    folder = home.find(Path.cwd())
    desk.tell_of_mistyped(folder)
    desk.must_be_writable(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret.create(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = desk.SERVED
    desk.load()
    desk.answers()
    from masthead.newsroom.site.serving.preparing import prepare

    return prepare()


def _prepared(environment: dict[str, str]) -> tuple[str, str]:
    """The same in a process of its own, so that the one who looks after the others stays small.

    Gives the code to begin an organisation with, empty where there is one, and what is to be told
    of the record, empty where all is well.
    """
    done = subprocess.run(
        [sys.executable, "-P", "-m", "masthead.cli", "serve", "--prepare"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:  # it has said why
        raise typer.Exit(done.returncode)
    said = to_json.loads(done.stdout)
    return str(said["code"]), str(said["said"])


def _environment(folder: Path, workers: int | None) -> dict[str, str]:
    from masthead.newsroom.site.mistyped import TOLD

    mine = {"MASTHEAD_HOME": str(folder), "DJANGO_SETTINGS_MODULE": desk.SERVED, "PYTHONUNBUFFERED": "1"}
    mine |= {TOLD: "1"}
    if workers is not None:
        mine["MASTHEAD_WORKERS"] = str(workers)
    return os.environ | mine


def _must_be_reachable(host: str, address: str) -> None:
    """Refuse to listen to the network without an address: every request from there would be refused."""
    if not address and not _is_loopback(host):
        raise NotReady(
            Message("Others would reach this desk, and its address is not set."),
            Message("Set it, such as MASTHEAD_ADDRESS=https://desk.example.org, or leave out `--host`."),
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(host: str) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - shown, not bound
    return f"[{shown}]" if ":" in shown else shown


def _name(host: str, port: int) -> str:
    """By what to call this machine: by its name where that leads here, since passkeys need one."""
    from masthead.newsroom.site.serving.by_name import NAME, leads_here

    return NAME if _is_loopback(host) and leads_here(host, port) else _shown(host)


def _say_where(local: str, address: str, code: str, *, json: bool) -> None:
    if json:
        as_json({"address": address or local, "local": local, "code": code})
        sys.stdout.flush()
        return
    if code:
        say(gettext("No organisation is begun here yet. Begin one at:"), "bold")
        say(f"  {address or local}/setup")
        say(Message("with the code %(code)s", {"code": code}))
    else:
        say(gettext("Served at:"), "bold")
        say(f"  {address or local}/")
        say(f"  {address or local}/desk/")
    say(gettext("Ctrl-C stops it."), "dim")
    sys.stdout.flush()
