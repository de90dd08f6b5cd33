"""The seal: Content Credentials (C2PA) signed, read and judged."""

from masthead.credentials.issuer import Issuer, doctor
from masthead.credentials.manifest import Manifest, Use
from masthead.credentials.reading import Problem, Reading, read
from masthead.credentials.said import Action, Declared, Place, State, Step
from masthead.credentials.signing import Sealed, sign

__all__ = [
    "Action",
    "Declared",
    "Issuer",
    "Manifest",
    "Place",
    "Problem",
    "Reading",
    "Sealed",
    "State",
    "Step",
    "Use",
    "doctor",
    "read",
    "sign",
]
