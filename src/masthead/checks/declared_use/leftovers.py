"""What AI assistants leave behind word for word: their talk about themselves, their citation marks.

Literal leftovers only, each of which a person can look up in the text. Nothing here weighs style, rhythm or
choice of words, and nothing ever will: who wrote a text cannot be told from that, and the innocent pay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any


class Leftover(StrEnum):
    """What kind of leftover."""

    TALK = "assistant_talk"
    CITATION = "citation_mark"
    LINK = "assistant_link"
    PLACEHOLDER = "placeholder"


_TALK = (
    # English
    r"as an? (?:ai|artificial intelligence)(?: language)? (?:model|assistant)\b",
    r"as a large language model\b",
    r"i(?:'m| am) sorry, but i (?:can't|cannot|can not|am unable to|am not able to)\b",
    r"i (?:can't|cannot|can not|am unable to|'m unable to) (?:fulfill?|comply with|assist with|help with) "
    r"(?:this|that|your)\b",
    r"(?:certainly|sure|of course|absolutely)[!,.]? here(?:'s| is| are) (?:an?|the|your|some)\b",
    r"here(?:'s| is) (?:an?|the|your) (?:revised|rewritten|updated|polished|edited|improved|shortened) "
    r"(?:version|draft|article|text|headline|paragraph)\b",
    r"as of my (?:last|latest|most recent) (?:knowledge |training )?(?:update|cut-?off)\b",
    r"my (?:knowledge|training) cut-?off\b",
    r"(?:would you like me to|let me know if you(?:'d| would) like me to) "
    r"(?:adjust|expand|revise|rewrite|shorten|continue|change|refine|make|add)\b",
    # French
    r"en tant (?:que|qu') ?(?:grand )?"
    r"(?:mod[eè]le de langage|ia|intelligence artificielle|assistant (?:ia|virtuel))\b",
    r"je suis d[eé]sol[eé]e?, mais je ne (?:peux|suis) pas\b",
    r"je ne peux pas (?:r[eé]pondre [aà]|satisfaire|traiter|donner suite [aà]|acc[eé]der [aà]) "
    r"(?:cette|votre) demande\b",
    r"(?:bien s[uû]r|certainement|avec plaisir) ?[!,.:]? voici (?:une?|le|la|les|votre|quelques)\b",
    r"voici (?:une|la|votre) version "
    r"(?:r[eé]vis[eé]e|corrig[eé]e|am[eé]lior[eé]e|reformul[eé]e|mise [aà] jour|raccourcie)\b",
    r"(?:lors de|[aà]|selon) ma derni[eè]re mise [aà] jour\b",
    r"souhaitez-vous que je (?:modifie|d[eé]veloppe|reformule|raccourcisse|continue|l'adapte|ajoute)\b",
    # German, Spanish, Portuguese, Italian, Dutch, Arabic: the one sentence that all assistants say
    r"als (?:ein )?(?:gro[sß]+es )?(?:ki-)?sprachmodell\b",
    r"como (?:un )?(?:gran )?modelo de (?:lenguaje|linguagem)\b",
    r"(?:in quanto|come) modello linguistico\b",
    r"als (?:een )?(?:groot )?taalmodel\b",
    r"(?:ك|بصفتي )نموذج لغ",
)
_CITATION = (
    r"(?:cite[\x{e000}-\x{f8ff}]*)?turn\d{1,3}(?:search|view|news|image|fetch|file|forecast|finance|sports)\d{1,3}\b",
    r":?contentreference\[oaicite:\d+\](?:\{index=\d+\})?",
    r"\[?oai_?cit(?:e|ation)[:\]][\w.:/\-]*",
    r"【\d{1,3}[†:][^】\n]{0,40}】",
    r"\[cite_start\]|\[cite: ?\d[\d, ]{0,40}\]",
    r"sandbox:/mnt/data/[\w.\-]*",
    r"</?think>",
)
_LINK = (r"[?&]utm_source=(?:chatgpt\.com|openai|perplexity(?:\.ai)?|copilot\.com|claude\.ai|gemini)\b",)
_PLACEHOLDER = (
    r"\[(?:insert|insérer|inserer|your|votre|enter|add|ajouter|à compléter|einfügen|insert[ae]r?)"
    r"(?:[ :][^\]\n]{1,60})?\]",
)
_PATTERNS = {
    Leftover.TALK: _TALK,
    Leftover.CITATION: _CITATION,
    Leftover.LINK: _LINK,
    Leftover.PLACEHOLDER: _PLACEHOLDER,
}
_ALIKE = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\t": " "})
_OPENING = "\"'“‘«„‹"


@dataclass(frozen=True, slots=True)
class Left:
    """One leftover and where it stands; `quoted` where a quotation mark opens right before it."""

    kind: Leftover
    start: int
    end: int
    quoted: bool


@cache
def _joined() -> Any:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    groups = (f"({'|'.join(patterns)})" for patterns in _PATTERNS.values())
    return re2.compile("|".join(groups), options)


def leftovers(text: str) -> Iterator[Left]:
    """Every leftover in reading order, in time linear in the text."""
    alike = text.translate(_ALIKE).encode("utf-8", "replace").decode()
    for match in _joined().finditer(alike):
        start, end = match.span()
        kind = next(kind for group, kind in enumerate(_PATTERNS, 1) if match.group(group) is not None)
        quoted = alike[max(0, start - 3) : start].rstrip()[-1:] in tuple(_OPENING)
        yield Left(kind, start, end, quoted)
