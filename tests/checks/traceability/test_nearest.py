"""What is shown as the nearest passage of a source is near, or nothing is shown."""

from hypothesis import given
from hypothesis import strategies as st
from tests.checks.traceability.texts import findings

from masthead.vocabulary import Level

NOTES = (
    "Noël Îlot, délégué des parents : « C'est un geste, pas une réparation. » Travaux lundi 23 novembre, "
    "4 semaines. La mairie de la commune donne 300 euros à chaque famille."
)
THEIRS = ("harbour", "ferry", "captain", "anchor", "lantern", "sailor", "island", "current")
OURS = ("budget", "council", "library", "parents", "teacher", "playground", "committee", "meeting")
SMALL = ("the", "of", "and", "in", "to", "for", "on", "by")


def sentences(words: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Sentences of some of these words, with small ones among them, which all texts share."""
    told = st.lists(st.sampled_from(words), min_size=3, max_size=6, unique=True)
    small = st.lists(st.sampled_from(SMALL), min_size=1, max_size=4)
    return st.tuples(told, small).map(lambda pair: " ".join([*pair[1], *pair[0]]))


def test_a_number_beside_an_unrelated_quotation_has_nothing_near() -> None:
    text = "« C'est un geste, pas une réparation », dit Noël Îlot. L'association en réclamait 1 400."
    found = [each for each in findings(text, NOTES, language="fr") if each.quote == "1 400"]
    assert [(each.code, each.level, each.nearest) for each in found] == [("number", Level.ERROR, None)]


def test_small_words_bring_nothing_near() -> None:
    text = "Renseignements auprès de la mairie : 05 55 01 02 03."
    (found,) = findings(text, "Travaux de la rue, 4 semaines, à la suite de la crue.", language="fr")
    assert (found.level, found.nearest) == (Level.ERROR, None)


@given(ours=sentences(OURS), theirs=st.lists(sentences(THEIRS), min_size=1, max_size=4))
def test_a_source_about_something_else_is_never_near_and_the_finding_stays(
    ours: str, theirs: list[str]
) -> None:
    (found,) = findings(f"{ours} 7431.", ". ".join(theirs) + ".", language="en")
    assert (found.code, found.level, found.quote) == ("number", Level.ERROR, "7431")
    assert found.nearest is None


@given(ours=sentences(OURS), before=sentences(THEIRS), after=sentences(THEIRS))
def test_the_same_sentence_with_another_number_is_near(ours: str, before: str, after: str) -> None:
    source = f"{before}. {ours} 20. {after}."
    (found,) = findings(f"{ours} 7431.", source, language="en")
    assert found.nearest is not None
    assert ours in found.nearest.quote


@given(ours=sentences(OURS), theirs=sentences(THEIRS))
def test_a_quotation_made_up_of_other_words_has_nothing_near(ours: str, theirs: str) -> None:
    found = [
        each
        for each in findings(f"She said “{ours}”.", f"{theirs}.", language="en")
        if each.code == "quotation"
    ]
    assert [each.nearest for each in found] == [None] * len(found)
    assert found
