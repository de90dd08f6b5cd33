"""Why a file is not read, said once: what happened and what to do."""

from masthead.errors import CannotRead, Refused
from masthead.language import Message

_SUPPORTED = Message(
    "Save it as one of these: Markdown, HTML, plain text, Word (DOCX), PDF, JPEG, PNG or WebP."
)
_ANOTHER_COPY = Message("Get another copy, or open it in the program that made it and save it again.")


def unsupported(kind: Message) -> CannotRead:
    """A file of a known kind that we do not read."""
    return CannotRead(Message("This is %(kind)s, which cannot be read here.", {"kind": kind}), _SUPPORTED)


def unknown() -> CannotRead:
    """Bytes that are neither text nor any kind we know."""
    return CannotRead(Message("This is neither text nor a kind of file that is known here."), _SUPPORTED)


def empty() -> CannotRead:
    """Nothing at all, or nothing to read."""
    return CannotRead(
        Message("There is nothing in this file to read."), Message("Check that it is the right file.")
    )


def damaged(kind: Message) -> CannotRead:
    """A file that is cut off or broken."""
    return CannotRead(Message("This %(kind)s is damaged or cut off.", {"kind": kind}), _ANOTHER_COPY)


def too_large(size: int, most: int) -> CannotRead:
    """More bytes than allowed."""
    return CannotRead(
        Message(
            "This file has %(size)s MB; at most %(most)s MB are taken.",
            {"size": _megabytes(size), "most": _megabytes(most)},
        ),
        Message("Hand in a smaller file, or raise the setting MASTHEAD_MAX_UPLOAD (in bytes)."),
    )


def too_long(most: int) -> CannotRead:
    """More text than allowed."""
    return CannotRead(
        Message("This file holds more than %(most)s characters of text.", {"most": most}),
        Message("Split it into parts."),
    )


def too_many_blocks(most: int) -> CannotRead:
    """More paragraphs than allowed."""
    return CannotRead(
        Message("This file holds more than %(most)s paragraphs or lines of text.", {"most": most}),
        Message("Split it into parts."),
    )


def too_many_pages(pages: int, most: int) -> CannotRead:
    """More pages than allowed."""
    return CannotRead(
        Message("This PDF has %(pages)s pages; at most %(most)s are read.", {"pages": pages, "most": most}),
        Message("Split it into parts."),
    )


def too_many_pixels(most: int) -> CannotRead:
    """A picture that would fill the memory."""
    return CannotRead(
        Message("This picture has more than %(most)s million pixels.", {"most": most // 1_000_000}),
        Message("Hand in a smaller version of it."),
    )


def unpacks_too_large() -> CannotRead:
    """A zip bomb, or something that looks like one."""
    return CannotRead(
        Message("This document unpacks to far more than a document holds; it may be made to do harm."),
        Message("Do not open it. If you trust it, save it again as plain text and hand that in."),
    )


def encrypted(kind: Message) -> CannotRead:
    """A file that asks for a password."""
    return CannotRead(
        Message("This %(kind)s is protected by a password.", {"kind": kind}),
        Message("Open it with the password, save a copy without one and hand that in."),
    )


def no_text() -> CannotRead:
    """A PDF of pictures."""
    return CannotRead(
        Message("This PDF holds no text: its pages are probably scanned pictures."),
        Message("Run text recognition (OCR) on it first, then hand in the result."),
    )


def not_utf8(place: int) -> CannotRead:
    """Text in an encoding that it does not name."""
    return CannotRead(
        Message("This text is not valid UTF-8: the byte at offset %(place)s is wrong.", {"place": place}),
        Message("Save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)."),
    )


def not_as_declared(charset: str, place: int) -> CannotRead:
    """Text that is not in the encoding it names."""
    return CannotRead(
        Message(
            "This text says that its encoding is %(charset)s, but the byte at offset %(place)s is not.",
            {"charset": charset, "place": place},
        ),
        Message("Save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)."),
    )


def unknown_charset(charset: str) -> CannotRead:
    """Text in an encoding that nobody knows."""
    return CannotRead(
        Message("This text says that its encoding is %(charset)s, which is not known.", {"charset": charset}),
        Message("Save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)."),
    )


def took_too_long(seconds: float) -> CannotRead:
    """A parser that did not come to an end."""
    return CannotRead(
        Message(
            "Reading this file took over %(seconds)s seconds and was stopped.", {"seconds": f"{seconds:g}"}
        ),
        Message("Hand in a smaller or simpler version of it, such as plain text."),
    )


def took_too_much() -> CannotRead:
    """A parser that ran out of memory."""
    return CannotRead(
        Message("Reading this file needed more memory than allowed and was stopped."),
        Message("Hand in a smaller or simpler version of it, such as plain text."),
    )


def broke() -> CannotRead:
    """A parser that crashed."""
    return CannotRead(
        Message("This file could not be read: it broke the program that opens such files."), _ANOTHER_COPY
    )


def words_would_change() -> Refused:
    """A text that holds what must not go out, in a place that was signed."""
    return Refused(
        Message("This text could not be published without changing what was signed."),
        Message(
            "Take out links and pictures that do not lead to a web address, a mail address or a telephone "
            "number, or save it as plain Markdown or HTML; then bring it in as a new version."
        ),
    )


def picture_would_change() -> Refused:
    """A picture whose metadata cannot be taken off."""
    return Refused(
        Message("The metadata of this picture could not be taken off without changing the picture."),
        Message("Open it, save it anew and bring it in as a new version."),
    )


def missing() -> CannotRead:
    """No file at a path."""
    return CannotRead(Message("There is no such file."), Message("Check the path and its spelling."))


def is_folder() -> CannotRead:
    """A folder at a path."""
    return CannotRead(Message("This is a folder."), Message("Name one file in it."))


def not_a_file() -> CannotRead:
    """A pipe, a device or a socket at a path."""
    return CannotRead(
        Message("This is not an ordinary file."), Message("Copy its content into a file first.")
    )


def not_permitted() -> CannotRead:
    """A file that this user may not open."""
    return CannotRead(
        Message("This file may not be opened by the user who runs this."),
        Message("Change its permissions, or run this as a user who may read it."),
    )


def disk_failed() -> CannotRead:
    """The disk or the path gave an error."""
    return CannotRead(
        Message("The disk gave an error while this file was read."),
        Message("Check the path and the disk, then try again."),
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".removesuffix(".0")
