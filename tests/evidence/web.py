"""Web servers on this machine's own address: ours in a thread, and one that hands out files alone."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.core.wsgi import get_wsgi_application
from django.db import connections


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def ours() -> Iterator[str]:
    """The application of this process, answering over HTTP; gives its address."""
    application = get_wsgi_application()

    def answer(environ, start_response):
        try:
            yield from application(environ, start_response)
        finally:
            connections.close_all()

    server = make_server("127.0.0.1", 0, answer, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def of_files(folder: Path) -> Iterator[str]:
    """`python -m http.server` on a folder; gives its address."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        # "Serving HTTP on 127.0.0.1 port 40000 (http://127.0.0.1:40000/) ..."
        said = process.stdout.readline()
        yield said.partition("(")[2].partition("/)")[0]
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()
