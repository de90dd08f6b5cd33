"""Mail, and the day its server is down."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.mail import EmailMessage, mailers
from tests.serving.served import free_port

from masthead.newsroom.site.mail import mailers as chosen


@pytest.fixture
def server() -> Iterator[tuple[int, list[bytes]]]:
    """A mail server that takes one letter, by the minimum of RFC 5321."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 here\r\n")
                within = False
                for line in lines:
                    heard.append(line)
                    if within and line != b".\r\n":
                        continue
                    within = line.upper().startswith(b"DATA")
                    answer = b"354 go on" if within else b"250 well"
                    connection.sendall(answer + b"\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1], heard
        thread.join()


def letter() -> EmailMessage:
    return EmailMessage("A subject", "The words", "masthead@desk.test", ["ann@desk.test"])


def test_a_letter_arrives(settings: Any, server: tuple[int, list[bytes]]) -> None:
    port, heard = server
    settings.MAILERS = chosen(f"smtp://127.0.0.1:{port}")
    assert letter().send() == 1
    assert b"rcpt to:<ann@desk.test>\r\n" in heard
    assert b"The words\r\n" in heard


def test_a_server_that_is_down_breaks_nothing_and_names_nobody(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAILERS = chosen(f"smtp://127.0.0.1:{free_port()}")
    assert letter().send() == 0
    said = capsys.readouterr().err
    assert "mail was not sent" in said
    assert "ConnectionRefusedError" in said
    assert "ann@" not in said


def test_without_a_server_mail_goes_nowhere(settings: Any) -> None:
    settings.MAILERS = chosen("")
    letter().send()
    assert list(mailers) == ["default"]
