"""Things a child may be asked to do in these tests, most of them bad."""

import json
import os
import signal
import sys
import time
from pathlib import Path

from masthead.errors import CannotRead
from masthead.language import Message


def echo(header, *blobs):
    return header, list(blobs)


def process(header, *blobs):
    return {
        "pid": os.getpid(),
        "environment": sorted(os.environ),
        "files": [name for name in (int(entry.name) for entry in Path("/dev/fd").iterdir()) if _open(name)],
        "interrupts_ignored": signal.getsignal(signal.SIGINT) == signal.SIG_IGN,
        "leads_its_session": os.getsid(0) == os.getpid(),
    }, []


def _open(descriptor):
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def refuse(header, *blobs):
    raise CannotRead(Message("It broke at %(place)s.", {"place": 7}), Message("Mend it."))


def stumble(header, *blobs):
    raise RuntimeError("the secret name of a source")


def sleep(header, *blobs):
    time.sleep(600)


def spin(header, *blobs):
    while True:
        pass


def hoard(header, *blobs):
    return {"kept": len(bytearray(header["bytes"]))}, []


def crash(header, *blobs):
    os.kill(os.getpid(), signal.SIGSEGV)


def babble(header, *blobs):
    """Write nonsense to everything that is open."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b"nonsense" * 100)
        except OSError:
            continue
    return {}, []


def chatter(header, *blobs):
    print("hello")
    os.write(1, b"hello")
    os.write(2, b"hello")
    sys.stdout.flush()
    return {"read": os.read(0, 10).decode()}, []


def swell(header, *blobs):
    return {}, [b"\0" * header["bytes"]]


def wrong(header, *blobs):
    return ["not", "an", "object"], []


def unspeakable(header, *blobs):
    return {"value": {1, 2}}, []


def deep(header, *blobs):
    """A frame whose JSON is nested too deeply to load, straight to the parent."""
    text = b'{"result":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    frame = b"MHF1" + (1).to_bytes(4, "big") + len(text).to_bytes(8, "big") + text
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, frame)
        except OSError:
            continue
    return json.loads("{}"), []


def fill(header, *blobs):
    with Path(header["path"]).open("wb") as file:
        file.writelines(b"\0" * 1_000_000 for _ in range(100))
    return {}, []
