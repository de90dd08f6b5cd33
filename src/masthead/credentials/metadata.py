"""What a file says of itself without a seal: IPTC's AI fields in its XMP packet.

Fields: IPTC Photo Metadata Standard 2025.1, `Iptc4xmpExt:DigitalSourceType`, `Iptc4xmpExt:AISystemUsed`;
packet: ISO 16684-1. Anyone can write or strip them, so they prove nothing; they are the file's word.
"""

import re
from collections.abc import Iterator

from lxml import etree

from masthead.credentials.said import Declared, Fault, Place
from masthead.credentials.source_types import Standing, recognise
from masthead.credentials.store import MANY, text

_START, _END = b"<x:xmpmeta", b"</x:xmpmeta>"
_LARGEST = 2_000_000
_MOST = 4
_OWNER = re.compile(r"self#jumbf=/?c2pa/([^/]+)")
"""The manifest that XMP's `dcterms:provenance` says belongs to the file."""
_MARKER, _START_OF_SCAN = 0xFF, 0xDA
_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"


def _end_of_segments(content: bytes) -> int:
    """Where a JPEG's segments end and its picture begins (ITU-T T.81, B.1.1); for others the whole length.

    Nothing that describes the file stands behind it, and searching a picture takes a millisecond.
    """
    at = 2 if content.startswith(b"\xff\xd8\xff") else len(content)
    while at + 4 <= len(content) and content[at] == _MARKER and content[at + 1] != _START_OF_SCAN:
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    found = at + 4 <= len(content) and content[at] == _MARKER
    return at if found else len(content)


def packets(content: bytes) -> Iterator[bytes]:
    """The first XMP packets in a file, wherever its format keeps them uncompressed."""
    at, last = 0, _end_of_segments(content)
    for _ in range(_MOST):
        at = content.find(_START, at, last)
        if at < 0:
            return
        end = content.find(_END, at, at + _LARGEST)
        if end < 0:
            return
        yield content[at : end + len(_END)]
        at = end


def told(content: bytes) -> tuple[list[Declared], list[Fault], list[str]]:
    """The AI declared, the faults, and the manifest labels that the packets say belong to the file."""
    ai: list[Declared] = []
    faults: list[Fault] = []
    labels: list[str] = []
    for packet in packets(content):
        try:
            values = list(_values(packet))
        except (etree.XMLSyntaxError, ValueError):
            faults.append(Fault("masthead.metadata.unreadable", where=Place.METADATA))
            continue
        systems = [value for name, value in values if name == "AISystemUsed"]
        for name, value in values:
            if name == "provenance" and (owner := _OWNER.match(value)):
                labels.append(owner[1])
            if name == "DigitalSourceType":
                found = recognise(value)
                if found.is_ai:
                    ai.append(Declared(Place.METADATA, next(iter(systems), None), source_type=found.term))
                elif found.standing is not Standing.KNOWN:
                    faults.append(Fault(f"masthead.sourceType.{found.standing}", value, Place.METADATA))
        ai += [Declared(Place.METADATA, one) for one in systems if all(d.system != one for d in ai)]
    return list(dict.fromkeys(ai)), list(dict.fromkeys(faults)), labels


def _values(packet: bytes) -> Iterator[tuple[str, str]]:
    """Local name and value of every property: an attribute, an element's text, or what it points to."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(packet, parser)
    for count, element in enumerate(root.iter(etree.Element)):
        if count > MANY * 10:
            return
        for key, value in element.attrib.items():
            said = text(value)
            if said and key != _RESOURCE:
                yield etree.QName(key).localname, said
        name = etree.QName(element).localname
        said = text(element.get(_RESOURCE)) or text(element.text)
        if said:
            yield _property(element) if name == "li" else name, said


def _property(element: "etree._Element") -> str:
    """The property whose list (`rdf:Bag`, `rdf:Seq`, `rdf:Alt`) an `rdf:li` stands in."""
    above = element.getparent()
    above = None if above is None else above.getparent()
    return "" if above is None else etree.QName(above).localname
