"""National identity numbers: the form of each, the validator that knows its check digits, and its rule.

The rule says how much the form and the check digits prove. `STRONG` numbers hardly come about by chance and
are told wherever they stand. `SHAPED` ones are told as an error where a word names them and as a warning
where none does. `WEAK` ones (nine, ten, eleven digits and a check digit that one number in ten passes) are
told only where a word names them; sums, years and order numbers are left alone.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from masthead.checks.personal_data.place import ALONE, ENDED, words


class Rule(Enum):
    """How much the number alone proves."""

    STRONG = "strong"
    SHAPED = "shaped"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Number:
    """One kind of number. `validator` is a module of python-stdnum; None where the form is all there is."""

    name: str
    form: str
    validator: str | None
    rule: Rule
    own_words: tuple[str, ...]
    digits: int
    """How many digits stand together in it, at the least; fewer, and it need not be looked for."""


GENERIC = (
    "id", "id number", "identity (?:number|card)", "identification number", "national (?:id|insurance)",
    "national number", "social security", "tax (?:id|number|file)", "s[eé]curit[eé] sociale",
    "num[eé]ro (?:d'identit[eé]|national|fiscal)",
    "carte d'identit[eé]", "ausweis\\w*", "steuer\\w*", "documento", "identidad", "الهوية", "身份证",
)  # fmt: skip
"""Words for such numbers that hold everywhere."""


_LETTERED = {
    "it.codicefiscale": 0,
    "mx.curp": 6,
    "es.nie": 7,
    "es.dni": 8,
    "ie.pps": 7,
    "cl.rut": 8,
    "fi.hetu": 6,
    "fr.nir": 6,
    None: 6,
}
"""Those with letters in them have few digits together; the rest have nine or more."""


def _number(name: str, pattern: str, validator: str | None, rule: Rule, *own: str) -> Number:
    return Number(name, pattern, validator, rule, own, _LETTERED.get(validator, 9))


_S, _H, _W = Rule.STRONG, Rule.SHAPED, Rule.WEAK
_NINE, _TEN, _ELEVEN = r"\d{3}[ .-]?\d{3}[ .-]?\d{3}", r"\d{3}[ -]?\d{3}[ -]?\d{4}", r"\d{11}"
_DAY_MONTH, _MONTH_DAY = r"(?:[0-3]\d[01]\d)", r"(?:[01]\d[0-3]\d)"

NUMBERS: tuple[Number, ...] = (
    # Long, with a date or letters inside and a check that one number in thirty or fewer passes.
    _number("FR NIR", r"[1278] ?\d\d ?[0-9]\d ?\d[0-9AB] ?\d{3} ?\d{3} ?\d\d", "fr.nir", _S),
    _number("IT codice fiscale", r"[A-Z]{6}\w\w[A-Z]\w\w[A-Z]\w{3}[A-Z]", "it.codicefiscale", _S),
    _number("BE NN", r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d", "be.nn", _S),
    _number("CH AHV", r"756[.]?\d{4}[.]?\d{4}[.]?\d\d", "ch.ssn", _S),
    _number("FI HETU", r"[0-3]\d[01]\d\d\d[-+A-FU-Y]\d{3}[0-9A-Y]", "fi.hetu", _S),
    _number("SE personnummer", rf"(?:19|20)?\d\d{_MONTH_DAY}[-+]\d{{4}}", "se.personnummer", _S),
    _number("NO fødselsnummer", rf"{_DAY_MONTH}\d\d ?\d{{5}}", "no.fodselsnummer", _S),
    _number("IS kennitala", rf"{_DAY_MONTH}\d\d-\d{{4}}", "is_.kennitala", _S),
    _number("CZ rodné číslo", r"\d{6}/\d{4}", "cz.rc", _S),
    _number("CN 身份证", r"[1-9]\d{5}(?:18|19|20)\d{9}[0-9X]", "cn.ric", _S),
    _number("KR RRN", r"\d{6}-[1-4]\d{6}", "kr.rrn", _S),
    _number("MX CURP", r"[A-Z]{4}\d{6}[HMX][A-Z]{5}\w\d", "mx.curp", _S),
    _number("BR CPF", r"\d{3}\.\d{3}\.\d{3}-\d\d", "br.cpf", _S),
    _number("ES NIE", r"[XYZ]-?\d{7}-?[A-Z]", "es.nie", _S),
    _number("ES DNI", r"\d{8}-[A-Z]", "es.dni", _S),
    _number("US SSN", r"\d{3}-\d\d-\d{4}", "us.ssn", _S),
    _number("UK NINO", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \d\d \d\d \d\d [A-D]", None, _S),
    # A telling form, a check that too many numbers pass: a word decides between error and warning.
    _number("ES DNI", r"\d{8}[A-Z]", "es.dni", _H, "dni", "nif"),
    _number("UK NINO", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", None, _H, "nino", "ni number"),
    _number("UK NHS", r"\d{3} \d{3} \d{4}", "gb.nhs", _H, "nhs"),
    _number("DK CPR", rf"{_DAY_MONTH}\d\d-\d{{4}}", "dk.cpr", _H, "cpr", "cpr-?(?:nr|nummer)\\.?"),
    _number("IN Aadhaar", r"[2-9]\d{3} \d{4} \d{4}", "in_.aadhaar", _H, "aadhaar", "uidai", "आधार"),
    _number("IE PPS", r"\d{7}[A-W][A-IW]?", "ie.pps", _H, "pps", "ppsn"),
    _number("TR TCKN", r"[1-9]\d{10}", "tr.tckimlik", _H, "t\\.?c\\.?", "tckn", "kimlik"),
    _number("ZA ID", rf"\d\d{_MONTH_DAY}\d{{4}}[01][89]\d", "za.idnr", _H, "rsa id"),
    _number("RO CNP", rf"[1-8]\d\d{_MONTH_DAY}\d{{6}}", "ro.cnp", _H, "cnp"),
    _number("CL RUT", r"\d\d?\.\d{3}\.\d{3}-[0-9K]", "cl.rut", _H, "rut", "run"),
    _number("MY NRIC", r"\d{6}-\d\d-\d{4}", "my.nric", _H, "nric", "mykad", "ic"),
    # Digits alone with a check that one number in ten passes: nothing without a word.
    _number("BE NN", _ELEVEN, "be.nn", _W, "rijksregister\\w*", "registre national", "niss", "insz"),
    _number("NL BSN", _NINE, "nl.bsn", _W, "bsn", "burgerservicenummer", "sofi\\w*"),
    _number("DE IdNr", r"\d\d ?\d{3} ?\d{3} ?\d{3}", "de.idnr", _W, "idnr\\.?", "steuer-?id\\w*"),
    _number("AT VNR", r"\d{4} ?\d{6}", "at.vnr", _W, "svnr", "sozialversicherung\\w*", "versicherungsnummer"),
    _number("PL PESEL", _ELEVEN, "pl.pesel", _W, "pesel"),
    _number("PT NIF", _NINE, "pt.nif", _W, "nif", "contribuinte"),
    _number("SE personnummer", r"(?:\d\d)?\d{10}", "se.personnummer", _W, "person\\w*n(?:umme)?r"),
    _number("DK CPR", r"\d{10}", "dk.cpr", _W, "cpr", "cpr-?(?:nr|nummer)\\.?"),
    _number("UK NHS", _TEN, "gb.nhs", _W, "nhs"),
    _number("US SSN", r"\d{9}", "us.ssn", _W, "ssn", "social"),
    _number("US ITIN", r"9\d\d-?\d\d-?\d{4}", "us.itin", _W, "itin", "taxpayer"),
    _number("CA SIN", _NINE, "ca.sin", _W, "sin", "social insurance", "assurance sociale", "nas"),
    _number("AU TFN", _NINE, "au.tfn", _W, "tfn"),
    _number("BR CPF", _ELEVEN, "br.cpf", _W, "cpf"),
    _number("IN Aadhaar", r"[2-9]\d{11}", "in_.aadhaar", _W, "aadhaar", "uidai", "आधार"),
    _number("HR OIB", _ELEVEN, "hr.oib", _W, "oib"),
    _number("GR AMKA", _ELEVEN, "gr.amka", _W, "amka", "αμκα"),
    _number("BG EGN", r"\d{10}", "bg.egn", _W, "egn", "егн"),
    _number("UA РНОКПП", r"\d{10}", "ua.rntrc", _W, "рнокпп", "іпн", "инн"),
    _number("EE isikukood", _ELEVEN, "ee.ik", _W, "isikukood\\w*"),
    _number("LT asmens kodas", _ELEVEN, "lt.asmens", _W, "asmens kodas", "a\\.k\\."),
    _number("SI EMŠO", r"\d{13}", "si.emso", _W, "em[sš]o", "jmbg"),
    _number("IL ID", r"\d{9}", "il.idnr", _W, "teudat zehut", "תעודת זהות", "ת\\.ז\\."),
    _number("TH PIN", r"\d-?\d{4}-?\d{5}-?\d\d-?\d", "th.pin", _W, "บัตรประชาชน"),
    _number("JP My Number", r"\d{4} ?\d{4} ?\d{4}", "jp.in_", _W, "my number", "マイナンバー", "個人番号"),
)  # fmt: skip


@cache
def patterns() -> tuple[tuple[Number, re.Pattern[str]], ...]:
    """Each kind with the pattern of its form; compiled once, when the first text has digits enough."""
    return tuple((each, re.compile(ALONE + each.form + ENDED, re.IGNORECASE)) for each in NUMBERS)


@cache
def named(number: Number) -> re.Pattern[str]:
    """A pattern for the words that name it."""
    return words(*GENERIC, *number.own_words)
