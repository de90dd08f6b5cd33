"""A key comes in a file as people keep one: with a byte order mark, comments, or beside another."""

import pytest
import verify_masthead

from masthead.cli.auditors_keys import given
from masthead.errors import CannotRead
from masthead.newsroom.evidence import keys

FORMS = {
    "a byte order mark": ("\ufeff{one}\n", True),
    "a comment before": ("# The Herald\n{one}\n", True),
    "a comment after": ("{one}\n\nprinted in May 2026\n", True),
    "ends of lines of Windows": ("# The Herald\r\n{one}\r\n", True),
    "two keys": ("{one}\n{two}\n", False),
    "none": ("# The Herald\n", False),
    "nothing": ("", False),
    "a key that was copied wrongly": ("{one}x\n", False),
}


@pytest.mark.parametrize("form", FORMS)
def test_both_take_a_file_that_holds_one_key(tmp_path, form):
    one, two = (keys.create(tmp_path / name, "herald.example/log").key for name in ("one", "two"))
    text, good = FORMS[form]
    file = tmp_path / "log.pub"
    file.write_bytes(text.format(one=one, two=two).encode())
    if good:
        assert given(str(file), None, None, None).key == one
        assert verify_masthead.read_key(str(file)).public == one.public_key
        return
    with pytest.raises(CannotRead) as ours:
        given(str(file), None, None, None)
    assert ("2 keys" in str(ours.value)) == (form == "two keys")
    with pytest.raises(verify_masthead.Broken, match="nor a file with just one") as theirs:
        verify_masthead.read_key(str(file))
    assert theirs.value.args[1] == verify_masthead.UNREADABLE
