"""A key service that is a program of its own, begun anew each time it is asked; it counts its runs.

python -m tests.evidence.counted_service COUNT [hang]
"""

import os
import subprocess
import sys
from pathlib import Path

COUNT = "TESTS_COUNTED_SERVICE"
MODE = "TESTS_COUNTED_SERVICE_MODE"


class Service:
    """What `log_signer` names: `tests.evidence.counted_service:Service`. It runs the program to be made."""

    def __init__(self) -> None:
        subprocess.run(
            [sys.executable, __file__, os.environ[COUNT], os.environ.get(MODE, "well")],
            check=True,
            timeout=60,
        )

    def public_key(self) -> bytes:
        raise AssertionError("only looked at here")

    def sign(self, public_key: bytes, message: bytes) -> bytes:
        raise AssertionError("only looked at here")


def runs() -> int:
    """How often it ran."""
    path = Path(os.environ[COUNT])
    return path.stat().st_size if path.exists() else 0


if __name__ == "__main__":
    with open(sys.argv[1], "ab") as file:  # noqa: PTH123 - a program of its own
        file.write(b".")
    sys.exit(1 if sys.argv[2] == "away" else 0)
