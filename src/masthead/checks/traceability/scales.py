"""Words and signs that say what a number counts: thousands and lakhs, per cents, currencies.

Every table is keyed by folded forms (see `tokens.fold`). Short scale and long scale follow the language:
an English billion is 10⁹, a German or Spanish one 10¹².
"""

from functools import cache

from masthead.checks.traceability.tokens import fold, word_set

_SCALES = {
    100: "hundred hundreds honderd 百 백",
    1_000: (
        "k thousand thousands mille mil milliers tausend duizend tusind tusen tys tysiecy tysiace "
        "тыс тысяч тысячи тысяча тисяч тисячі ألف آلاف الف هزار ہزار हज़ार हजार হাজার 千 천 ribu "
        "χιλιαδες nghin אלף tsd"
    ),
    10_000: "万 萬 만",
    100_000: "lakh lakhs  लाख লাখ লক্ষ لاکھ",
    1_000_000: (
        "m mn mln mio million millions millionen millones millon milhoes milhao milioni milione "
        "miljoen millioner miljoner miljon milion miliony milionow milyon juta млн миллион миллиона "
        "миллионов мільйон мільйона мільйонів مليون ملايين مليونا میلیون ملین εκατομμυρια εκατ "
        "מיליון trieu मिलियन মিলিয়ন"
    ),
    10_000_000: "crore crores करोड़ কোটি کروڑ",
    100_000_000: "亿 億 억",
    1_000_000_000: (
        "bn mrd md mds mld milliard milliards milliarden milliarde miljard miliardi miliardo "
        "miljarder milliarder miliard miliardy miliardow milyar miliar bilhoes bilhao млрд миллиард "
        "миллиарда миллиардов мільярд мільярдів مليار مليارات میلیارد अरब δισ δισεκατομμυρια מיליארד"
    ),
    1_000_000_000_000: (
        "tn trn trillions billionen billones billon trilhoes biljoen трлн триллион триллиона "
        "триллионов تريليون 兆 조"
    ),
}
_LONG = frozenset(("fr", "de", "es", "it", "nl", "da", "sv", "pl", "no", "nb", "pt"))
ONE_LETTER = frozenset("km")
"""Scales that are also metres and the like: read only where nothing stands between, or with a currency."""

PERCENT, POINTS, BASIS, ORDINAL, CLOCK, PLAIN, IDENTIFIER = "%", "pp", "bp", "ordinal", "time", "", "id"

_UNITS = {
    PERCENT: (
        "%|٪|percent|per cent|pct|pour cent|pourcent|prozent|prozentig|prozentige|prozentigen|"
        "prozentiger|por ciento|por cento|per cento|procent|prosent|proc|процент|процента|процентов|"
        "процентів|відсотків|في المئة|في المائة|بالمئة|بالمائة|درصد|فيصد|فی صد|प्रतिशत|फीसदी|फ़ीसदी|"
        "শতাংশ|τοις εκατο|אחוז|אחוזים|yuzde|persen"
    ),
    POINTS: "percentage points|percentage point|points de pourcentage|point de pourcentage|prozentpunkte|"
    "prozentpunkten|prozentpunkt|puntos porcentuales|pontos percentuais|punti percentuali|procentpoint|pp",
    BASIS: "basis points|basis point|bps|points de base|basispunkte|basispunkten|puntos basicos|punti base",
    "EUR": "€|eur|euro|euros|evro|евро|євро|يورو|یورو|यूरो|ευρω",
    "USD": "usd|us dollar|us dollars|us dollars|dollar us|dollars americains|dolares estadounidenses",
    "$": "$|dollar|dollars|dolar|dolares|доллар|доллара|долларов|دولار|دولارا|دلار|डॉलर|ডলার",
    "GBP": "gbp|livres sterling|pounds sterling|britische pfund|libras esterlinas",
    "£": "£|pound|pounds|livres|livre|pfund|libras|sterline|جنيه",
    "JPY": "jpy|yen|円",
    "CNY": "cny|rmb|yuan|元",
    "¥": "¥",
    "INR": "₹|inr|rs|rupees|rupee|roupies|rupien|रुपये|रुपए|ரூ",
    "CHF": "chf|franken|francs suisses|swiss francs",
    "RUB": "₽|rub|rubles|roubles|rubel|руб|рублей|рубля|рубль",
    "UAH": "₴|uah|hryvnia|hryvnias|гривень|гривні",
    "TRY": "₺|lira|lirasi|tl",
    "BRL": "brl|reais",
    "PLN": "pln|zloty|zlotys|zlotych",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "kr": "kr|kronor|kroner|kronen|couronnes",
    "ILS": "₪|ils|shekels|שקל|שקלים",
    "KRW": "₩|krw|won|원",
    "NGN": "₦|ngn|naira",
    "KES": "kes|ksh",
    "ZAR": "zar|rand",
    "AUD": "aud",
    "CAD": "cad",
    "BDT": "৳|taka|টাকা",
    "PKR": "pkr",
    "MXN": "mxn",
    "AED": "aed|درهم|dirhams",
    "SAR": "sar|ريال",
}
_PREFIXES = {"us": "USD", "a": "AUD", "c": "CAD", "hk": "HKD", "nz": "NZD", "s": "SGD", "r": "BRL"}
_FAMILIES = {
    "$": ("USD", "AUD", "CAD", "HKD", "NZD", "SGD", "MXN"),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK"),
    "INR": ("PKR",),
}
AMBIGUOUS = word_set("pound pounds livre livres pfund libras couronnes kronen rand won pp yen lira kr")
"""Words that are a currency only sometimes: the bare number is possible beside it."""

PARTITIVE = frozenset(("of", "de", "d", "di", "van", "von", "us"))
"""Words that may stand between a scale and its currency, as in "3 millions de livres"."""


@cache
def scales(language: str) -> dict[str, int]:
    """What each scale word multiplies by in a language."""
    table = {fold(word): factor for factor, words in _SCALES.items() for word in words.split()}
    table["billion"] = table["billions"] = 10 ** (12 if language in _LONG else 9)
    if language == "tr":
        table["bin"] = 1000
    table["trillion"] = 10 ** (18 if language in _LONG else 12)
    return table


@cache
def units() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """By first form: the forms of each unit, longest first, with its kind."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in _UNITS.items():
        for phrase in phrases.split("|"):
            forms = tuple(fold(word) for word in phrase.split())
            found.setdefault(forms[0], []).append((forms, kind))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


def is_currency(kind: str) -> bool:
    """Whether a kind of amount is money."""
    return kind not in (PERCENT, POINTS, BASIS, ORDINAL, CLOCK, PLAIN, IDENTIFIER)


def prefixed_dollar(prefix: str) -> str:
    """The currency of a letter before a dollar sign, as in "A$5"; the bare dollar where there is none."""
    return _PREFIXES.get(prefix, "$")


@cache
def also(kind: str) -> tuple[str, ...]:
    """The other kinds under which an amount in a source may be told: "$5" may be "5 USD", and a bare "5".

    The text may say less than the source, never more; so a text's own amount has no such others.
    """
    if not is_currency(kind):
        return ()
    wider = tuple(family for family, members in _FAMILIES.items() if kind in members)
    return (*_FAMILIES.get(kind, ()), *wider, PLAIN)
