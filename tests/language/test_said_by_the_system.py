"""What the system says as it refuses stands in our sentences in the reader's language, never as nothing."""

import errno
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.newsroom.conftest import small
from tests.newsroom.desk import Desk, ready

from masthead.credentials.issuer import Issuer
from masthead.credentials.local_chain import create
from masthead.errors import MastheadError
from masthead.language import using
from masthead.newsroom.evidence import high_water
from masthead.newsroom.items.blobs import fetch, no_room, path_of
from masthead.newsroom.public.projection import unfinished
from masthead.newsroom.site.backup.taking import _clear

__all__ = ["small"]

FOLDER, NO_FOLDER = "c’est un répertoire", "ce n’est pas un répertoire"


def told(refused: pytest.ExceptionInfo[MastheadError]) -> str:
    """What is said of it in French."""
    with using("fr"):
        return str(refused.value.what)


def test_of_the_file_of_what_was_published(small: Desk) -> None:
    mark = high_water.read(small.home)
    file = small.home / high_water.FILE
    file.unlink()
    file.mkdir()
    with pytest.raises(MastheadError) as refused:
        high_water.write(small.home, mark)
    assert FOLDER in told(refused)


def test_of_a_file_that_the_record_names(small: Desk) -> None:
    digest = ready(small).sha256
    path_of(digest).unlink()
    path_of(digest).mkdir()
    with pytest.raises(MastheadError) as refused:
        fetch(digest)
    assert FOLDER in told(refused)


def test_of_certificates(tmp_path: Path) -> None:
    with pytest.raises(MastheadError) as refused:
        Issuer.from_files(tmp_path, tmp_path)
    assert FOLDER in told(refused)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(MastheadError) as refused:
        create(tmp_path / "file" / "here", organisation="Alder", now=datetime.now(UTC))
    assert "il existe déjà" in told(refused)


def test_of_an_old_copy_that_cannot_be_taken_away(tmp_path: Path) -> None:
    (tmp_path / ".2026.part").write_text("no folder")
    with using("fr"):
        assert _clear(tmp_path) == {".2026.part": NO_FOLDER}


@pytest.mark.parametrize("of", [unfinished, no_room])
def test_what_the_system_gives_no_words_for_has_a_name_all_the_same(
    of: Callable[[OSError], MastheadError],
) -> None:
    assert "(OSError)" in str(of(OSError()).what)
    with using("fr"):
        assert "(le disque n’accepte pas d’écriture)" in str(of(OSError(errno.EROFS, "x")).what)
