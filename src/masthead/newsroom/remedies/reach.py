"""How to reach somebody who asked: sealed with a key of its own, opened for who answers, soon forgotten."""

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
        # Nobody seals with two keys, and the one lasts before anything is sealed with it.
        lasting.first(path, Fernet.generate_key())
        return Fernet(path.read_bytes())
