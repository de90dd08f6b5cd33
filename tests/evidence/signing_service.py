"""A key service in a process of its own, asked over loopback, as a KMS would be; told how to misbehave.

    python -m tests.evidence.signing_service

prints its port. One line in, one line out: `new`, `key`, `sign KEY MESSAGE` in hex, or `be MODE`.
"""

import os
import socket
import socketserver
import threading

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PORT = "TESTS_SIGNING_SERVICE"


class Keys(socketserver.StreamRequestHandler):
    """Keys by their public half; the newest is named."""

    held: dict[str, Ed25519PrivateKey] = {}
    mode = "well"

    def handle(self) -> None:
        for line in self.rfile:
            said = self.answer(*line.decode().split())
            self.wfile.write(f"{said}\n".encode())

    def answer(self, what: str, *rest: str) -> str:
        if what == "be":
            Keys.mode = rest[0]
        elif what == "new":
            private = Ed25519PrivateKey.generate()
            self.held[private.public_key().public_bytes_raw().hex()] = private
        elif what == "key":
            return "00" * 31 if self.mode == "short-key" else list(self.held)[-1]
        elif what == "sign":
            return self.sign(*rest)
        return "done"

    def sign(self, key: str, message: str) -> str:
        if self.mode == "away" or key not in self.held:
            return "refused"
        if self.mode == "wrong":
            return Ed25519PrivateKey.generate().sign(bytes.fromhex(message)).hex()
        signature = self.held[key].sign(bytes.fromhex(message)).hex()
        return signature[:-2] if self.mode == "short" else signature


class Service:
    """What `log_signer` names: `tests.evidence.signing_service:Service`."""

    def public_key(self) -> bytes:
        return bytes.fromhex(ask("key"))

    def sign(self, public_key: bytes, message: bytes) -> bytes:
        return bytes.fromhex(ask("sign", public_key.hex(), message.hex()))


class Hanging(Service):
    """One that never answers."""

    def sign(self, public_key: bytes, message: bytes) -> bytes:
        threading.Event().wait()
        raise AssertionError("nobody sets it")


def broken() -> Service:
    """One that cannot even be made, and says so with a secret in it."""
    raise RuntimeError("password: hunter2")


def ask(*words: str) -> str:
    with socket.create_connection(("127.0.0.1", int(os.environ[PORT])), timeout=30) as connection:
        connection.sendall((" ".join(words) + "\n").encode())
        with connection.makefile() as lines:
            return lines.readline().strip()


if __name__ == "__main__":
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Keys) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
