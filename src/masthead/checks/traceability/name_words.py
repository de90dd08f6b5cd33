"""Words that look like names and are not, and words that stand inside names. All folded."""

from functools import cache

from masthead.checks.traceability.tokens import fold, tokenise, word_set
from masthead.checks.traceability.tongues import locale

PARTICLES = word_set(
    "de da do dos das di del della delle dei degli du van von ter ten te zu zum zur bin ibn ben bint abu "
    "al el of st &"
)
"""Lower-case words that may stand between the words of one name."""

AFTER_PARTICLES = word_set("der den dem des the la las les los le el al")
"""Lower-case words that may stand in a name after one of `PARTICLES`, as in "von der" and "of the"."""

TITLES = word_set(
    "mr mrs ms miss mx dr prof professor sir dame lord lady president vice prime minister chancellor "
    "secretary senator representative congressman congresswoman governor mayor judge justice general "
    "colonel captain major lieutenant sergeant inspector commissioner ambassador king queen prince "
    "princess pope father sister brother saint rev reverend bishop archbishop cardinal imam rabbi "
    "sheikh chief executive officer director chairman chairwoman chair deputy foreign mp mep ceo m "
    "mme mlle monsieur madame mademoiselle docteur maitre president presidente ministre premier "
    "premiere maire juge colonel capitaine reine roi pape herr frau doktor bundeskanzler "
    "bundeskanzlerin kanzler kanzlerin minister ministerin burgermeister burgermeisterin senor "
    "senora don dona doctor doctora ministro ministra alcalde alcaldesa rey reina papa dottor signor "
    "signora senhor senhora господин госпожа президент министр премьер"
)
"""Forms of address and offices: not a part of the name they stand before."""

OPENERS = word_set(
    "the a an in on at by for from with to of and but or so if as it he she they we you i this that "
    "these those there when where while after before since because although however moreover "
    "yesterday today tomorrow now then here what who how why his her their our its my your not no "
    "yes all some many most several both one two three every each another other meanwhile according "
    "despite during under over about asked speaking only even still also le la les l un une des du "
    "de au aux en dans sur sous par pour avec sans et mais ou donc or ni car si il elle ils elles on "
    "nous vous je tu ce cet cette ces son sa ses leur leurs mon ma mes notre votre selon apres avant "
    "depuis pendant hier demain ici ainsi alors quand comme d j c n s qu m t der die das den dem des "
    "ein eine einer eines einem einen und oder aber denn im am zum zur vom von mit nach bei aus auf "
    "fur uber unter seit wahrend er sie es wir ihr ich sein seine ihre heute gestern morgen auch nur "
    "so wenn el los las una unos unas del al con sin desde segun pero porque cuando como su sus este "
    "esta estos estas ayer hoy manana lo se no ya tambien mientras entre hasta il gli uno di che non "
    "nel nella dopo ieri oggi o os as um uma no na em com por para mas quando como seu sua ontem "
    "hoje de het een van in op met maar en na bij door в на и но а по с со из от до за для как это "
    "он она они мы вы я"
)
"""Words that a sentence or a quotation begins with, and that are no part of a name there."""

SPEAKING = word_set(
    "said says told added warned denied insisted replied claimed announced declared tweeted testified argued "
    "resigned affirme declare ajoute annonce dijo afirmo anadio declaro anuncio disse afirmou"
)
"""Verbs before which a word that begins a sentence is someone's name, if it is none of `NOBODY`."""

SPOKEN = word_set("dit affirme declare ajoute annonce assure repondu dicho detto dichiarato aggiunto")
"""Participles that stand for one of `SPEAKING` after "a" and "ha"."""

NOBODY = word_set(
    "everybody everyone nobody somebody someone anybody police officials others people staff none few many "
    "which whoever government parliament council court prosecution management witness spokesman spokeswoman "
    "spokesperson army personne quelqu tout chacun gouvernement police rien cela ca qui gobierno policia "
    "nadie alguien governo polizia policia nessuno ninguem"
)
"""Words that begin a sentence before such a verb and are no name."""

NOT_ACRONYMS = word_set("ai tv ok am pm gmt utc cet bst est ceo cfo faq pdf url id dna it")
"""Words in capitals that name nobody."""

PEOPLES = word_set(
    "american americans british briton britons european europeans african africans asian asians "
    "australian australians canadian canadians mexican mexicans brazilian brazilians indian indians "
    "israeli israelis palestinian palestinians egyptian egyptians syrian syrians iraqi iraqis "
    "iranian iranians swiss austrian austrians belgian belgians scot scots scottish welsh irish "
    "english french german germans italian italians spanish portuguese dutch danish swedish "
    "norwegian finnish polish russian russians ukrainian ukrainians greek greeks turkish turks "
    "chinese japanese korean koreans nigerian nigerians kenyan kenyans ghanaian south west north "
    "east western eastern northern southern christian christians muslim muslims jewish jews catholic "
    "catholics protestant protestants hindu hindus sikh sikhs buddhist internet celsius fahrenheit"
)
"""English adjectives and peoples: in English alone they take a capital, so they are not looked for."""

CASED_NOUNS = frozenset(("de", "lb"))
"""Languages that give every noun a capital: one capitalised word says nothing there."""

ENDINGS = {
    **dict.fromkeys(("de", "sv", "da", "no", "nb", "nl"), 1),
    **dict.fromkeys(("ru", "uk", "be", "bg", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "lt", "lv", "et"), 3),
    **dict.fromkeys(("fi", "hu", "tr", "el", "ro", "ka", "hy"), 3),
}
"""How many letters a name may gain or lose at its end in a language that declines names."""


@cache
def calendar_words(languages: frozenset[str]) -> frozenset[str]:
    """The names of days and months, and of languages in English, which take a capital and are no names."""
    found: set[str] = set(PEOPLES)
    for language in sorted(languages | {"en"}):
        data = locale(language)
        if data is None:
            continue
        for table in (data.months, data.days):
            for width in ("wide", "abbreviated"):
                for name in table["format"][width].values():
                    found.update(form for form in tokenise(str(name)).forms if form[0].isalpha())
    english = locale("en")
    if english is not None:
        found.update(fold(str(name)) for name in english.languages.values() if str(name).isalpha())
    return frozenset(found)
