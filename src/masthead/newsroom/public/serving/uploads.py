"""A file that a stranger hands in: held in memory while it is looked at, and never written down."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from masthead.errors import CannotRead
from masthead.language import Message

LARGEST = 25_000_000
"""Bytes of a file that may be verified here; a larger one can be verified at a terminal."""
_AROUND = 1_000_000


class InMemory(FileUploadHandler):
    """Takes one file of at most `LARGEST` bytes."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin."""
        super().new_file(*args, **kwargs)
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take the next part."""
        if start + len(raw_data) > LARGEST:
            raise StopUpload(connection_reset=True)
        self._held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Give the whole."""
        self._held.seek(0)
        return InMemoryUploadedFile(
            self._held,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
        )


class NoFile(FileUploadHandler):
    """Takes no file at all: what a form has no field for is passed over and never written down."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Pass over it."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never asked."""

    def file_complete(self, file_size: int) -> None:
        """Never asked."""


def take(request: HttpRequest) -> None:
    """Have what `request` brings taken in memory; `CannotRead` where it is too large, before it is read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not said.isdecimal() or int(said) > LARGEST + _AROUND:
        raise CannotRead(
            Message("The file is too large to be looked at here."),
            Message("Verify it on your own computer: masthead verify FILE"),
        )
    request.upload_handlers = [InMemory(request)]
