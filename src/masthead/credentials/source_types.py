"""The IPTC digital source types: one closed list, written strictly and read with named doubts.

Source: IPTC NewsCodes, Digital Source Type, <http://cv.iptc.org/newscodes/digitalsourcetype/>; the two terms
of C2PA's own: C2PA Technical Specification, section on digital source types.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from masthead.errors import CannotRead
from masthead.language import Message

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
C2PA = "http://c2pa.org/digitalsourcetype/"
SCHEMA = "schema.org/"

TERMS = frozenset(
    {
        "digitalCapture",
        "computationalCapture",
        "negativeFilm",
        "positiveFilm",
        "print",
        "humanEdits",
        "algorithmicallyEnhanced",
        "digitalCreation",
        "dataDrivenMedia",
        "trainedAlgorithmicMedia",
        "compositeWithTrainedAlgorithmicMedia",
        "algorithmicMedia",
        "screenCapture",
        "virtualRecording",
        "composite",
        "compositeCapture",
        "compositeSynthetic",
    }
)
"""IPTC's terms in use; each stands under `IPTC`."""

C2PA_TERMS = frozenset({"empty", "trainedAlgorithmicData"})
"""C2PA's own terms; each stands under `C2PA`."""

RETIRED = {
    "minorHumanEdits": "humanEdits",
    "digitalArt": "digitalCreation",
    "softwareImage": "digitalCreation",
}
"""Terms that IPTC has retired, and the term in use that comes nearest."""

AI = frozenset(
    {
        "trainedAlgorithmicMedia",
        "compositeWithTrainedAlgorithmicMedia",
        "compositeSynthetic",
        "trainedAlgorithmicData",
    }
)
"""Terms by which a file says that a trained model made it or part of it."""

_SCHEMA_NAMES = {"MultiFrameComputationalCapture": "computationalCapture"}


class Standing(StrEnum):
    """What a source type found in a file is."""

    KNOWN = "known"
    RETIRED = "retired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SourceType:
    """A source type as a file gives it: `given`, its short `term` where there is one, and its standing."""

    given: str
    term: str | None
    standing: Standing

    @property
    def is_ai(self) -> bool:
        """Whether it says that a trained model made it or part of it."""
        return self.term in AI


def uri(term: str) -> str:
    """The full URI for a short term or a full URI, to be written into a file.

    Raises `CannotRead` for a retired term (naming its replacement) and for an invented one (naming the
    nearest term).
    """
    found = recognise(term)
    if found.standing is Standing.KNOWN and found.term is not None:
        return (C2PA if found.term in C2PA_TERMS else IPTC) + found.term
    if found.standing is Standing.RETIRED and found.term is not None:
        raise CannotRead(
            Message("“%(term)s” is a digital source type that IPTC has retired.", {"term": found.term}),
            Message("Use %(replacement)s.", {"replacement": RETIRED[found.term]}),
        )
    raise CannotRead(
        Message("“%(term)s” is not an IPTC digital source type.", {"term": term[:80]}),
        _suggestion(term),
    )


def recognise(given: str) -> SourceType:
    """What a file gives as source type: a URI of IPTC or C2PA, a short term, or a schema.org member.

    Never raises: what is not in the list comes back as `UNKNOWN`.
    """
    short = _short(given.strip())
    for term in (short, _SCHEMA_NAMES.get(short or "", short)):
        known = term and next((t for t in (*TERMS, *C2PA_TERMS) if t.lower() == term.lower()), None)
        if known and _at_home(given, known):
            return SourceType(given, known, Standing.KNOWN)
        retired = term and next((t for t in RETIRED if t.lower() == term.lower()), None)
        if retired:
            return SourceType(given, retired, Standing.RETIRED)
    return SourceType(given, None, Standing.UNKNOWN)


def _short(given: str) -> str | None:
    bare = given.removeprefix("https://").removeprefix("http://").rstrip("/")
    for prefix in (IPTC, C2PA):
        if bare.startswith(prefix.removeprefix("http://")):
            return bare.removeprefix(prefix.removeprefix("http://"))
    if bare.startswith("digsrctype:"):
        return bare.removeprefix("digsrctype:")
    bare = bare.removeprefix("www.").removeprefix(SCHEMA)
    bare = bare.removesuffix("DigitalSource")
    return bare if bare and "/" not in bare and ":" not in bare else None


def _at_home(given: str, term: str) -> bool:
    """Whether a full URI stands under the publisher of its term: C2PA's `digitalCapture` is nobody's."""
    if "digitalsourcetype/" not in given:
        return True
    return ("c2pa.org/" in given) == (term in C2PA_TERMS)


def _suggestion(term: str) -> Message:
    offered = {t.lower(): t for t in (*TERMS, *C2PA_TERMS)}
    near = get_close_matches((_short(term) or term).lower(), offered, n=1, cutoff=0.5)
    if near:
        return Message("Did you mean %(near)s?", {"near": offered[near[0]]})
    return Message("Use one of: %(terms)s.", {"terms": ", ".join(sorted(TERMS))})
