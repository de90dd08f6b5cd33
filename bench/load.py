"""Ask a served address over and over on a few kept connections, as a process of its own."""

import socket
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from threading import Thread

CONNECTIONS = 4


def main(port: int, path: str, seconds: float, cookie: str = "") -> None:
    """Print how many answers came in how many seconds. Of several paths (comma), each is asked in turn."""
    turn = cycle(path.split(","))
    done: list[int] = []
    wrong: list[bytes] = []
    until = time.perf_counter() + seconds
    threads = [Thread(target=_ask, args=(port, turn, until, done, wrong, cookie)) for _ in range(CONNECTIONS)]
    start = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if wrong:
        raise SystemExit(f"an answer was not 200: {wrong[0]!r}")
    print(sum(done), time.perf_counter() - start)


def _ask(
    port: int, paths: Iterator[str], until: float, done: list[int], wrong: list[bytes], cookie: str
) -> None:
    asked = (
        " HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Accept-Language: en",
        "Accept-Encoding: gzip",
        *([f"Cookie: {cookie}"] if cookie else []),
    )
    request = ("\r\n".join(asked) + "\r\n\r\n").encode()
    count = 0
    with socket.create_connection(("127.0.0.1", port)) as line:
        while time.perf_counter() < until:
            line.sendall(b"GET " + next(paths).encode() + request)
            head, length, got = b"", 0, b""
            while b"\r\n\r\n" not in got:
                got += line.recv(65536)
            head, _, body = got.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                wrong.append(head[:200])
                break
            length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
            left = length - len(body)
            while left > 0:
                left -= len(line.recv(65536))
            count += 1
    done.append(count)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), *sys.argv[4:])
