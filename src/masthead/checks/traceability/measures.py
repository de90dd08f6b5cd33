"""Units that stand right after a number: of length, weight, temperature and time, and people counted.

A closed table for English, French, German, Spanish, Italian, Portuguese and Dutch. A number without one of
them has no unit here, and none is worked out from another: 12 km is not looked for as 7.5 miles.
"""

from functools import cache

from masthead.checks.traceability.tokens import Tokens, fold, word_set

PEOPLE = "people"
_UNITS = {
    "km": "km kilometre kilometres kilometer kilometers kilometern kilometros quilometros chilometri",
    "mile": "mile miles meile meilen milla millas miglia mijl",
    "m": "metre metres meter meters metern metros metri",
    "cm": "cm centimetre centimetres centimeter centimeters zentimeter centimetros centimetri",
    "mm": "mm millimetre millimetres millimeter millimeters milimetros millimetri",
    "foot": "foot feet ft pied pieds",
    "inch": "inch inches pouce pouces zoll pulgada pulgadas pollici",
    "kg": "kg kilo kilos kilogram kilograms kilogramme kilogrammes kilogramm kilogramos",
    "lb": "lb lbs",
    "gram": "gram grams gramme grammes gramm gramos grammi",
    "tonne": "tonne tonnes ton tons tonnen tonelada toneladas tonnellate",
    "litre": "litre litres liter liters litern litro litros litri",
    "gallon": "gallon gallons galones",
    "hectare": "ha hectare hectares hektar hectarea hectareas ettari",
    "acre": "acre acres",
    "°C": "celsius °c",
    "°F": "fahrenheit °f",
    "second": "sec secs second seconds seconde secondes sekunde sekunden segundo segundos secondi seconden",
    "minute": "min mins minute minutes minuten minuto minutos minuti minuut",
    "hour": "hr hrs hour hours heure heures stunde stunden hora horas ore uren",
    "day": "day days jour jours journee journees tag tage tagen dia dias giorno giorni dag dagen",
    "week": "week weeks semaine semaines woche wochen semana semanas settimana settimane weken",
    "month": "month months mois monat monate monaten mes meses mese mesi maand maanden",
    "year": "year years ans annee annees jahr jahre jahren ano anos anni jaar yr yrs",
    PEOPLE: (
        "people persons person men women children deaths dead victims died killed injured wounded hurt "
        "arrested "
        "personnes personne hommes femmes enfants morts mortes blesses blessees victimes tues "
        "menschen personen manner frauen kinder tote toten verletzte verletzten opfer "
        "personas hombres mujeres ninos muertos heridos victimas persone uomini donne bambini morti feriti "
        "vittime pessoas homens mulheres criancas mortos feridos mensen mannen vrouwen kinderen doden "
        "gewonden"
    ),
}
_DEGREES = frozenset(
    ("°", "degree", "degrees", "degre", "degres", "grad", "grado", "grados", "gradi", "graus")
)
_LETTERS = {"c": "°C", "f": "°F", "celsius": "°C", "fahrenheit": "°F"}
_MINUS = frozenset(("minus", "moins", "menos", "meno"))
_AT_LEAST = word_set("au du le a al lo pelo ou o or plus mas de non")
"""Before "moins" or "menos": "au moins 5" is at least five."""
_BELOW = frozenset(
    (("below", "zero"), ("sous", "zero"), ("unter", "null"), ("bajo", "cero"), ("sotto", "zero"))
)


@cache
def _units() -> dict[str, str]:
    return {fold(word): unit for unit, words in _UNITS.items() for word in words.split()}


def unit_at(tokens: Tokens, index: int) -> str | None:
    """The unit that begins at a token, after a number."""
    place = index + (tokens.form(index) in ("-", "‑") and tokens.gap(index) == 0)
    if tokens.gap(place) > 1:
        return None
    if tokens.form(place) in _DEGREES and tokens.gap(place + 1) <= 1:
        return _LETTERS.get(tokens.form(place + 1))
    return _units().get(tokens.form(place))


def minus_before(tokens: Tokens, index: int) -> bool:
    """Whether a number is said to be below nought by the word before it, as in "minus 5"."""
    form = tokens.form(index - 1)
    if form not in _MINUS or tokens.gap(index) > 1:
        return False
    return tokens.form(index - 2) not in _AT_LEAST and not tokens.form(index - 2)[:1].isdigit()


def below_zero(tokens: Tokens, index: int) -> int | None:
    """The token after "degrees below zero" at a token, None where it does not stand there."""
    place = index
    while place < index + 3 and (tokens.form(place) in _DEGREES or tokens.form(place) in _LETTERS):
        place += 1
    said = (tokens.form(place), tokens.form(place + 1)) in _BELOW
    return place + 2 if said and tokens.gap(place) <= 1 and tokens.gap(place + 1) <= 1 else None
