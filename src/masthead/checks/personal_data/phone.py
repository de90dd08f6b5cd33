"""Phone numbers: what the numbering plans of likely countries call valid, and what a word calls a phone.

`phonenumbers` says what is valid (its `Leniency.VALID`; what is merely possible is right one time in
fifteen). It is asked only about what is written as a phone number is: with a plus or 00 and a country, with a
leading zero, grouped 3-3-4, or with a word such as *call* or *Tel.* near. Sums and dates are left alone.
"""

import re
from collections.abc import Iterator

from masthead.checks.personal_data.place import ALONE, ENDED, Kind, Place, near, words
from masthead.checks.personal_data.scan import Stretch
from masthead.vocabulary import Level

REGIONS: dict[str, tuple[str, ...]] = {
    "en": ("GB", "US", "AU", "IE", "IN", "ZA", "NG", "KE", "NZ"),
    "fr": ("FR", "BE", "CH", "MA", "DZ", "TN", "SN", "CI", "CM", "CD"),
    "ar": ("EG", "MA", "DZ", "TN", "SA", "AE", "JO", "LB", "IQ", "SY"),
    "de": ("DE", "AT", "CH"), "es": ("ES", "MX", "AR", "CO", "CL", "PE"), "pt": ("PT", "BR"),
    "it": ("IT", "CH"), "nl": ("NL", "BE"), "sv": ("SE", "FI"), "da": ("DK",), "nb": ("NO",), "no": ("NO",),
    "nn": ("NO",), "fi": ("FI",), "pl": ("PL",), "tr": ("TR",), "ru": ("RU", "KZ", "BY"), "uk": ("UA",),
    "el": ("GR", "CY"), "cs": ("CZ",), "sk": ("SK",), "hu": ("HU",), "ro": ("RO", "MD"), "bg": ("BG",),
    "hr": ("HR",), "sr": ("RS",), "zh": ("CN", "TW", "HK"), "ja": ("JP",), "ko": ("KR",), "hi": ("IN",),
    "bn": ("BD", "IN"), "ur": ("PK", "IN"), "fa": ("IR", "AF"), "he": ("IL",), "id": ("ID",), "vi": ("VN",),
    "th": ("TH",), "sw": ("KE", "TZ"), "am": ("ET",),
}  # fmt: skip
"""Where a number without a country is likely to be from, by the language of the text."""
ANYWHERE = ("GB", "FR", "DE", "ES")

_GAP = r"[ .\-/()]{0,2}"
_WORLD = re.compile(rf"(?<![0-9A-Za-z+])(?:\+|\(\+|00(?=[ .-]?[1-9])){_GAP}[1-9](?:{_GAP}\d){{6,13}}(?!\d)")
_TRUNK = re.compile(rf"{ALONE}\(?0[1-9](?:{_GAP}\d){{7,9}}(?!\d)")
_NANP = re.compile(
    rf"{ALONE}(?:1[ .-])?(?:\(\d{{3}}\) ?\d{{3}}[ .-]|\d{{3}}([ .-])\d{{3}}\1)\d{{4}}(?![0-9A-WYZa-wyz])"
)
_WORDED = re.compile(rf"{ALONE}\(?\d(?:{_GAP}\d){{6,13}}{ENDED.replace(r'|[.,:]', r'|[,:]')}")

_DATE = re.compile(
    r"\d{1,2}([./-])\d{1,2}\1(?:19|20)?\d\d(?![./-]?\d)"
    r"|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2}(?!\d)"
    r"|\d\.\d+\Z"
    r"|\d{5}-\d{4}\Z"
)
"""Dates, a decimal fraction, and an American postcode."""
_YEARS = re.compile(r"(?:(?:1[5-9]|20)\d\d[ /.-]+){1,}(?:1[5-9]|20)\d\d(?!\d)")
_SUM = re.compile(r"[1-9]\d{0,2}(?:[ .]\d{3})+\Z")
_LEFTOVER = re.compile(r"[ .\-/()]+\d+\Z")

_WORDS = words(
    "t[eé]l", "t[eé]l[eé]phon\\w*", "tel[eé]f\\w*", "tlf", "phones?", "mobil\\w*", "cell", "cellphone",
    "call(?:ed|ing)?", "fax", "whatsapp", "signal", "telegram", "sms", "text me", "ring", "desk", "hotline",
    "appel\\w*", "joindre", "joignable", "portable", "num[eé]ro", "anruf\\w*", "handy", "rufnummer",
    "llam\\w*", "m[oó]vil", "celular", "chiam\\w*", "cellulare", "bel", "telefoon\\w*", "telefon\\w*",
    "телефон\\w*", "тел", "هاتف\\w*", "الهاتف", "اتصل\\w*", "للاتصال", "رقم", "جوال", "电话", "手机", "電話",
)  # fmt: skip
_WORD_BEFORE = re.compile(rf"{_WORDS.pattern}\W{{0,4}}\Z", re.IGNORECASE)
_WORDS_AFTER = re.compile(r"[ ,(]{0,2}(?:office|mobile|fax|home|work|cell|desk)(?!\w)", re.IGNORECASE)


def phones(folded: str, stretch: Stretch, language: str) -> Iterator[Place]:
    """Phone numbers in one stretch of text.

    A valid number in a form that only phones have is an error, a service number that belongs to no person
    a note; one with a plus or a word near that no likely numbering plan knows is a warning.
    """
    if stretch.digits < 7:
        return
    regions = REGIONS.get(language.split("-")[0].lower(), ANYWHERE)
    for shape, plans in ((_WORLD, ("ZZ",)), (_TRUNK, regions), (_NANP, ("US",))):
        for match in shape.finditer(folded, stretch.start, stretch.end):
            if not _plain(match[0]):
                yield from _judged(folded, match, plans, doubtful=shape is _WORLD)
    for match in _WORDED.finditer(folded, stretch.start, stretch.end):
        if not _plain(match[0]) and _called(folded, match):
            yield from _judged(folded, match, regions, doubtful=True)


def _judged(folded: str, match: re.Match[str], plans: tuple[str, ...], *, doubtful: bool) -> Iterator[Place]:
    valid = _valid(match[0], plans)
    if valid is not None:
        length, service = valid
        level, why = (Level.NOTE, "service") if service else (Level.ERROR, "")
        yield Place(Kind.PHONE, match.start(), match.start() + length, level, why=why)
    elif doubtful or near(folded, *match.span(), _WORDS):
        yield Place(Kind.PHONE, match.start(), match.end(), Level.WARNING, why="unsure")


def _plain(written: str) -> bool:
    """Whether it reads as a date or a row of years rather than as a phone number."""
    return bool(_DATE.match(written) or _YEARS.match(written) or len(set(re.sub(r"\D", "", written))) < 3)


def _called(folded: str, match: re.Match[str]) -> bool:
    """Whether a word says that this is a phone; what is grouped like a sum needs it right before."""
    start, end = match.span()
    if _SUM.match(match[0]):
        return bool(_WORD_BEFORE.search(folded[max(0, start - 24) : start]))
    return bool(_WORDS.search(folded, max(0, start - 28), start) or _WORDS_AFTER.match(folded, end))


def _valid(written: str, plans: tuple[str, ...]) -> tuple[int, bool] | None:
    """How much of it is a valid number, and whether a service number; None where no plan knows it.

    A number may have run into the next one ("06 12 34 56 78 12 rue…"): last groups are given up one by one.
    """
    import phonenumbers

    service = {
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.UAN,
    }
    for _ in range(4):
        number = re.sub(r"^00", "+", written) if plans == ("ZZ",) else written
        for region in plans:
            try:
                parsed = phonenumbers.parse(number, region)
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_valid_number(parsed):
                return len(written), phonenumbers.number_type(parsed) in service
        shorter = _LEFTOVER.sub("", written)
        if shorter == written or sum(map(str.isdigit, shorter)) < 7:
            return None
        written = shorter
    return None
