"""How to reach somebody who asked: sealed with a key of its own, opened for who answers, soon forgotten."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import Q

from masthead.newsroom import lasting
from masthead.newsroom.evidence.kept import is_there as found_damaged
from masthead.newsroom.remedies.models import Question, Reach

KEY = Path("keys") / "reach.key"
KEPT = timedelta(days=60)
"""How long a way to reach somebody is kept at most, but for a legal hold."""

keeping: list[Callable[[Question], bool]] = []
"""Asked before a way to reach somebody is forgotten: whether something stands against it."""


def leave(question: Question, said: str, now: datetime) -> None:
    """Keep a way to reach whoever asked `question`, in place of one they left before."""
    kept = {"sealed": _key().encrypt(said.encode()), "left_at": now}
    Reach.objects.update_or_create(question=question, defaults=kept)


def opened(question: Question) -> str:
    """The way to reach whoever asked; empty where they left none, or it is forgotten."""
    kept = Reach.objects.filter(question=question).first()
    if kept is None:
        return ""
    try:
        return _key().decrypt(bytes(kept.sealed)).decode()
    except InvalidToken:
        return ""


def forget(question: Question) -> None:
    """Forget how to reach whoever asked, unless something stands against that."""
    if not any(stands_against(question) for stands_against in keeping):
        Reach.objects.filter(question=question).delete()


def forget_old(now: datetime) -> None:
    """Forget every way to reach somebody that was kept long enough, or whose question was closed."""
    if found_damaged(settings.MASTHEAD_HOME):
        return
    over = Q(left_at__lt=now - KEPT) | Q(question__ending__closed__gt="")
    for kept in Reach.objects.filter(over).select_related("question"):
        forget(kept.question)


def _key() -> Fernet:
    """The key in the home folder, made by the first who needs it."""
    path = Path(settings.MASTHEAD_HOME) / KEY
    try:
        return Fernet(path.read_bytes())
    except FileNotFoundError:
        lasting.made(path.parent)
        fresh = path.with_name(f".{os.getpid()}.reach.part")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())
        try:
            # Whoever links first wins: two processes never seal with two keys.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        # Before anything is sealed with it: what its key is lost of, nobody reads again.
        lasting.sync(path.parent)
        return Fernet(path.read_bytes())
