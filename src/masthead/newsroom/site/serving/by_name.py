"""Whether `localhost` leads to us: passkeys work at a name, and at no address of numbers (WebAuthn)."""

import socket

NAME = "localhost"
_PATIENCE = 1.0


def leads_here(host: str, port: int) -> bool:
    """Whether whoever asks this machine by name, at `port`, reaches who answers at `host`, and nobody else.

    A name may stand for several addresses, of which a browser takes the one it likes.
    """
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(NAME, port, type=socket.SOCK_STREAM)}
    except OSError:
        return False
    return host in found and _answers(host, port) and not any(_answers(each, port) for each in found - {host})


def _answers(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), timeout=_PATIENCE).close()
    except OSError:
        return False
    return True
