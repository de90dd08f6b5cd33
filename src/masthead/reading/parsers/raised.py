"""Raised and lowered figures as characters: 10 with a raised 6 is not 106."""

_PLAIN = "0123456789+-=()"

RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
LOWERED = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
