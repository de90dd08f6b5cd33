"""The language of a text, or that nobody can tell."""

import pytest

from masthead.reading.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mayor said on Tuesday that the bridge would reopen in March.", "en"),
        ("Le maire a déclaré mardi que le pont rouvrirait en mars.", "fr"),
        ("De burgemeester zei dinsdag dat de brug in maart weer opengaat.", "nl"),
        ("Der Bürgermeister sagte am Dienstag, die Brücke werde im März geöffnet.", "de"),
        ("El alcalde dijo el martes que el puente se reabriría en marzo.", "es"),
        ("Burmistrz powiedział we wtorek, że most zostanie otwarty w marcu.", "pl"),
        ("Meya alisema Jumanne kwamba daraja litafunguliwa tena mwezi Machi.", "sw"),
        ("Мэр заявил во вторник, что мост откроется в марте.", "ru"),
        ("Мер заявив у вівторок, що міст відкриють у березні.", "uk"),
        ("قال رئيس البلدية يوم الثلاثاء إن الجسر سيعاد افتتاحه", "ar"),
        ("市長は火曜日、橋が3月に再開すると述べた。", "ja"),
        ("Le maire démissionne", "fr"),
        ("Council votes on budget", "en"),
    ],
)
def test_it_knows_the_language(text, language):
    assert detect(text) == language
    assert detect((text + "\n") * 60) == language


@pytest.mark.parametrize("text", ["", " ", "12 345", "🙂", "OK", "Paris", "…", "Angela Merkel"])
def test_it_says_when_it_cannot_tell(text):
    assert detect(text) == "und"


def test_the_language_of_most_of_a_text_wins():
    english = "The council voted on Tuesday to close the bridge for repairs. " * 40
    assert detect(english + "Le maire a démissionné. " + english) == "en"


def test_one_foreign_name_does_not_outweigh_the_rest():
    english = "The council voted on Tuesday to close the bridge, and the mayor said it would reopen soon. "
    assert detect(english * 3 + "It is named after Jürgen Straßmüller. " + english * 3) == "en"
    assert detect(english + "Łukasz Wójcik agreed. " + english) == "en"
