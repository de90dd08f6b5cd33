"""Quotations in a source's words that the source's sentence denies."""

import pytest
from tests.checks.traceability.texts import codes, findings

from masthead.vocabulary import Level

CUT = [
    ("en", "I never said that the minister was corrupt at any time", "“The minister was corrupt,” she said."),
    ("en", "It would be a lie to say that we knew about the leak.", "“We knew about the leak,” he said."),
    ("en", "It is not true that we paid for the trip.", "“We paid for the trip,” she said."),
    ("en", "I don't think that we paid for the trip.", "“We paid for the trip,” she said."),
    ("en", "We will not close the school.", "“Close the school,” he said."),
    ("en", "Nobody, he told us, will lose their job.", "They “will lose their job”, he said."),
    ("en", "The mayor denied that the money was hers.", "“The money was hers,” he said."),
    ("en", 'He never said "we will sell the harbour".', "He said: “We will sell the harbour.”"),
    ("en", "We will not close the school. Yes.", "“We will [...] close the school,” she said."),
    ("en", "We will not close the school. Yes.", "“We will … close the school,” she said."),
    (
        "en",
        "We will not close it. I will pay, and nobody will lose their job.",
        "“We will … lose their job,” she said.",
    ),
    ("en", "I will pay for the repairs.", "“I will [not] pay for the repairs,” she said."),
    ("en", "Everyone will pay for the repairs.", "“[No one] will pay for the repairs,” she said."),
    ("en", "I will not pay for the repairs.", "“I will [gladly] pay for the repairs,” she said."),
    ("en", "We will not pay for it.", "She did not hesitate: “Pay for it.”"),
    ("fr", "Nous ne fermerons pas l'école.", "« Nous […] fermerons […] l'école », dit-il."),
    ("fr", "Je n'ai jamais dit que le maire a volé.", "« Le maire a volé », dit-il."),
    ("fr", "Elle nie que le maire a volé.", "« Le maire a volé », dit-elle."),
    ("fr", "Aucun élu ne croit que le maire a volé.", "« Le maire a volé », dit-elle."),
    ("de", "Es ist nicht wahr, dass wir davon wussten.", "„Wir davon wussten“, sagte er."),
    ("de", "Wir schließen die Schule nicht.", "„Wir schließen die Schule“, sagte er."),
    ("de", "Keiner sagt, dass die Schule zu alt ist.", "„Die Schule zu alt ist“, sagte er."),
    ("es", "Nunca dije que el alcalde robó dinero.", "«El alcalde robó dinero», dijo."),
    ("es", "No es cierto que el alcalde robó dinero.", "«El alcalde robó dinero», dijo."),
    ("it", "Non ho detto che il sindaco ha rubato.", "«Il sindaco ha rubato», ha detto."),
]

KEPT = [
    ("en", "We will not close the school.", "She would not “close the school”, she said."),
    ("en", "We will not close the school.", "She ruled out a plan to “close the school”."),
    ("fr", "Nous ne fermerons pas notre belle école.", "Elle refuse de fermer « notre belle école »."),
    ("en", "I never said that the minister was corrupt.", "She never said “the minister was corrupt”."),
    ("en", "I never said that. The minister was corrupt.", "“The minister was corrupt,” she said."),
    ("en", "We will not close the school, and I will pay for it.", "“I will pay for it,” she said."),
    ("en", "We cannot stay but we will come back.", "“We will come back,” she said."),
    ("en", "No, we will pay for the trip.", "“We will pay for the trip,” she said."),
    ("en", "There is no doubt that we will win.", "“We will win this,” she said. “We will win.”"),
    ("en", 'He did not hesitate: "We will pay for it."', "“We will pay for it,” he said."),
    ("en", "It rained. We never met. I will pay.", "“It rained […] I will pay,” he said."),
    ("en", "I never lied. At No. 10 they drank wine.", "“They drank wine,” he said."),
    ("en", "I never paid. We paid for it.", "“We paid for it,” he said."),
    ("en", "We never paid for it. We paid for it.", "“Paid for it”, he said. “We paid for it.”"),
    ("en", "He did not pay.", "“He [did not] pay,” she said."),
    ("fr", "Il n'y a aucun doute. Le maire a volé.", "« Le maire a volé », dit-il."),
]


@pytest.mark.parametrize(("language", "source", "text"), CUT)
def test_words_cut_out_of_their_denial_are_an_error(language: str, source: str, text: str) -> None:
    (finding,) = findings(text, source, language=language)
    assert (finding.code, finding.level) == ("quotation_cut", Level.ERROR)
    assert str(finding.message) == "These words stand in a source inside a sentence that says otherwise."


@pytest.mark.parametrize(("language", "source", "text"), KEPT)
def test_words_that_the_source_does_say_are_no_finding(language: str, source: str, text: str) -> None:
    assert [code for code, _ in codes(text, source, language=language) if code == "quotation_cut"] == []


def test_the_whole_sentence_is_shown() -> None:
    source = "He spoke. I never said that the minister was corrupt. He left."
    (finding,) = findings("“The minister was corrupt,” she said.", source, language="en")
    assert finding.nearest is not None
    assert finding.nearest.quote == "I never said that the minister was corrupt."


def test_words_without_their_condition_are_a_warning() -> None:
    source = "If anyone stole the money, he should resign."
    (finding,) = findings("“He should resign,” she said.", source, language="en")
    assert (finding.code, finding.level) == ("quotation_cut", Level.WARNING)
    assert codes("If anyone did, “he should resign”, she said.", source, language="en") == []
