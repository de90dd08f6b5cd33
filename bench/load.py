"""Ask a served address over and over on a few kept connections, as a process of its own."""

import socket
import sys
import time
from threading import Thread

CONNECTIONS = 4


def main(port: int, path: str, seconds: float, cookie: str = "") -> None:
    """Print how many answers came in how many seconds, and how many bytes the first had."""
    done: list[int] = []
    wrong: list[bytes] = []
    until = time.perf_counter() + seconds
    threads = [Thread(target=_ask, args=(port, path, until, done, wrong, cookie)) for _ in range(CONNECTIONS)]
    start = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if wrong:
        raise SystemExit(f"an answer was not 200: {wrong[0]!r}")
    print(sum(done), time.perf_counter() - start)


def _ask(port: int, path: str, until: float, done: list[int], wrong: list[bytes], cookie: str) -> None:
    asked = (
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Accept-Language: en",
        "Accept-Encoding: gzip",
        *([f"Cookie: {cookie}"] if cookie else []),
    )
    request = ("\r\n".join(asked) + "\r\n\r\n").encode()
    count = 0
    with socket.create_connection(("127.0.0.1", port)) as line:
        while time.perf_counter() < until:
            line.sendall(request)
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
