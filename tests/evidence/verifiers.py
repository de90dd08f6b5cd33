"""Both verifiers asked at once: ours, and the file that shares no code with it. They must be of one mind."""

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

import verify_masthead

from masthead.errors import CannotRead
from masthead.newsroom.evidence import bundle_check, export_check
from masthead.newsroom.evidence.attested import Given
from masthead.tlog.cosignature import CosignerKey
from masthead.tlog.note import VerifierKey

VERIFIER = Path(verify_masthead.__file__)
INTACT, NOT_INTACT, UNREADABLE, NO_KEY, NOT_COMPARED = 0, 1, 2, 3, 4


@dataclass
class Auditor:
    """Somebody with keys, from elsewhere, and perhaps a checkpoint kept earlier."""

    folder: Path
    """Where files are put for the command line."""
    key: str | None = None
    witnesses: tuple[str, ...] = ()
    kept: str | None = None
    said: str = ""
    """What the small verifier printed last."""
    why: str = ""
    """What ours found wrong last."""

    def answer(self, what: bytes | Path) -> int:
        """The exit code for the bytes of a bundle, or for the folder of an export."""
        theirs, ours = self._theirs(what), self._ours(what)
        assert ours == theirs, (ours, self.why, theirs, self.said)
        return theirs

    def _theirs(self, what: bytes | Path) -> int:
        path = what
        if isinstance(what, bytes):
            path = self.folder / "asked-bundle.json"
            path.write_bytes(what)
        words = [str(path), *(["--key", self.key] if self.key else [])]
        for each in self.witnesses:
            words += ["--witness", each]
        if self.kept is not None:
            (self.folder / "kept-head").write_text(self.kept)
            words += ["--since", str(self.folder / "kept-head")]
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = verify_masthead.main(words)
        self.said = out.getvalue()
        return code

    def _ours(self, what: bytes | Path) -> int:
        given = Given(
            VerifierKey.parse(self.key) if self.key else None,
            tuple(CosignerKey.parse(each) for each in self.witnesses),
            kept=self.kept,
        )
        try:
            room = bundle_check if isinstance(what, bytes) else export_check
            verdict = room.check(what, given)
        except CannotRead as error:
            self.why = str(error)
            return UNREADABLE
        self.why = str(verdict.why or "")
        if not verdict.intact:
            return NOT_INTACT
        if self.kept is not None and verdict.compared is None and verdict.signed:
            return NOT_COMPARED
        return INTACT if verdict.signed else NO_KEY
