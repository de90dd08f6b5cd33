"""The promise: 54 commitments, the controls that make them checkable, and the questions for the rest."""

from masthead.declaration.catalogue import Catalogue
from masthead.declaration.loader import load
from masthead.declaration.refusal import CatalogueError

__all__ = ["Catalogue", "CatalogueError", "load"]
