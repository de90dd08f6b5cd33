"""Words that deny what follows them, and the clause in which they do.

Closed tables for English, French, German, Spanish, Italian, Portuguese, Dutch, Scandinavian languages,
Russian, Arabic and Hindi, read in every text alike. Languages that deny by an ending are not covered.
"""

from masthead.checks.traceability.tokens import MARK, NUMBER, WORD, Tokens, fold, word_set

_NEGATIONS = word_set(
    fold(
        "not never no nobody none nothing nowhere neither nor cannot hardly "
        "ne jamais pas aucun aucune nul nulle ni nicht kein keine keinen keinem keiner keines nie niemals "
        "niemand niemandem weder nunca jamas ningun ninguna ninguno nadie tampoco non nessun nessuno nessuna "
        "niente nao ninguem nenhum nenhuma nem niet geen nooit ikke ikkje inte aldri aldrig ingen "
        "не нет никто никогда ни ليس لم لن नहीं"
    )
)
_DENIALS = word_set(
    "deny denies denied denying denial refute refutes refuted untrue false falsely lie lies "
    "nie nient niait nier niant dement dementi dementent mensonge faux bestreitet bestritt bestritten "
    "leugnet leugnete luge unwahr dementiert dementierte niega niegan nego negaron desmiente desmintio "
    "mentira falso nega negano negato smentisce smentito bugia negou desmentiu ontkent ontkende "
    "отрицает отрицал"
)
_REFUSALS = word_set(
    "refuse refuses refused refusing ruled rules reject rejects rejected dismiss dismissed decline declined "
    "avoid avoided fail failed without against unable stop stopped refusent ecarte exclut exclu sans "
    "contre weigert weigerte ohne gegen rechazo rechaza descarto descarta sin contra rifiuta escluso senza"
)
"""What a text may say in place of a source's negation; of itself it denies nothing."""
_SAYING = word_set(
    "say says said tell told claim claimed write wrote promise promised state stated dit dire affirme promis "
    "declare sagen sagt sagte gesagt behauptet versprochen dicho dijo decir detto disse dito zegt zei gezegd"
)
_NO_DENIAL = {
    "not": word_set("only just least merely"),
    "no": word_set("doubt question wonder"),
    "non": word_set("seulement solo soltanto"),
    "nicht": word_set("nur zuletzt"),
    "kein": frozenset(("zweifel",)),
    "keinen": frozenset(("zweifel",)),
    "aucun": frozenset(("doute",)),
    "nul": frozenset(("doute",)),
    "nao": frozenset(("so",)),
}
"""What stands after a negation and makes it none: "not only", "no doubt"."""
_AFTER = word_set(fold("nicht niemals niet nooit नहीं"))
"""Negations that stand after what they deny."""
_CONDITIONS = word_set("if unless si wenn falls")
_CONTRASTS = word_set("but mais aber sondern pero sino ma mas maar men но")
_JOINING = word_set("and so yet et donc und y e en og och и")
_COMPLETING = word_set("that que qu dass che dat at att что")
_APOSTROPHES = frozenset("'’")
_QUOTES = frozenset("\"“”„‟«»‹›「」『』‘’‚'")
_SENTENCE_ENDS = frozenset((*".!?。！？।۔؟", "..."))
_LONGEST = 80
"""Tokens before and after a place that are looked at."""


def denied_before(tokens: Tokens, index: int) -> bool:
    """Whether the words before a token, in its sentence, deny what begins there.

    Where a quotation of the source's own begins in between, the words outside must deny that it was said.
    """
    first = sentence_start(tokens, index)
    opened = next((n for n in range(index - 1, first - 1, -1) if _opens(tokens, n)), None)
    inner = first if opened is None else opened + 1
    if denied(tokens, _clause(tokens, inner, index), index):
        return True
    return opened is not None and any(_denies_saying(tokens, n) for n in range(first, opened))


def disowned(tokens: Tokens, index: int) -> bool:
    """Whether a text denies before a quotation what it quotes, its own marks left aside.

    So "would not “close it”" and "refused to “close it”" keep what the source's sentence says.
    """
    first = sentence_start(tokens, index)
    clause = range(_clause(tokens, first, index), index)
    kept = any(tokens.forms[n] in _REFUSALS for n in clause) or denied(tokens, clause.start, index)
    return kept or denied_before(tokens, index)


def denied_after(tokens: Tokens, index: int) -> bool:
    """Whether the words from a token up to the next mark deny what stands before, as "nicht" does."""
    for place in range(index, min(index + _LONGEST, len(tokens))):
        if tokens.kinds[place] == MARK or tokens.gap(place) > 1:
            return False
        if tokens.forms[place] in _AFTER:
            return True
    return False


def denied(tokens: Tokens, first: int, after: int) -> bool:
    """Whether a stretch of tokens holds a word that denies."""
    return any(_negates(tokens, n) or tokens.forms[n] in _DENIALS for n in range(first, after))


def conditional(tokens: Tokens, index: int) -> bool:
    """Whether the sentence that a token is in begins with a condition before it."""
    first = sentence_start(tokens, index)
    while first < index and tokens.kinds[first] == MARK:
        first += 1
    return first < index and tokens.forms[first] in _CONDITIONS


def sentence_start(tokens: Tokens, index: int) -> int:
    """The token at which the sentence begins that a token is in."""
    place = index
    while place > 0 and index - place < _LONGEST and tokens.gap(place) <= 2:
        if ends_sentence(tokens, place - 1):
            break
        place -= 1
    return place


def ends_sentence(tokens: Tokens, place: int) -> bool:
    """Whether a sentence ends with a token: at a full stop that closes no initial and no abbreviation."""
    form = tokens.forms[place]
    if form not in _SENTENCE_ENDS or tokens.kinds[place] != MARK:
        return False
    short = place > 0 and tokens.ends[place - 1] - tokens.starts[place - 1] == 1
    follows = next(
        (n for n in range(place + 1, min(place + 3, len(tokens))) if tokens.kinds[n] != MARK), place
    )
    return not (form == "." and short) and not tokens.text[tokens.starts[follows]].islower()


def _clause(tokens: Tokens, first: int, after: int) -> int:
    """Where the clause begins that a stretch ends in: after a contrast, or a comma with "and"."""
    for place in range(after - 1, first - 1, -1):
        form = tokens.forms[place]
        joined = form in _JOINING and tokens.form(place - 1) == ","
        if joined and tokens.form(place + 1) in _COMPLETING:
            continue
        if form in (";", ":") or form in _CONTRASTS or joined:
            return place + 1
    return first


def _opens(tokens: Tokens, place: int) -> bool:
    return tokens.forms[place] in _QUOTES and (tokens.gap(place) > 0 or tokens.form(place - 1) == ":")


def _negates(tokens: Tokens, place: int) -> bool:
    form, following = tokens.forms[place], tokens.form(place + 1)
    if form == "t":
        return tokens.form(place - 1) in _APOSTROPHES and tokens.form(place - 2).endswith("n")
    if form == "n":
        return following in _APOSTROPHES
    if form not in _NEGATIONS or following in _NO_DENIAL.get(form, ()):
        return False
    return not (form in ("no", "non") and (following in (",", ".") or tokens.kind(place + 1) == NUMBER))


def _denies_saying(tokens: Tokens, place: int) -> bool:
    """Whether a token denies that something was said: "denied", "never said", "n'a jamais dit"."""
    if tokens.forms[place] in _DENIALS:
        return True
    if not _negates(tokens, place):
        return False
    words = 0
    for step in range(place + 1, min(place + 5, len(tokens))):
        if tokens.forms[step] in _SAYING:
            return True
        words += tokens.kinds[step] == WORD
        if words > 2 or (tokens.kinds[step] == MARK and tokens.forms[step] not in _APOSTROPHES):
            return False
    return False
