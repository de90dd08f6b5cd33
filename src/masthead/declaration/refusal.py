"""The refusal of a catalogue that does not agree with itself."""

from masthead.errors import MastheadError
from masthead.language import Message, Value


class CatalogueError(MastheadError):
    """The catalogue is inconsistent or incomplete; nothing of it was loaded.

    `file` is the data file, relative to the catalogue's folder; `key` the place in it, empty where the
    whole file is at fault.
    """

    def __init__(self, file: str, key: str, problem: Message, remedy: Message) -> None:
        values: dict[str, Value] = {"file": file, "key": key, "problem": problem}
        if key:
            what = Message("%(file)s, key %(key)s: %(problem)s", values)
        else:
            what = Message("%(file)s: %(problem)s", values)
        super().__init__(what, remedy)
        self.file = file
        self.key = key
