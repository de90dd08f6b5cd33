"""Run the command line from start to exit: language, errors in words, no traceback for the foreseeable."""

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

import typer

from masthead import language
from masthead.cli import unforeseen
from masthead.cli.help import spoken
from masthead.cli.output import Unsaid, complain, fail, fail_usage
from masthead.cli.paths import refuse_empty
from masthead.errors import MastheadError, NotReady, Unavailable
from masthead.language import Message, gettext
from masthead.system_said import why as in_words

STOPPED = 130
"""Exit code after Ctrl-C: 128 and the number of SIGINT."""
USAGE = 2
UNSAID = 2
"""Exit code when our output could not be written: says nothing of what was asked."""
UNREAD = 141
"""Exit code when whoever reads our output has gone: 128 and the number of SIGPIPE."""


class _Nowhere(io.TextIOBase):
    """What stands for an output that was closed before we began: nothing can be said there."""

    def write(self, _: str) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def run(app: typer.Typer) -> None:
    """Run `app` on the arguments of this process, and exit.

    Where the answer could not be printed, the exit code is none that an answer has: `UNREAD`, else `UNSAID`.
    """
    sys.stdout = sys.stdout or _Nowhere()
    sys.stderr = sys.stderr or _Nowhere()
    _speak()
    try:
        code = _run(app)
        sys.stdout.flush()
    except (OSError, Unsaid) as error:
        code = _unsaid(error.__cause__ if isinstance(error, Unsaid) else error)
    except KeyboardInterrupt:
        code = STOPPED
    try:
        if code == STOPPED:
            complain("\n" + gettext("Stopped. What was recorded before stands; nothing is half done."))
        sys.stderr.flush()
    except OSError:
        _let_go(sys.stderr)
    sys.exit(code)


def _unsaid(cause: BaseException | None) -> int:
    _let_go(sys.stdout)
    if isinstance(cause, BrokenPipeError):
        return UNREAD
    with suppress(OSError):
        said = in_words(cause) if isinstance(cause, OSError) else str(None)
        complain(Message("What came of it could not be printed: %(why)s.", {"why": said}))
    return UNSAID


def _let_go(stream: TextIO | io.TextIOBase) -> None:
    """The interpreter flushes at its end, and would exit with a code of its own: let that go nowhere."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _speak() -> None:
    chosen = os.environ.get("MASTHEAD_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    language.choose(chosen)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _run(app: typer.Typer) -> int:
    try:
        return int(refuse_empty(spoken(app))(standalone_mode=False) or 0)
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
    except (BrokenPipeError, Unsaid):
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
    """What the system or the database said, in words, and what a row that was changed may have caused.

    Anything else is a fault of ours and is raised.
    """
    if isinstance(error, OSError):
        return Unavailable(
            Message("The system refused: %(why)s.", {"why": in_words(error)}),
            Message("Check the folder, its permissions and the disk, then do the same again."),
        )
    if "django.db" in sys.modules:
        from masthead.newsroom.evidence.trouble import told_plainly

        try:
            with told_plainly():
                raise error
        except MastheadError as told:
            return told
        except Exception:  # noqa: BLE001 - the same again
            told_of = unforeseen.told(error)
            if told_of is not None:
                return told_of
    raise error
