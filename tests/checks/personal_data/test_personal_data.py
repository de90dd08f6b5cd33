"""What is found, where, and how sure the check is."""

from itertools import pairwise

import pytest
from tests.checks.run.subjects import subject

from masthead.checks.finding import Finding
from masthead.checks.personal_data import PersonalData
from masthead.reading.document import Link
from masthead.vocabulary import Level

E, W, N = Level.ERROR, Level.WARNING, Level.NOTE


def found(text: str, language: str = "en", **kwargs: object) -> list[tuple[str, str | None, Level]]:
    given = subject(text, language, **kwargs)  # type: ignore[arg-type]
    findings = PersonalData()(given).findings
    for finding in findings:
        if finding.start is not None:
            assert finding.quote == text[finding.start : finding.end]
    return [(finding.code, finding.quote, finding.level) for finding in findings]


FOUND = [
    ("en", "Write to lea.virtanen@posti.fi today.", "email", "lea.virtanen@posti.fi", E),
    ("fr", "Écrivez à rené.dupont@courriel.fr, merci.", "email", "rené.dupont@courriel.fr", E),
    ("ar", "للتواصل: samira@barid.example.org، شكرا", "email", "samira@barid.example.org", E),
    ("zh", "请联系wei.li@youxiang.cn。", "email", "wei.li@youxiang.cn", E),
    ("en", "Call 020 7946 0958 or not.", "phone", "020 7946 0958", E),
    ("en", "Her number: (415) 555-2671.", "phone", "(415) 555-2671", E),
    ("en", "From abroad +33 6 12 34 56 78 12 rue du Bac", "phone", "+33 6 12 34 56 78", E),
    ("en", "From abroad 0033 6 12 34 56 78.", "phone", "0033 6 12 34 56 78", E),
    ("fr", "Joignez-la au 06 12 34 56 78.", "phone", "06 12 34 56 78", E),
    ("fr", "Tél. : 06.12.34.56.78", "phone", "06.12.34.56.78", E),
    ("fr", "Appelez le 0612345678 !", "phone", "0612345678", E),
    ("de", "Rufen Sie 030 901820 an, mobil 0151 23456789.", "phone", "0151 23456789", E),
    ("ar", "اتصل على ٠١٠١٢٣٤٥٦٧٨ مساء", "phone", "٠١٠١٢٣٤٥٦٧٨", E),
    ("es", "Tel.: 612 345 678", "phone", "612 345 678", E),
    ("da", "Ring på tlf. 32 12 34 56.", "phone", "32 12 34 56", E),
    ("en", "Fax: 001-420-335-7509", "phone", "001-420-335-7509", W),
    (
        "fr",
        "Virez à FR14 2004 1010 0505 0001 3M02 606 avant lundi",
        "iban",
        "FR14 2004 1010 0505 0001 3M02 606",
        E,
    ),
    ("de", "IBAN DE89370400440532013000.", "iban", "DE89370400440532013000", E),
    ("en", "Card 4532\u00a02766\u00a04457\u00a07020 12/27", "card", "4532\u00a02766\u00a04457\u00a07020", E),
    ("en", "Amex 3782 822463 10005", "card", "3782 822463 10005", E),
    ("fr", "née sous le 2 55 08 14 168 025 38 à", "national_id", "2 55 08 14 168 025 38", E),
    ("fr", "né en Corse, 1 80 01 2A 001 001 61", "national_id", "1 80 01 2A 001 001 61", E),
    ("en", "His SSN is 403-57-9558", "national_id", "403-57-9558", E),
    ("en", "NI AB 12 34 56 C", "national_id", "AB 12 34 56 C", E),
    ("en", "NHS number 943 476 5919", "national_id", "943 476 5919", E),
    ("en", "Aadhaar 2341 2341 2346", "national_id", "2341 2341 2346", E),
    ("it", "codice RCCMNL83S18D969H", "national_id", "RCCMNL83S18D969H", E),
    ("es", "DNI 54362315K", "national_id", "54362315K", E),
    ("es", "con 54362315K", "national_id", "54362315K", W),
    ("es", "NIE X-2482300-W", "national_id", "X-2482300-W", E),
    ("nl", "BSN 111222333", "national_id", "111222333", E),
    ("nl", "rijksregisternummer 85.07.30-033.28", "national_id", "85.07.30-033.28", E),
    ("de", "Steuer-ID 36 574 261 809", "national_id", "36 574 261 809", E),
    ("de", "AHV 756.9217.0769.85", "national_id", "756.9217.0769.85", E),
    ("pl", "PESEL 44051401359", "national_id", "44051401359", E),
    ("fi", "tunnus 131052-308T", "national_id", "131052-308T", E),
    ("sv", "personnummer 880320-0016", "national_id", "880320-0016", E),
    ("da", "CPR-nr. 211062-5629", "national_id", "211062-5629", E),
    ("nb", "fødselsnummer 151086 95088", "national_id", "151086 95088", E),
    ("tr", "kimlik 17291716060", "national_id", "17291716060", E),
    ("en", "ID number 7503305044089", "national_id", "7503305044089", E),
    ("pt", "CPF 390.533.447-05", "national_id", "390.533.447-05", E),
    ("pt", "contribuinte 501 964 843", "national_id", "501 964 843", E),
]


@pytest.mark.parametrize(("language", "text", "code", "quote", "level"), FOUND, ids=[row[1] for row in FOUND])
def test_it_is_found_at_its_words(language: str, text: str, code: str, quote: str, level: Level) -> None:
    assert (code, quote, level) in found(text, language)


QUIET = [
    "The budget is 12 345 678 euros, up from 1.500.000 in 2023 and 2 000 000 000 in 2024.",
    "Between 1914-1918 and 1939-1945, in 1789, 1830, 1848 and 1871; seasons 2023/2024 2024/2025.",
    "On 12/05/2024 at 10:30, on 2024-05-12 14:00 and on 01.02.2024 10 people called.",
    "Build 550e8400-e29b-41d4-a716-446655440000 of version 10.12.2024.1 at https://a.org/p/4532276644577020/x.",
    "ISBN 978-2-07-036822-8, ISSN 0028-0836, DOI 10.1038/s41586-020-2649-2.",
    "π is 3.14159265358979 and e is 2.718281828459045.",
    "The post 1234567890 and the order 111222333 from the year 1999.",
    "@someone@mastodon.social wrote of logo@2x.png and of a @ b.",
    "00000000000 111 111 1111 and 0000 0000 0000 0000",
    "Scores: 6-4 7-6 6-3 4-6 7-5 in 120 minutes; 10 20 30 40 50 60 70 80 90.",
    "Coordinates 48.8566140, 2.3522219 and 52.520008, 13.404954.",
    "51 Franklin Street, Boston, MA 02110-1301, USA, under Clause 252.227-7013 (c) (1).",
    "Postcodes 4000 4020 4030 4031 4032 4040 were flooded.",
]


@pytest.mark.parametrize("text", QUIET)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_ordinary_numbers_are_left_alone(text: str, language: str) -> None:
    assert found(text, language) == []


def test_an_address_of_a_desk_is_only_noted() -> None:
    text = "Write to redaction@lejournal.fr, press.office@who.org or info-fr@ville.be."
    assert [level for _, _, level in found(text)] == [N, N, N]


def test_a_service_number_is_only_noted() -> None:
    assert found("Appelez le 0800 10 20 30.", "fr") == [("phone", "0800 10 20 30", N)]


def test_no_message_repeats_the_value() -> None:
    for language, text, _, quote, _ in FOUND:
        for finding in PersonalData()(subject(text, language)).findings:
            assert quote not in str(finding.message)
            assert quote not in str(finding.message.to_json())


def test_each_place_is_told_once_and_kinds_are_counted() -> None:
    text = "a@b.org, c@d.org, +33612345678, FR1420041010050500013M02606, 4532276644577020, 131052-308T"
    outcome = PersonalData()(subject(text))
    assert dict(outcome.counts) == {"emails": 2, "phones": 1, "ibans": 1, "cards": 1, "national_ids": 1}
    ends = [(finding.start or 0, finding.end or 0) for finding in outcome.findings]
    assert all(before[1] <= after[0] for before, after in pairwise(ends))


def test_what_hides_behind_a_link_is_found_at_the_words_that_carry_it() -> None:
    text = "Write to her or ring."
    links = (Link("mailto:jane%2edoe@home.org?subject=x", 9, 12), Link("tel:+33612345678", 16, 20))
    assert found(text, links=links) == [("email", "her", E), ("phone", "ring", E)]


def test_a_link_on_the_address_itself_is_told_once() -> None:
    text = "Write to jane.doe@home.org."
    assert len(found(text, links=(Link("mailto:jane.doe@home.org", 9, 26),))) == 1


def test_a_title_that_is_not_in_the_text_is_looked_at_too() -> None:
    assert found("Nothing.", title="Ask jane.doe@home.org") == [("email", "jane.doe@home.org", E)]
    assert found("Ask jane.doe@home.org", title="Ask jane.doe@home.org")[0][0] == "email"
    assert len(found("Ask jane.doe@home.org", title="Ask jane.doe@home.org")) == 1


def test_offsets_are_code_points_after_wide_characters() -> None:
    text = "😀 éé \u200f+33 6 12 34 56 78\u200f 漢字 jane@home.org"
    assert found(text, "fr") == [("phone", "+33 6 12 34 56 78", E), ("email", "jane@home.org", E)]


def test_a_lone_surrogate_disturbs_nothing() -> None:
    assert found("\ud83d jane@home.org") == [("email", "jane@home.org", E)]


def test_findings_name_the_check() -> None:
    finding: Finding = PersonalData()(subject("jane@home.org")).findings[0]
    assert finding.check == PersonalData.id == "personal_data"
