"""Run the command line from start to exit: language, errors in words, no traceback for the foreseeable."""

import io
import os
import sys

import typer

from masthead import language
from masthead.cli.help import spoken
from masthead.cli.output import complain, fail, fail_usage
from masthead.errors import MastheadError, NotReady, Unavailable
from masthead.language import Message, gettext

STOPPED = 130
"""Exit code after Ctrl-C: 128 and the number of SIGINT."""
USAGE = 2
UNREAD = 141
"""Exit code when whoever reads our output has gone: 128 and the number of SIGPIPE."""


def run(app: typer.Typer) -> None:
    """Run `app` on the arguments of this process, and exit."""
    _speak()
    try:
        code = _run(app)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on. The interpreter flushes at its end; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = UNREAD
    except KeyboardInterrupt:
        code = STOPPED
    if code == STOPPED:
        complain("\n" + gettext("Stopped. What was recorded before stands; nothing is half done."))
    sys.exit(code)


def _speak() -> None:
    chosen = os.environ.get("MASTHEAD_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    language.choose(chosen)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _run(app: typer.Typer) -> int:
    try:
        return int(spoken(app)(standalone_mode=False) or 0)
    except MastheadError as error:
        return fail(error)
    except typer.TyperException as error:
        return _usage(error)
    except typer.Abort:
        if sys.stdin.isatty():
            return STOPPED
        return fail(
            NotReady(
                Message("An answer was asked for, and there is no terminal to give it at."),
                Message("Give it as an option; see the command's `--help`."),
            )
        )
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - told in words where we have words, else raised as it came
        return fail(_told(error))


def _usage(error: typer.TyperException) -> int:
    """A command that was not given as it should be: in JSON for software, beside its usage for people."""
    from masthead.cli.usage import Told

    told = Told(error)
    if "--json" in sys.argv:
        return fail_usage(told.message, Message("See `masthead --help`, or the command's own `--help`."))
    if told.message:  # else it was given alone, and Typer has shown its help
        from typer.rich_utils import rich_format_error

        rich_format_error(told)  # type: ignore[arg-type]  # it reads the context and the message, no more
    return USAGE


def _told(error: Exception) -> MastheadError:
    """What the system or the database said, in words; anything else is a fault of ours and is raised."""
    if isinstance(error, OSError):
        return Unavailable(
            Message("The system refused: %(why)s.", {"why": error.strerror or type(error).__name__}),
            Message("Check the folder, its permissions and the disk, then do the same again."),
        )
    if "django.db" in sys.modules:
        from masthead.newsroom.evidence.trouble import told_plainly

        try:
            with told_plainly():
                raise error
        except MastheadError as told:
            return told
    raise error
