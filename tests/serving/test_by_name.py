"""The name of this machine is printed where it leads to us: passkeys work at no address of numbers."""

import socket

import pytest
from tests.serving.served import free_port

from masthead.cli.serve import _name
from masthead.newsroom.site.serving.by_name import leads_here

HOST = "127.0.0.1"


def found() -> set[str]:
    return {str(each[4][0]) for each in socket.getaddrinfo("localhost", 1, type=socket.SOCK_STREAM)}


@pytest.fixture
def port() -> int:
    """A port at which somebody answers at 127.0.0.1 alone."""
    if HOST not in found():
        pytest.skip("this machine has no name for 127.0.0.1")
    with socket.create_server((HOST, free_port())) as listener:
        yield listener.getsockname()[1]


def test_the_name_is_printed_where_it_leads_to_us(port):
    assert leads_here(HOST, port)
    assert _name(HOST, port) == "localhost"


def test_where_nobody_answers_or_at_another_address_the_number_stays(port):
    assert not leads_here(HOST, free_port())
    assert _name("127.0.0.2", port) == "127.0.0.2"
    assert _name("0.0.0.0", port) == HOST


def test_where_the_name_leads_to_somebody_else_too_the_number_stays(port):
    if "::1" not in found():
        pytest.skip("the name leads to no second address here")
    with socket.create_server(("::1", port), family=socket.AF_INET6):
        assert _name(HOST, port) == HOST
