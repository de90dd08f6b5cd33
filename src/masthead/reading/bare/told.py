"""What comes back of a picture's metadata: which way is up, and that AI made it."""

import re
import struct
from contextlib import suppress

UPRIGHT = 1

_ORIENTATION, _SHORT = 0x0112, 3
_MARK = re.compile(rb"://cv\.iptc\.org/newscodes/digitalsourcetype/([A-Za-z]{1,60})")
_BY_AI = frozenset(
    (b"trainedAlgorithmicMedia", b"compositeWithTrainedAlgorithmicMedia", b"compositeSynthetic")
)
"""IPTC NewsCodes, Digital Source Type: the terms that say AI made the picture or a part of it."""


class Told:
    """Collects from the blocks that are left out."""

    def __init__(self) -> None:
        self.orientation = UPRIGHT
        self.mark: bytes | None = None

    def exif(self, tiff: bytes) -> None:
        """An Exif block, from its TIFF header on (CIPA DC-008, section 4.5); the first one holds."""
        if self.orientation == UPRIGHT:
            with suppress(struct.error):
                self.orientation = _orientation(tiff)

    def xmp(self, packet: bytes) -> None:
        """An XMP packet."""
        self.mark = self.mark or next((term for term in _MARK.findall(packet) if term in _BY_AI), None)

    @property
    def kept_exif(self) -> bytes | None:
        """A TIFF header with the orientation alone; None where the picture is upright."""
        if self.orientation == UPRIGHT:
            return None
        return struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, _ORIENTATION, _SHORT, 1, self.orientation, 0, 0)

    @property
    def kept_xmp(self) -> bytes | None:
        """An XMP packet with the AI mark alone; None where there was none."""
        if self.mark is None:
            return None
        return (
            b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            b'<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
            b'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/%s"/>'
            b"</rdf:RDF></x:xmpmeta>" % self.mark
        )


def _orientation(tiff: bytes) -> int:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return UPRIGHT
    (place,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, place)
    for entry in range(place + 2, place + 2 + 12 * count, 12):
        tag, form, _, value = struct.unpack_from(order + "HHIH", tiff, entry)
        if tag == _ORIENTATION:
            return value if form == _SHORT and 1 <= value <= 8 else UPRIGHT
    return UPRIGHT
