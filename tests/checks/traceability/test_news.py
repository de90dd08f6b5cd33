"""Paragraphs as newsrooms write them: faithful ones pass, planted faults are found and nothing else."""

import pytest
from tests.checks.traceability.texts import codes, findings

ENGLISH = (
    "Wexbury council voted 17 to 4 on Thursday, 12 November 2026, to spend £3.4m on the old harbour "
    "bridge. “We will not close a single lane during the day,” said Aoife Brennan, the council’s "
    "leader. About 61 per cent of the 1,208 residents who answered a survey by the University of "
    "Wexbury want a new bridge, which would cost one and a half million pounds more. Work begins at "
    "10:30 pm on 3 January."
)
ENGLISH_SOURCE = (
    "Minutes of 12/11/2026. The Council resolved by 17 votes to 4 to allocate GBP 3,400,000 to the "
    'harbour bridge. Cllr Aoife Brennan (Leader): "We will not close a single lane during the day." '
    "University of Wexbury survey: n = 1208, 61% in favour of a new bridge (additional cost £1.5 "
    "million). Start: 3 January 2027, 22:30, Wexbury."
)
FRENCH = (
    "Le conseil municipal de Brévannes a voté le 12 novembre 2026, par dix-sept voix contre quatre, un "
    "crédit de 3,4 millions d’euros. « Nous ne fermerons pas une seule voie en journée », a promis la "
    "maire, Inès Lacombe. Selon l’Insee, 61 % des 1 208 habitants interrogés y sont favorables, soit "
    "près des deux tiers."
)
FRENCH_SOURCE = (
    "Procès-verbal du 12/11/2026 : 17 voix pour, 4 contre ; crédit de 3 400 000 €. Mme Inès Lacombe, "
    "maire de Brévannes : « Nous ne fermerons pas une seule voie en journée. » Enquête de l’INSEE : "
    "1208 réponses, 61 pour cent d’avis favorables, soit les deux tiers."
)
GERMAN = (
    "Der Stadtrat von Wexburg hat am 12. November 2026 mit siebzehn zu vier Stimmen 3,4 Mio. Euro "
    "bewilligt. „Wir werden tagsüber keine einzige Spur sperren“, sagte Oberbürgermeisterin Ines "
    "Lakomb. 61 Prozent der 1.208 Befragten sind dafür, das sind rund zwei Drittel."
)
GERMAN_SOURCE = (
    'Protokoll vom 12.11.2026: 17 Ja, 4 Nein. Bewilligt: 3.400.000 €. Ines Lakomb: "Wir werden '
    'tagsüber keine einzige Spur sperren." Der Stadtrat hat die Umfrage in Wexburg zur Kenntnis '
    "genommen: 1208 Antworten, 61 % dafür, also etwa zwei Drittel der Stadt."
)
SPANISH = (
    "El pleno de Valdesol aprobó el 12 de noviembre de 2026 gastar tres millones y medio de euros. «No "
    "cerraremos ni un solo carril durante el día», dijo la alcaldesa, Inés Lacomba. El 61 por ciento "
    "de los 1.208 encuestados está a favor."
)
SPANISH_SOURCE = (
    'Acta de 2026-11-12. Valdesol gastará 3,5 M€. Inés Lacomba: "No cerraremos ni un solo carril '
    'durante el día". En la encuesta hay 1208 respuestas y el 61 % está a favor de la obra que el '
    "pleno aprobó."
)
ARABIC = (
    "وافق المجلس في ١٢ نوفمبر ٢٠٢٦ على إنفاق ٣٫٤ مليون دولار على الجسر، وقال رئيس المجلس: «لن نغلق أي "
    "مسار خلال النهار». وأيد ٦١٪ من ١٬٢٠٨ أشخاص المشروع."
)
ARABIC_SOURCE = (
    'محضر 12/11/2026: إنفاق 3.4 مليون دولار على الجسر. رئيس المجلس: "لن نغلق أي مسار خلال النهار". '
    "الاستطلاع: 1208 ردود، 61 في المئة مؤيدون."
)
HINDI = (
    "नगर परिषद ने १२ नवंबर २०२६ को पुल के लिए 34 लाख रुपये मंज़ूर किए। अध्यक्ष ने कहा, “हम दिन में एक "
    "भी लेन बंद नहीं करेंगे”। 1,208 लोगों में से ६१ प्रतिशत पक्ष में हैं।"
)
HINDI_SOURCE = (
    'बैठक 2026-11-12: पुल के लिए ₹34,00,000 मंज़ूर। अध्यक्ष: "हम दिन में एक भी लेन बंद नहीं करेंगे"। '
    "सर्वेक्षण: १२०८ उत्तर, 61% पक्ष में।"
)

FAITHFUL = {
    "en": (ENGLISH, ENGLISH_SOURCE),
    "fr": (FRENCH, FRENCH_SOURCE),
    "de": (GERMAN, GERMAN_SOURCE),
    "es": (SPANISH, SPANISH_SOURCE),
    "ar": (ARABIC, ARABIC_SOURCE),
    "hi": (HINDI, HINDI_SOURCE),
}


@pytest.mark.parametrize("language", FAITHFUL)
def test_a_faithful_paragraph_has_no_findings(language: str) -> None:
    text, source = FAITHFUL[language]
    assert codes(text, source, language=language) == []


PLANTED = [
    ("en", "£3.4m", "£4.3m", "number"),
    ("en", "17 to 4", "18 to 4", "number"),
    ("en", "12 November 2026", "13 November 2026", "date"),
    ("en", "Aoife Brennan", "Aoife Brennigan", "name"),
    ("en", "a single lane", "any lane", "quotation_altered"),
    ("en", "£3.4m", "€3.4m", "number_currency"),
    ("en", "10:30 pm", "10:30 am", "number"),
    ("en", "one and a half million", "two and a half million", "number"),
    ("fr", "dix-sept voix", "dix-huit voix", "number"),
    ("fr", "3,4 millions d’euros", "3,4 milliards d’euros", "number"),
    ("fr", "12 novembre", "11 novembre", "date"),
    ("fr", "Inès Lacombe", "Agnès Lacombe", "name"),
    ("fr", "une seule voie", "cette voie", "quotation_altered"),
    ("fr", "deux tiers", "trois quarts", "number"),
    ("de", "3,4 Mio. Euro", "3,4 Mrd. Euro", "number"),
    ("de", "siebzehn zu vier", "siebzehn zu fünf", "number"),
    ("de", "keine einzige Spur", "eine einzige Spur", "quotation_altered"),
    ("de", "Ines Lakomb", "Agnes Lakomb", "name"),
    ("es", "tres millones y medio", "dos millones y medio", "number"),
    ("es", "noviembre", "diciembre", "date"),
    ("es", "ni un solo carril", "ningún carril", "quotation_altered"),
    ("ar", "٣٫٤", "٤٫٣", "number"),
    ("ar", "٢٠٢٦", "٢٠٢٥", "date"),
    ("ar", "أي مسار", "كل مسار", "quotation_altered"),
    ("hi", "34 लाख", "34 करोड़", "number"),
    ("hi", "६१", "१६", "number"),
    ("hi", "एक भी लेन", "कोई लेन", "quotation_altered"),
]


NOT_NEAR = {("de", "3,4 Mio. Euro"), ("es", "noviembre")}
"""Places whose sentence the source says in words and figures of its own: nothing is shown as near."""


@pytest.mark.parametrize(("language", "true", "false", "code"), PLANTED)
def test_a_planted_fault_is_the_one_finding(language: str, true: str, false: str, code: str) -> None:
    text, source = FAITHFUL[language]
    assert text.count(true) == 1
    (finding,) = findings(text.replace(true, false), source, language=language)
    assert finding.code.split("_")[0] == code.split("_")[0]
    assert (finding.nearest is None) == ((language, true) in NOT_NEAR)
    place = text.index(true)
    assert finding.start is not None
    assert finding.end is not None
    assert finding.start < place + len(false)
    assert place < finding.end
