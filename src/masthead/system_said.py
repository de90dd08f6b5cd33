"""What the system says as it refuses, in the active language: Python has it in that of the machine."""

import errno

from masthead.language import Message

_WORDS = {
    errno.EACCES: Message("permission denied"),
    errno.EPERM: Message("that is not permitted"),
    errno.ENOENT: Message("no such file or folder"),
    errno.ENOTDIR: Message("that is no folder"),
    errno.EISDIR: Message("that is a folder"),
    errno.EEXIST: Message("it is there already"),
    errno.ENOSPC: Message("no room is left on the disk"),
    errno.EDQUOT: Message("no room is left in your share of the disk"),
    errno.EROFS: Message("the disk takes no writing"),
    errno.EIO: Message("the disk could not be read or written"),
    errno.EFBIG: Message("the file is too large"),
    errno.ENAMETOOLONG: Message("the name is too long"),
    errno.EMFILE: Message("too many files are open"),
}


def why(error: OSError) -> Message | str:
    """Why, to stand within a sentence; what we have no words for comes as the system says it."""
    return _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__
